import type { EvaluationLack, EvaluationObstacle } from '../../gate/split-figures.ts';

interface LackWords {
  readonly reason: string;
  readonly cure: string;
}

const BY_KIND: Readonly<Record<Exclude<EvaluationLack['kind'], 'unread'>, LackWords>> = {
  none: {
    reason: 'Roboflow has made no evaluation of this model',
    cure: 'evaluations need a paid plan, and the models of a search seldom have one; start one on Roboflow',
  },
  running: { reason: "Roboflow's evaluation of this model is still running", cure: 'wait until it is done' },
  failed: {
    reason: "Roboflow's evaluation of this model failed",
    cure: 'start it again on Roboflow',
  },
  untimed: {
    reason: "Roboflow's comparison of models has no latency of this one",
    cure: 'start an evaluation of it on Roboflow',
  },
};

const BY_OBSTACLE: Readonly<Record<EvaluationObstacle, LackWords>> = {
  'not-allowed': {
    reason: "the key may not read Roboflow's evaluations",
    cure: 'give it the scope model-eval:read, in a workspace whose plan includes them',
  },
  'not-in-plan': {
    reason: 'the plan of this workspace has no evaluations',
    cure: 'upgrade it, or write rules on the whole model',
  },
  'not-there': {
    reason: 'this server has no such evaluation',
    cure: 'write rules on what the training itself reports',
  },
  'no-answer': { reason: "Roboflow's evaluation of this model could not be read", cure: 'try again later' },
  other: {
    reason: 'Roboflow refused to show its evaluation of this model',
    cure: 'see what Roboflow answered',
  },
};

/** Why there is no figure of an evaluation, with the cause of what failed. */
export function lackWords(lack: EvaluationLack): LackWords {
  if (lack.kind === 'unread') {
    const { reason, cure } = BY_OBSTACLE[lack.obstacle];
    return { reason: `${reason} (${lack.error.message})`, cure };
  }
  const isOfOthers = lack.kind === 'none' && lack.evaluated?.length;
  const { reason, cure } = isOfOthers ? ofOthers(lack.evaluated) : BY_KIND[lack.kind];
  const said = 'said' in lack && lack.said !== undefined ? ` (it says: ${lack.said})` : '';
  return { reason: `${reason}${said}`, cure };
}

const MOST_NAMED = 3;

/** Of a search Roboflow evaluates only models that it recommends (docs/internals/roboflow-api.md#model-evaluations). */
function ofOthers(evaluated: readonly string[]): LackWords {
  const more = evaluated.length > MOST_NAMED ? ` and ${evaluated.length - MOST_NAMED} more` : '';
  return {
    reason: `of this version Roboflow has evaluated ${evaluated.slice(0, MOST_NAMED).join(', ')}${more}, and none of them is certainly this model`,
    cure: 'start an evaluation of it on Roboflow',
  };
}
