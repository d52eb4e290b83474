import fc from 'fast-check';
import { decideSeveral, type GateTraining } from '../../src/gate/decide-several.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import type { HardwareTarget } from '../../src/gate/picks.ts';
import type { Judged, TrainingFacts } from '../../src/report/conclusion.ts';
import { hardwareNames, modelsOn, names, targets, thresholds } from './arbitraries.ts';
import { facts } from './cases.ts';

interface Drawn {
  readonly training: GateTraining;
  readonly about: TrainingFacts | undefined;
}

const MINUTE = 60_000;
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
      lack: names,
      about: fc.option(about, { nil: undefined, freq: 8 }),
    })
    .map(({ modelType, models, lack, about: given }) => ({
      training:
        models === null
          ? { modelType, results: undefined, lack }
          : {
              modelType,
              results: { models: models.slice(0, MOST_MODELS), recommended: new Map() },
              baseline: { kind: 'none' },
            },
      about: given && { ...facts, modelType, ...given, inFlight: models === null && given.inFlight },
    }));
}

/** `each:` before some of the rules. */
const rulesForEach = fc
  .tuple(thresholds, fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }))
  .map(([lines, forEach]) => lines.map((line, index) => `${forEach[index] ? 'each: ' : ''}${line}`));

/** Several trainings as the gate judges them, at least one of them with a model, with hostile names of every kind. */
export const comparedRuns: fc.Arbitrary<Judged> = fc
  .uniqueArray(hardwareNames, { maxLength: 4 })
  .chain((hardware) =>
    fc.record({
      drawn: fc.array(trainingOn(hardware), { minLength: 2, maxLength: 5 }),
      lines: rulesForEach,
      targets,
    }),
  )
  .map(({ drawn, lines, targets: asked = [] }) => judgedOf(drawn, lines.join('\n'), asked))
  .filter((judged) => judged !== undefined);

function judgedOf(
  drawn: readonly Drawn[],
  lines: string,
  asked: readonly HardwareTarget[],
): Judged | undefined {
  const { rules } = parseRules(lines);
  const decided = decideSeveral({ trainings: drawn.map(({ training }) => training), rules, targets: asked });
  if (decided === undefined) return undefined;
  const { verdict, union, best } = decided;
  const trainings = decided.trainings.map((own, index) => ({
    ...own,
    modelType: drawn[index]?.training.modelType ?? '',
    facts: drawn[index]?.about,
  }));
  const isGoing = trainings.some(({ facts: about }) => about?.inFlight);
  return {
    kind: 'judged',
    verdict: isGoing ? { ...verdict, outcome: 'undecided' } : verdict,
    models: union.models,
    recommended: union.recommended,
    targetsGiven: asked.length > 0,
    baseline: { kind: 'none' },
    comparison: { trainings, best },
  };
}
