import fc from 'fast-check';
import type { Model } from '../../src/gate/model.ts';
import type { Rule } from '../../src/gate/rules.ts';
import type {
  ClassFigures,
  LackingFigure,
  ModelDetails,
  SplitFigures,
} from '../../src/gate/split-figures.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import type { EvaluationFindings } from '../../src/report/evaluation-findings.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { classFigures, pastTraining, rule, splitFigures } from '../build.ts';
import { afterGate } from './after-gate.ts';
import { hardwareNames, modelsOn, names, percent, targets, thresholds } from './arbitraries.ts';
import { facts, judged } from './cases.ts';

const splits = fc.constantFrom('valid' as const, 'test' as const);
const objects = fc.constantFrom(0, 1, 7, 1_204);

function classesNamed(classNames: readonly string[]): fc.Arbitrary<readonly ClassFigures[]> {
  const each = fc.record({ objects, map50: percent, recall: fc.option(percent, { nil: undefined }) });
  return fc
    .array(each, { minLength: classNames.length, maxLength: classNames.length })
    .map((all) =>
      all.map((figures, at) =>
        classFigures(
          classNames[at] ?? '',
          figures.objects,
          figures.objects === 0
            ? {}
            : { map50: figures.map50, ...(figures.recall !== undefined && { recall: figures.recall }) },
        ),
      ),
    );
}

function figuresOn(classNames: readonly string[]): fc.Arbitrary<SplitFigures> {
  return fc
    .record({
      split: splits,
      source: fc.constantFrom('training-results' as const, 'evaluation' as const),
      map50: percent,
      classes: classesNamed(classNames),
    })
    .map(({ split, source, map50, classes }) => ({ ...splitFigures(split, { map50 }, classes), source }));
}

const lackingFigures: fc.Arbitrary<LackingFigure> = fc.record({
  metric: fc.constantFrom('map50' as const, 'recall' as const),
  split: splits,
  by: fc.constantFrom('class' as const, 'split' as const),
  isNeeded: fc.boolean(),
  why: fc.oneof(
    fc.record({ kind: fc.constantFrom('none' as const, 'failed' as const, 'running' as const) }),
    fc.record({
      kind: fc.constant('unread' as const),
      obstacle: fc.constantFrom('not-allowed' as const, 'no-answer' as const, 'other' as const),
      error: names.map((name) => new Error(name)),
    }),
  ),
});

function detailsOn(classNames: readonly string[]): fc.Arbitrary<ModelDetails> {
  return fc.record({
    figures: fc.array(figuresOn(classNames), { maxLength: 3 }),
    lacking: fc.array(lackingFigures, { maxLength: 3 }),
  });
}

function classRules(classNames: readonly string[]): fc.Arbitrary<readonly Rule[]> {
  return fc.array(
    fc
      .record({
        base: fc.constantFrom('map50 >= 60', 'recall >= 99', 'warn: map50 < 50', 'recall >= baseline'),
        name: fc.oneof(fc.constantFrom('*', 'nowhere'), fc.constantFrom(...classNames, 'nowhere')),
        split: fc.option(splits, { nil: undefined }),
      })
      .map(
        ({ base, name, split }): Rule => ({
          ...rule(base),
          ofClass: name === '*' ? { kind: 'every' } : { kind: 'one', name },
          split,
        }),
      ),
    { maxLength: 4 },
  );
}

function findingsOn(classNames: readonly string[]): fc.Arbitrary<EvaluationFindings> {
  const someClass = fc.option(fc.constantFrom(...classNames, 'nothing'), { nil: undefined });
  const threshold = fc.double({ min: 0, max: 1, noNaN: true });
  return fc.record({
    confidence: fc.option(
      fc.record({ threshold, f1: fc.option(percent, { nil: undefined }), split: splits }),
      { nil: undefined },
    ),
    confusions: fc.option(
      fc.record({
        split: splits,
        threshold,
        pairs: fc.array(
          fc.record({
            actual: someClass,
            predicted: someClass,
            times: fc.integer({ min: 0, max: 2_000 }),
            objects: fc.option(fc.integer({ min: 1, max: 3_000 }), { nil: undefined }),
          }),
          { maxLength: 8 },
        ),
      }),
      { nil: undefined },
    ),
  });
}

/** What a run has by class and split: nothing, or figures, rules and findings about the same classes. */
const byClass = fc.uniqueArray(names, { maxLength: 14 }).chain((classNames) =>
  fc.record({
    details: fc.option(detailsOn(classNames), { nil: undefined }),
    moreRules: classRules(classNames),
    evaluation: fc.option(findingsOn(classNames), { nil: undefined }),
  }),
);

function withDetails(models: readonly Model[], details: ModelDetails | undefined): readonly Model[] {
  return models.map((model) => ({ ...model, details }));
}

/** Any run that the gate could have judged, with hostile names in it and a baseline of any kind. */
export const judgedRuns: fc.Arbitrary<Judged> = fc
  .uniqueArray(hardwareNames, { maxLength: 7 })
  .chain((hardware) =>
    fc.record({
      models: modelsOn(hardware),
      before: fc.option(modelsOn(hardware)),
      reason: names,
      recommends: fc.boolean(),
      skips: fc.boolean(),
      lines: thresholds,
      targets,
      byClass,
      after: afterGate,
      hardware: fc.constant(hardware),
    }),
  )
  .map(({ models, before, reason, recommends, skips, lines, targets: asked, byClass: own, ...run }) => {
    const recommended = run.hardware.map((name) => [name, models[0]?.id ?? '']);
    const past = { isSameType: !recommends, modelType: reason };
    return {
      ...judged({
        models: withDetails(models, own.details),
        recommended: recommends ? Object.fromEntries(recommended) : {},
        thresholds: lines.join('\n'),
        moreRules: own.moreRules,
        ...(asked !== undefined && { targets: asked }),
        baseline:
          before === null
            ? { kind: 'missing', reason }
            : pastTraining(withDetails(before, own.details), past),
        onMissingBaseline: skips ? 'skip' : 'fail',
      }),
      evaluation: own.evaluation,
      ...run.after,
    };
  });

/** Facts of a run with hostile texts wherever they come from outside. */
const settings = fc.dictionary(
  names,
  fc.oneof(names, fc.boolean(), fc.dictionary(names, names, { maxKeys: 2 })),
  {
    maxKeys: 4,
  },
);
const datasets = fc
  .record({ classes: fc.array(names, { maxLength: 5 }), preprocessing: settings, augmentation: settings })
  .map((said) => ({ ...said, images: { train: 9, validation: 8, test: 7 } }));

export const runFacts: fc.Arbitrary<TrainingFacts> = fc
  .record({ project: names, jobId: names, modelType: names, status: names, route: names, source: names })
  .chain((texts) =>
    fc.record({ 6: datasets, 7: datasets }).map((of) => ({
      ...texts,
      datasets: new Map([
        [6, of[6]],
        [7, of[7]],
      ]),
    })),
  )
  .map((texts) => ({ ...facts, ...texts }));
