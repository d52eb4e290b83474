import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { inputsOfType } from '../../inputs/one-type.ts';
import type { Context } from '../../lib/context.ts';
import { prefixedLog } from '../../lib/log.ts';
import { createApi } from '../../roboflow/http/api.ts';
import type { InProject, ProjectRef } from '../../roboflow/http/in-project.ts';
import { idleStarts, type StartState } from '../start/start-state.ts';

/** One of several trainings before anything is known of it, with a start of its own that the post step can clean up. */
export interface TrainingOfType {
  readonly modelType: string;
  readonly inputs: Inputs;
  /** Its lines in the log begin with its type. */
  readonly here: InProject;
  readonly state: StartState;
}

/** The trainings of the model types that the workflow names, in its order. */
export function trainingsOf(
  inputs: Inputs,
  step: {
    readonly runner: Runner;
    readonly project: ProjectRef;
    readonly requestDeadlineMs: number;
    readonly timeoutAtMs: number;
    readonly context: Context;
  },
): readonly TrainingOfType[] {
  const { runner, project, requestDeadlineMs, timeoutAtMs } = step;
  const states = idleStarts(runner, inputs.modelTypes.length);
  return inputs.modelTypes.flatMap((modelType, index) => {
    const state = states[index];
    if (state === undefined) return [];
    const context = { ...step.context, log: prefixedLog(step.context.log, `[${modelType}] `) };
    const api = createApi({ ...inputs, requestDeadlineMs }, timeoutAtMs, context);
    return [
      { modelType, inputs: inputsOfType(inputs, modelType), here: { api, project, ...context }, state },
    ];
  });
}
