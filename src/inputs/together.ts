import type { JsonObject } from '../lib/json.ts';
import { canAlways } from '../roboflow/apis/choose-route.ts';
import type { Reuse } from '../training/reuse.ts';
import type { VersionChoice } from '../training/training.ts';
import type { RouteName } from '../training/training-api.ts';
import type { Reader } from './reader.ts';

/** How trainings are run, whichever they are. */
export interface RunInputs {
  readonly route: RouteName | 'auto';
  readonly wait: 'job' | 'none' | 'status';
  /** All that the workflow names, in its order. Empty: of any type, or that of the training that `job-id` names. */
  readonly modelTypes: readonly string[];
  /** How many of several trainings that this step starts run at a time. */
  readonly maxParallel: number;
  /** The folder in the workspace for the headline model's weights; undefined: they are not stored. */
  readonly weights: string | undefined;
  readonly star: boolean;
}

/** Tells all that does not go together, whether it would have an effect or not: the next run may be without `job-id`. */
export function refuseTogether(
  reader: Reader,
  given: RunInputs & {
    readonly jobId: string | undefined;
    readonly reuse: Reuse | 'only';
    readonly version: VersionChoice | undefined;
    readonly recipe: JsonObject | undefined;
  },
): void {
  const { route, wait, modelTypes, maxParallel, jobId, reuse, version, recipe } = given;
  const isNew = version?.kind === 'new';
  const isSeveral = modelTypes.length > 1;
  const needsJudgement =
    'needs a model that has passed the gate, and with this wait nothing is judged; leave it out, or set wait to "job"';
  const table: readonly (readonly [isWrong: boolean, input: string, problem: string])[] = [
    [
      isSeveral && wait === 'status',
      'wait',
      '"status" leaves a commit status for one training, and model-type names several; use a matrix with one model type a leg',
    ],
    [
      wait === 'none' && isSeveral && modelTypes.length > maxParallel,
      'max-parallel',
      `"${maxParallel}" is less than the ${modelTypes.length} model types, and with "wait: none" all are started at once; raise it, or set wait to "job"`,
    ],
    [
      recipe !== undefined && route !== 'auto' && !canAlways(route, 'recipes'),
      'train-recipe',
      'needs the trainings route; leave route out, or set it to "trainings"',
    ],
    [
      reuse === 'only' && isNew,
      'reuse',
      '"only" judges what is there, and "version: new" has nothing yet; change one of them',
    ],
    [
      reuse === 'only' && wait === 'none',
      'wait',
      '"none" cannot be combined with "reuse: only", which judges; leave one of them out',
    ],
    [
      jobId !== undefined && isSeveral,
      'model-type',
      'names several types, and job-id one training; leave one of them out',
    ],
    [jobId !== undefined && isNew, 'version', '"new" cannot be combined with job-id; leave one of them out'],
    [wait !== 'job' && given.weights !== undefined, 'weights', needsJudgement],
    [wait !== 'job' && given.star, 'star', needsJudgement],
  ];
  for (const [isWrong, input, problem] of table) if (isWrong) reader.mistake(input, problem);
}
