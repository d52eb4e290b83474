import { setRunsOutput, setTrainingOutputs } from '../../github/outputs.ts';
import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { mayRunUntold } from '../../report/training-end.ts';
import type { TrainingFacts } from '../../report/training-facts.ts';
import { endClause } from '../../report/words/end-words.ts';
import { idleStarts, type StartState } from '../start/start-state.ts';
import type { Reached } from './end-of.ts';

/** One training of the step, and what is known of it by now. */
export interface TrainingOfStep {
  /** As the workflow writes it; undefined if it names the training by its id alone. */
  readonly modelType: string | undefined;
  readonly state: StartState;
  facts(): TrainingFacts | undefined;
  end(): Reached | undefined;
  /** The version that was generated for it; undefined if there was no need. */
  generatedVersion(): number | undefined;
  knows(facts: TrainingFacts): void;
  generated(version: number): void;
  ends(end: Reached): void;
}

/** How far the trainings of the step are, in the order in which the workflow names their types. */
export type StepProgress = ReturnType<typeof stepProgress>;

/** The progress of a step that has not begun: what becomes known goes to the outputs at once, and of several to the log. */
export function stepProgress(
  { modelTypes }: Pick<Inputs, 'modelTypes'>,
  runner: Pick<Runner, 'output' | 'saveState' | 'log'>,
) {
  const trainings = idleStarts(runner, Math.max(1, modelTypes.length)).map((state, index): TrainingOfStep => {
    let known: TrainingFacts | undefined;
    let reached: Reached | undefined;
    let generated: number | undefined;
    const training: TrainingOfStep = {
      modelType: modelTypes[index],
      state,
      facts: () => known,
      end: () => reached,
      generatedVersion: () => generated,
      generated: (version) => {
        generated = version;
      },
      knows: (facts) => {
        const isNew = known === undefined;
        known = facts;
        tellKnown(isNew);
      },
      ends: (end) => {
        reached = end;
        tellEnded(training, end);
      },
    };
    return training;
  });
  const isOne = trainings.length === 1;
  let headline = isOne ? trainings[0] : undefined;
  function tellKnown(isNew: boolean): void {
    const known = trainings.map((each) => ({
      modelType: each.modelType ?? each.facts()?.modelType,
      facts: each.facts(),
    }));
    if (isNew) setRunsOutput(runner, known);
    const facts = headline?.facts();
    if (facts !== undefined) setTrainingOutputs(runner, facts);
  }
  function tellEnded({ modelType, facts }: TrainingOfStep, reached: Reached): void {
    if (isOne) return;
    const clause = reached.kind === 'results' ? undefined : endClause(reached, facts()?.status);
    if (clause !== undefined) runner.log.info(`${modelType} ${clause}`);
    if (facts()?.inFlight !== false) return;
    const over = trainings.filter((each) => each.end() !== undefined && each.facts()?.inFlight === false);
    runner.log.info(`${over.length} of ${trainings.length} trainings have ended.`);
  }
  return {
    trainings,
    headline: () => headline?.facts(),
    takeHeadline: (training: TrainingOfStep) => {
      headline = training;
      tellKnown(false);
    },
    /** To be called once the step has told how its trainings ended: the post step then has nothing to do with them. */
    settle: () => {
      for (const { end, state } of trainings) {
        const reached = end();
        if (reached !== undefined && !mayRunUntold(reached)) state.settle();
      }
    },
  };
}
