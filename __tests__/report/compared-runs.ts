import fc from 'fast-check';
import { decide, type GateTraining } from '../../src/gate/decide.ts';
import type { Model } from '../../src/gate/model.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Comparison } from '../../src/report/compared-trainings.ts';
import type { Judged, Undecided } from '../../src/report/conclusion.ts';
import { isOpen, type TrainingEnd } from '../../src/report/training-end.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { classFigures, splitFigures } from '../build.ts';
import { hardwareNames, modelsOn, names, targets, thresholds } from './arbitraries.ts';
import { facts } from './cases.ts';

interface Drawn {
  readonly training: GateTraining;
  readonly about: TrainingFacts | undefined;
  readonly end: TrainingEnd;
}

const MINUTE = 60_000;

const trouble = fc.record({ message: names, hint: fc.option(names, { nil: undefined }) });
const ended = fc.record({
  mode: fc.constantFrom('cancel' as const, 'stop' as const),
  result: fc.oneof(
    fc.constantFrom({ kind: 'ended' as const }, { kind: 'over' as const }),
    fc.record({ kind: fc.constant('still-running' as const), reason: names }),
  ),
});
/** Every end of a training that has no results. */
export const ends: fc.Arbitrary<TrainingEnd> = fc.oneof<fc.Arbitrary<TrainingEnd>[]>(
  fc.record({ kind: fc.constant('failed'), reason: fc.option(names, { nil: undefined }) }),
  fc.constantFrom({ kind: 'cancelled' }, { kind: 'stopped' }, { kind: 'interrupted' }),
  fc.record({
    kind: fc.constant('timed-out'),
    timeoutMs: fc.integer({ min: 1, max: 20 * 60 * MINUTE }),
    error: fc.option(names, { nil: undefined }),
    ended: fc.option(ended, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('silent'), patienceMs: fc.constant(15 * MINUTE), error: names }),
  fc.record({ kind: fc.constantFrom('unwatched', 'not-started', 'start-unclear'), trouble }),
  fc.record({ kind: fc.constant('unread'), trouble, isFinal: fc.boolean() }),
  fc.record({ kind: fc.constant('other'), trouble, ended }),
  fc.record({
    kind: fc.constant('too-late'),
    timeoutMs: fc.constant(MINUTE),
    trouble: fc.option(trouble, { nil: undefined }),
  }),
);
/** More make the reports long, and no other. */
const MOST_MODELS = 4;

function trainingOn(hardware: readonly string[]): fc.Arbitrary<Drawn> {
  const about = fc.record({
    jobId: names,
    status: names,
    route: names,
    inFlight: fc.constantFrom(false, false, true),
    trainedMs: fc.option(fc.integer({ min: 1, max: 20 * 60 * MINUTE }), { nil: undefined }),
  });
  return fc
    .record({
      modelType: names,
      models: fc.option(modelsOn(hardware), { freq: 4 }),
      classNames: fc.uniqueArray(names, { maxLength: 4 }),
      end: ends,
      about: fc.option(about, { nil: undefined, freq: 8 }),
    })
    .map(({ modelType, models, classNames, end, about: given }) => ({
      training:
        models === null
          ? { modelType, results: undefined, baseline: { kind: 'none' } }
          : {
              modelType,
              results: {
                models: models.slice(0, MOST_MODELS).map(byClass(classNames)),
                recommended: new Map(),
              },
              baseline: { kind: 'none' },
            },
      about: given && { ...facts, modelType, ...given, inFlight: models === null && given.inFlight },
      end: models === null ? end : ({ kind: 'results' } as const),
    }));
}

/** The model with figures of these classes. */
function byClass(classNames: readonly string[]): (model: Model) => Model {
  const classes = classNames.map((name, at) => classFigures(name, at + 1, { map50: at, recall: 90 - at }));
  return (model) => ({
    ...model,
    details: { figures: [splitFigures('valid', {}, classes)], lacking: [] },
  });
}

/** `each:` before some of the rules. */
const rulesForEach = fc
  .tuple(thresholds, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
  .map(([lines, forEach]) => lines.map((line, index) => `${forEach[index] ? 'each: ' : ''}${line}`));

/** How a step ends that compares several trainings, with hostile names of every kind. */
export const comparedRuns: fc.Arbitrary<Judged | Undecided> = fc
  .uniqueArray(hardwareNames, { maxLength: 4 })
  .chain((hardware) =>
    fc.record({
      drawn: fc.array(trainingOn(hardware), { minLength: 2, maxLength: 5 }),
      lines: rulesForEach,
      targets,
    }),
  )
  .map(({ drawn, lines, targets: asked = [] }) => conclusionOf(drawn, lines.join('\n'), asked));

/** As a step ends: nothing is decided as long as one is in flight, or if none has a model. */
function conclusionOf(
  drawn: readonly Drawn[],
  lines: string,
  asked: readonly HardwareTarget[],
): Judged | Undecided {
  const { rules } = parseRules(lines);
  const { own, verdict, results, best, ranking } = decide({
    trainings: drawn.map(({ training }) => training),
    rules,
    targets: asked,
    onMissingBaseline: 'fail',
  });
  const comparison: Comparison = {
    trainings: own.map(({ outcome, headline, rules }, index) => ({
      outcome,
      headline,
      rules,
      modelType: drawn[index]?.training.modelType ?? '',
      facts: drawn[index]?.about,
      end: drawn[index]?.end ?? { kind: 'results' },
    })),
    best,
    ranking,
    rerunAttaches: true,
  };
  if (best === undefined || drawn.some(({ end }) => isOpen(end)))
    return { kind: 'undecided', why: { kind: 'ended', comparison }, rules };
  const targetsGiven = asked.length > 0;
  const baseline = { kind: 'none' } as const;
  return { kind: 'judged', verdict, models: results.models, targetsGiven, baseline, comparison };
}
