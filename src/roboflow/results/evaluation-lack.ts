import type { EvaluationLack } from '../../gate/split-figures.ts';
import { type ApiError, type Obstacle, obstacleOf } from '../http/failure.ts';

const AGAIN = 'judge this training again later: set job-id to its id, which starts none';

/** Why there is no evaluation of a model to judge by. */
export const NO_EVALUATION: EvaluationLack = {
  reason: 'Roboflow has made no evaluation of this model',
  cure: `evaluations need a paid plan, and the models of a search seldom have one; start one on Roboflow, and ${AGAIN}`,
};

export const STILL_RUNNING: EvaluationLack = {
  reason: "Roboflow's evaluation of this model is still running",
  cure: AGAIN,
};

export const FAILED: EvaluationLack = {
  reason: "Roboflow's evaluation of this model failed",
  cure: `start it again on Roboflow, and ${AGAIN}`,
};

const BY_OBSTACLE: Readonly<Record<Obstacle, EvaluationLack>> = {
  'not-allowed': {
    reason: "the key may not read Roboflow's evaluations",
    cure: 'give it the scope model-eval:read, and judge this training again with job-id',
  },
  'not-in-plan': {
    reason: 'the plan of this workspace has no evaluations',
    cure: 'upgrade it, or write rules on the whole model',
  },
  'not-there': {
    reason: 'this server has no such evaluation',
    cure: 'write rules on what the training itself reports',
  },
  'not-done': STILL_RUNNING,
  'no-answer': { reason: "Roboflow's evaluation of this model could not be read", cure: AGAIN },
  other: {
    reason: 'Roboflow refused to show its evaluation of this model',
    cure: 'see the log of this step for what it answered',
  },
};

/** Why an evaluation, or a part of it, could not be read. */
export function lackBecause(error: ApiError): EvaluationLack {
  return BY_OBSTACLE[obstacleOf(error)];
}
