import type { EvaluationPlan, Scenario, SeededTraining, TrainingPlan } from '../scenario.ts';
import { base, day, fineTunePlan, goodMetrics, minute } from './base.ts';
import { nas, nasTimes } from './nas.ts';
import { accuracyMetrics, minedModel, searchCandidates } from './search.ts';

/** Only evaluations show what these judge, since the version shows no results of its training. */
const inputs = { thresholds: 'recall[helmet] >= 80\nmap50@test >= 80' };

const plan: TrainingPlan = { ...fineTunePlan(goodMetrics), shows: ['trainings', 'models'] };

/** A fine-tune with this evaluation, whose rules need it. */
function evaluated(name: string, summary: string, evaluation: EvaluationPlan | 'none'): Scenario {
  return { ...base, name, summary, plan: { ...plan, evaluation }, inputs };
}

export const evaluationsAbsent: Scenario = {
  ...evaluated(
    'evaluations-absent',
    'The plan of the workspace has no evaluations: the list is empty.',
    'none',
  ),
  seeded: base.seeded.map((each) => ({ ...each, plan: { ...each.plan, evaluation: 'none' } })),
};

export const evaluationFailed = evaluated('evaluation-failed', 'The evaluation fails after 4 minutes.', {
  end: 'failed',
});

export const evaluationRunning = evaluated('evaluation-running', 'The evaluation never ends.', {
  takesMs: Number.POSITIVE_INFINITY,
});

export const evaluationLate = evaluated(
  'evaluation-late',
  'The evaluation is listed 4 minutes after the training has ended, and done 12 minutes later.',
  { appearsAfterMs: 4 * minute, takesMs: 12 * minute },
);

export const evaluationPartial = evaluated(
  'evaluation-partial',
  'An evaluation whose figures by class come a minute after its end, without mAP of the test split and without confusions.',
  {
    gaps: [
      { panel: 'performance-by-class', kind: 'late', forMs: minute },
      { panel: 'map-results', kind: 'without-split', split: 'test' },
      { panel: 'confusion-matrix', kind: 'absent' },
    ],
  },
);

/** Only a key with the right scope can read evaluations (docs/internals/roboflow-api.md#d2-scope-names). */
export const evaluationRefused: Scenario = {
  ...evaluated('evaluation-refused', 'The key lacks the scope model-eval:read.', {}),
  faults: (['evals', 'eval'] as const).map((route) => ({
    route,
    do: {
      kind: 'status',
      status: 403,
      body: {
        error: { message: 'This API key lacks the scope model-eval:read.', hint: 'Give the key the scope.' },
      },
    },
  })),
};

export const evaluationUnsupported: Scenario = {
  ...evaluated('evaluation-unsupported', 'The server has no routes for evaluations.', {}),
  faults: (['evals', 'eval'] as const).map((route) => ({
    route,
    do: { kind: 'status', status: 404, body: { message: 'Unsupported request.' } },
  })),
};

export const evaluationOlderIds: Scenario = {
  ...evaluated('evaluation-older-ids', 'A server whose evaluations tell their id as "id".', {}),
  evaluationsSayId: true,
};

/** The evaluation of the older one looks just like that of the new one (docs/internals/roboflow-api.md#d13-which-evaluation-is-whose). */
export const evaluationOfAnother: Scenario = {
  ...evaluated(
    'evaluation-of-another',
    'Version 7 had a training before, of which it has an evaluation too.',
    {},
  ),
  seeded: [
    ...base.seeded,
    {
      version: 7,
      modelType: 'yolov11n',
      agoMs: 5 * day,
      plan: fineTunePlan({ map50: 99, map5095: 81.3, precision: 98.2, recall: 97.5 }),
    },
  ],
};

/** 230 models of a search, each with an evaluation of its own. */
const manyModels: SeededTraining = {
  version: 5,
  modelType: 'rfdetr-nas-parent',
  agoMs: day,
  plan: {
    ...nasTimes,
    evaluation: { namedModels: Number.POSITIVE_INFINITY },
    results: (training) =>
      searchCandidates(training, 230).map((one) => minedModel(training, one, accuracyMetrics(one))),
  },
};

export const manyEvaluations: Scenario = {
  ...evaluated(
    'many-evaluations',
    'A finished training on version 7, since which more evaluations were made than a list can have.',
    { namedModels: 1 },
  ),
  seeded: [
    ...base.seeded,
    {
      version: 7,
      modelType: 'rfdetr-nano',
      agoMs: 5 * day,
      plan: { ...plan, evaluation: { namedModels: 1 } },
    },
    manyModels,
  ],
  inputs: { ...inputs, reuse: 'finished' },
};

export const searchEvaluations: Scenario = {
  ...nas,
  name: 'search-evaluations',
  summary: 'An architecture search of today, of whose models the 12 most accurate have an evaluation.',
  plan: { ...nas.plan, evaluation: { namedModels: 12 } },
  seeded: nas.seeded.map((each) => ({ ...each, plan: { ...each.plan, evaluation: { namedModels: 12 } } })),
  inputs: { 'model-type': 'rfdetr-nas-parent', thresholds: 'map50@test >= 75\nrecall[*] >= 60' },
};
