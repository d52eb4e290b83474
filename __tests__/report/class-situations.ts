import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import type { Model } from '../../src/gate/model.ts';
import type { ClassFigures, ModelDetails } from '../../src/gate/split-figures.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import type { Confusion, EvaluationFindings } from '../../src/report/evaluation-findings.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { classFigures, pastTraining, splitFigures } from '../build.ts';
import { judged } from './cases.ts';
import { before, history, newest, run } from './fine-tune.ts';

/** Situations of trainings that have figures by class and split. */

const CLASSES = ['helmet', 'vest', 'person', 'head', 'gloves'] as const;

interface Figures {
  readonly objects: readonly number[];
  readonly map50: readonly number[];
  readonly recall: readonly number[];
  readonly precision: readonly number[];
}

function classes({ objects, map50, recall, precision }: Figures): readonly ClassFigures[] {
  return CLASSES.map((name, at) =>
    classFigures(name, objects[at] ?? 0, {
      map50: map50[at] ?? 0,
      recall: recall[at] ?? 0,
      precision: precision[at] ?? 0,
    }),
  );
}

const validation = classes({
  objects: [1_204, 612, 988, 431, 187],
  map50: [92.3, 89, 85.1, 82.4, 72.2],
  recall: [87.9, 84.6, 81.2, 77.3, 67],
  precision: [94.1, 91, 87.5, 87.2, 82.2],
});
const validationBefore = classes({
  objects: [1_180, 590, 960, 410, 160],
  map50: [92, 86.1, 82.3, 79, 67.6],
  recall: [88.7, 80.9, 78, 72.4, 61],
  precision: [93.9, 90.1, 86.2, 86, 80.4],
});
const all = { 'map50-95': 61.7, map50: 84.2, precision: 88.4, recall: 79.6 };
const onTest = { 'map50-95': 59.9, map50: 82.7, precision: 87, recall: 79.5 };
const details: ModelDetails = {
  figures: [splitFigures('valid', all, validation), splitFigures('test', onTest, [])],
  lacking: [],
};
const withClasses: Model = { ...newest, details };
const version6 = pastTraining([
  { ...before, details: { figures: [splitFigures('valid', {}, validationBefore)], lacking: [] } },
]);

function confusion(
  actual: string | undefined,
  predicted: string | undefined,
  times: number,
  objects?: number | undefined,
): Confusion {
  return { actual, predicted, times, objects };
}

const evaluation: EvaluationFindings = {
  confidence: { threshold: 0.41, f1: 83.1, split: 'valid' },
  confusions: {
    split: 'test',
    threshold: 0.41,
    pairs: [
      confusion('person', undefined, 79, 494),
      confusion('head', undefined, 38, 215),
      confusion(undefined, 'helmet', 33),
      confusion('gloves', undefined, 31, 94),
      confusion('person', 'helmet', 14, 494),
      confusion(undefined, 'vest', 12),
      confusion('head', 'helmet', 2, 215),
    ],
  },
};

function fineTune(thresholds: string, models: readonly Model[] = [withClasses]): Judged {
  return { ...judged({ models, thresholds }), previous: version6, history, evaluation };
}

/** The model with figures of one answer alone. */
function having(figures: ModelDetails['figures'], lacking: ModelDetails['lacking'] = []): Model {
  return { ...newest, details: { figures, lacking } };
}

const noEvaluation: ModelDetails['lacking'] = (
  [
    ['recall', 'valid', 'class'],
    ['map50', 'test', 'split'],
  ] as const
).map(([metric, split, by]) => ({ metric, split, by, isNeeded: true, why: { kind: 'none' } }));

const hostileClasses = hostileTexts.map((name, at) => classFigures(name, at, { map50: at, recall: 90 - at }));

const boots = classFigures('boots', 0, {});
const withBoots = having([splitFigures('valid', all, [...validation, boots])]);
const withoutSome = having([
  splitFigures('valid', all, [...validation, boots, classFigures('ear muffs', 0, {})]),
]);
const onTestByClass = having([{ ...splitFigures('test', onTest, validation), source: 'evaluation' }]);
const unknownThresholds = 'recall[helmet] >= 90\nmap50@test >= 80\nmap50 >= 80';
const hostilePairs = hostileTexts.map((name, at) => {
  const actual = at % 3 === 0 ? undefined : name;
  const predicted = at % 3 === 1 ? undefined : (hostileTexts[at + 1] ?? name);
  return confusion(actual, predicted, 50 - at, actual === undefined ? undefined : 90);
});

const conclusions: Readonly<Record<string, Judged>> = {
  'classes-without-a-rule': fineTune('map50 >= 80\nwarn: recall >= 85'),
  'classes-passed': fineTune('recall[helmet] >= 85\nmap50@test >= 80\nmap50 >= 80'),
  'classes-failed': fineTune('recall[helmet] >= 90\nrecall >= 81.2\nmap50-95 >= 58.3'),
  'classes-weakest-failed': fineTune('recall[*] >= 70\nwarn: precision[gloves] >= 85', [withoutSome]),
  'classes-of-an-evaluation': fineTune('map50[*]@test >= 60', [onTestByClass]),
  'classes-not-evaluated': {
    ...fineTune(unknownThresholds, [having([], noEvaluation)]),
    evaluation: undefined,
  },
  'class-unknown': fineTune('recall[helmt] >= 90\nrecall[*]@test >= 70'),
  'class-without-objects': fineTune('recall[boots] >= 90', [withBoots]),
  'classes-hostile': {
    ...fineTune('map50[*] >= 20', [having([splitFigures('valid', all, hostileClasses)])]),
    evaluation: {
      confidence: { threshold: 0.415, f1: undefined, split: 'test' },
      confusions: { split: 'test', threshold: 0.415, pairs: hostilePairs },
    },
  },
};

/** File to the conclusion and facts of its report. */
export const classSituations: Readonly<Record<string, readonly [Judged, TrainingFacts]>> = Object.fromEntries(
  Object.entries(conclusions).map(([name, conclusion]) => [name, [conclusion, run] as const]),
);
