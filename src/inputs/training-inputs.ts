import { isRecord, type JsonObject } from '../lib/json.ts';
import type { Reuse } from '../training/reuse.ts';
import type { VersionChoice } from '../training/training.ts';
import type { RouteName } from '../training/training-api.ts';
import { refuseSeveralWithJobId } from './model-types.ts';
import { readVersion } from './read-version.ts';
import type { Reader } from './reader.ts';

/**
 * The training to judge: one that `job-id` names, one that exists already (`reuse: only`), or one to start. If the workflow names
 * several model types, this is the training of the first.
 */
export type TrainingInputs =
  | {
      readonly kind: 'existing';
      readonly version: Exclude<VersionChoice, { kind: 'new' }>;
      /** Undefined: of any type. */
      readonly modelType: string | undefined;
    }
  | {
      readonly kind: 'attach';
      readonly jobId: string;
      readonly version: VersionChoice | undefined;
      readonly modelType: string | undefined;
    }
  | {
      readonly kind: 'start';
      readonly version: VersionChoice;
      readonly modelType: string;
      readonly epochs: number | undefined;
      readonly checkpoint: string | undefined;
      readonly speed: 'fast' | 'accurate' | undefined;
      readonly recipe: JsonObject | undefined;
      readonly reuse: Reuse;
    };

/**
 * Reads which training to judge. With `job-id` the inputs for a start are read too, so that their mistakes are told,
 * but they have no effect. Undefined if what a start needs is missing, which is a mistake.
 * @param modelTypes those that the workflow names
 */
export function readTrainingInputs(
  reader: Reader,
  route: RouteName | 'auto',
  modelTypes: readonly string[],
): TrainingInputs | undefined {
  const jobId = readJobId(reader);
  const isStart = jobId === undefined;
  const reuse = reader.choice('reuse', ['none', 'running', 'finished', 'only'], 'running');
  const version = readVersion(reader, isStart);
  const [modelType] = modelTypes;
  if (modelType === undefined && isStart && reuse !== 'only')
    reader.mistake(
      'model-type',
      'is empty; set it to the architecture to train, e.g. rfdetr-nano (only with job-id may it be empty)',
    );
  const epochs = readEpochs(reader);
  const checkpoint = reader.text('checkpoint');
  const speed =
    reader.text('speed') === undefined ? undefined : reader.choice('speed', ['fast', 'accurate'], 'fast');
  const recipe = readRecipe(reader, epochs);
  if (isStart && reuse === 'only') return readExisting(reader, version, modelType);
  if (isStart && reuse !== 'only') {
    if (recipe !== undefined && route === 'jobs')
      reader.mistake('train-recipe', 'needs the trainings route; leave route out, or set it to "trainings"');
    if (version === undefined && modelType === undefined)
      reader.mistake(
        'job-id',
        'is empty as well; if it is an expression, it came out empty: the step whose output it takes did not set it',
      );
    if (version === undefined || modelType === undefined) return undefined;
    return { kind: 'start', version, modelType, epochs, checkpoint, speed, recipe, reuse };
  }
  if (jobId === undefined) return undefined;
  refuseSeveralWithJobId(reader, modelTypes);
  if (version?.kind === 'new')
    reader.mistake('version', '"new" cannot be combined with job-id; leave one of them out');
  return { kind: 'attach', jobId, version, modelType };
}

function readExisting(
  reader: Reader,
  version: VersionChoice | undefined,
  modelType: string | undefined,
): TrainingInputs | undefined {
  if (version?.kind === 'new') {
    reader.mistake(
      'reuse',
      '"only" judges what is there, and "version: new" has nothing yet; change one of them',
    );
    return undefined;
  }
  return version && { kind: 'existing', version, modelType };
}

/** Ids can contain slashes. What is no id is a text that would change the rest of the path or add a query to the URL. */
const CHANGES_URL = /[\s\p{Cc}?#]|(^|\/)\.{0,2}(\/|$)/u;

function readJobId(reader: Reader): string | undefined {
  const jobId = reader.text('job-id');
  if (jobId !== undefined && CHANGES_URL.test(jobId))
    reader.mistake(
      'job-id',
      `"${jobId}" is not a job's id; copy it from the output job-id of the step that started it, or from its log`,
    );
  return jobId;
}

function readEpochs(reader: Reader): number | undefined {
  const value = reader.text('epochs');
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  reader.mistake('epochs', `"${value}" is not valid; valid: a whole number from 1`);
  return undefined;
}

function readRecipe(reader: Reader, epochs: number | undefined): JsonObject | undefined {
  const recipe = reader.objectOrFile('train-recipe');
  const hyperparameters = recipe?.hyperparameters;
  if (hyperparameters === undefined) return recipe;
  if (!isRecord(hyperparameters)) {
    reader.mistake('train-recipe', '"hyperparameters" must be a JSON object, such as {"epochs": 50}');
    return recipe;
  }
  const recipeEpochs = hyperparameters.epochs;
  if (recipeEpochs !== undefined && epochs !== undefined && recipeEpochs !== epochs)
    reader.mistake(
      'epochs',
      `"${epochs}" is not the same as the ${JSON.stringify(recipeEpochs)} epochs in train-recipe; leave one of them out`,
    );
  return recipe;
}
