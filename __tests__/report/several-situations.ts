import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { Conclusion, Judged } from '../../src/report/conclusion.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { model } from '../build.ts';
import { several, severalUndecided, startedComparison } from './several.ts';
import {
  failed,
  going,
  nano,
  nanoByClass,
  refused,
  searched,
  small,
  smallByClass,
  timed,
  withClasses,
  yolo,
  yoloByClass,
} from './several-parts.ts';

const THRESHOLDS = 'map50 >= 80\nrecall >= 78';

/** Less accurate than the other searches, and much faster. */
const searchedFast = timed('rfdetr-nas-pecoret-parent', 58.8, 4.4);
const hostileMap50 = Object.fromEntries(hostileTexts.map((name, at) => [name, 90 - at]));

/** File to what several trainings came to; each has a golden file. */
export const severalSituations: Readonly<Record<string, readonly [Judged, TrainingFacts | undefined]>> = {
  'several-passed': several([nano, small, yolo], { thresholds: THRESHOLDS }),
  'several-failed-for-each': several([nano, small, yolo], {
    thresholds: 'map50 >= 80\neach: recall >= 78\nwarn: precision >= 90',
  }),
  'several-none-holds': several([nano, small, yolo], { thresholds: 'map50 >= 85\nrecall >= 83' }),
  'several-one-without-model': several([nano, failed, small], { thresholds: THRESHOLDS }),
  'several-each-without-model': several([nano, failed, small], { thresholds: 'each: map50 >= 80' }),
  'several-with-search': several([small, searched], {
    thresholds: 'map50-95 >= 60\nmap50-95@T4 >= 60\nlatency@T4 <= 9 ms',
    targets: [{ hardware: 'T4', budgetMs: 9 }],
  }),
  'several-search-too-slow': several([small, searched], {
    thresholds: 'map50-95 >= 60\nmap50-95@T4 >= 60\nlatency@T4 <= 9 ms',
    comparesWith6: false,
  }),
  'several-classes': several([nanoByClass, smallByClass, yoloByClass], { thresholds: THRESHOLDS }),
  'several-classes-judged': several([nanoByClass, smallByClass, failed, yoloByClass], {
    thresholds: 'map50 >= 80\neach: recall[helmet] >= 86\nwarn: map50[gloves] >= 80',
  }),
  'several-classes-hostile': several([
    withClasses({ ...small, modelType: hostileTexts[0] ?? '' }, hostileMap50),
    withClasses({ ...nano, modelType: hostileTexts[1] ?? '' }, hostileMap50),
  ]),
  'several-by-latency': several(
    [small, timed('rfdetr-nas-parent', 67.2, 17.5), timed('yolo-nas-parent', 63.4, 8.9), searchedFast],
    { thresholds: 'map50-95 >= 60' },
  ),
  'several-without-rules': several([nano, small]),
  'several-of-other-metrics': several(
    [
      nano,
      {
        ...yolo,
        models: [model({ id: 'acme/hard-hats-7-yolo26n-1', type: 'yolo26n', metrics: { accuracy: 91.2 } })],
      },
    ],
    { comparesWith6: false },
  ),
};

/** The same of steps that judged nothing. */
export const undecidedSituations: Readonly<Record<string, readonly [Conclusion, TrainingFacts | undefined]>> =
  {
    'several-timeout': [severalUndecided([nano, going, small, refused], 'map50 >= 80'), undefined],
    'several-without-any-model': [severalUndecided([failed, refused], 'map50 >= 80'), undefined],
    'several-started': [
      {
        kind: 'started',
        inFlight: true,
        rules: parseRules(THRESHOLDS).rules,
        comparison: startedComparison([going, { ...going, modelType: 'rfdetr-nano' }]),
      },
      undefined,
    ],
  };
