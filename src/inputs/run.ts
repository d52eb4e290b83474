import { isRecord, type JsonObject } from '../lib/json.ts';
import { didYouMean } from '../lib/suggest.ts';
import type { Reuse } from '../training/reuse.ts';
import type { VersionChoice } from '../training/version-choice.ts';
import type { Reader } from './reader.ts';
import { versionNumber } from './version-number.ts';

/** Which run to judge: one that is there already, or one to start. */
export type TrainingInputs =
  | {
      readonly kind: 'attach';
      readonly jobId: string;
      readonly version: VersionChoice | undefined;
      /** Empty where the workflow does not say; the comment on the pull request is found again by it. */
      readonly modelType: string;
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

/** Ids of trainings may hold slashes, so only what would make another path or a query of a URL is no id. */
const LEADS_ELSEWHERE = /[\s\p{Cc}?#]|(^|\/)\.{0,2}(\/|$)/u;

/** Reads what to train. With `job-id` the rest is read all the same, so that its mistakes show, but does not count. */
export function readTrainingInputs(read: Reader): TrainingInputs {
  const jobId = read.text('job-id');
  const version = readVersion(read, jobId === undefined);
  const modelType = readModelType(read, jobId === undefined);
  const epochs = readEpochs(read);
  const checkpoint = read.text('checkpoint');
  const speed =
    read.text('speed') === undefined ? undefined : read.choice('speed', ['fast', 'accurate'], 'fast');
  const recipe = readRecipe(read, epochs);
  const reuse = read.choice('reuse', ['none', 'running', 'finished'], 'running');
  if (jobId === undefined) {
    return {
      kind: 'start',
      version: version ?? { kind: 'latest' },
      modelType,
      epochs,
      checkpoint,
      speed,
      recipe,
      reuse,
    };
  }
  if (LEADS_ELSEWHERE.test(jobId))
    read.mistake(
      'job-id',
      `"${jobId}" is not a job's id; copy it from the output job-id of the step that started it, or from its log`,
    );
  if (version?.kind === 'new')
    read.mistake('version', '"new" cannot be combined with job-id; leave one of them out');
  return { kind: 'attach', jobId, version, modelType };
}

function readVersion(read: Reader, required: boolean): VersionChoice | undefined {
  const text = read.text('version');
  const value = text?.toLowerCase();
  const preprocessing = read.object('preprocessing');
  const augmentation = read.object('augmentation');
  if (value === 'new') return { kind: 'new', preprocessing, augmentation };
  for (const name of ['preprocessing', 'augmentation'])
    if (read.text(name) !== undefined)
      read.mistake(name, 'counts only with "version: new"; leave it out, or generate a new version');
  if (value === undefined && required)
    read.mistake(
      'version',
      'is empty; set it to the number of a dataset version, to "latest" or to "new" (only with job-id may it be empty)',
    );
  if (value === undefined) return undefined;
  if (value === 'latest') return { kind: 'latest' };
  const number = versionNumber(value);
  if (number !== undefined) return { kind: 'number', number };
  read.mistake(
    'version',
    `"${text}" is not valid; valid: the number of a dataset version, such as 7, "latest" or "new"${didYouMean(value, ['latest', 'new'])}`,
  );
  return undefined;
}

function readModelType(read: Reader, required: boolean): string {
  const modelType = read.text('model-type');
  if (modelType === undefined && required)
    read.mistake(
      'model-type',
      'is empty; set it to the architecture to train, e.g. rfdetr-nano (only with job-id may it be empty)',
    );
  if (modelType !== undefined && !/^[a-z0-9][a-z0-9._-]*$/i.test(modelType))
    read.mistake('model-type', `"${modelType}" is not a model type; an example is rfdetr-nano`);
  return modelType ?? '';
}

function readEpochs(read: Reader): number | undefined {
  const value = read.text('epochs');
  if (value === undefined) return undefined;
  if (/^[1-9]\d{0,5}$/.test(value)) return Number(value);
  read.mistake('epochs', `"${value}" is not valid; valid: a whole number from 1`);
  return undefined;
}

function readRecipe(read: Reader, epochs: number | undefined): JsonObject | undefined {
  const recipe = read.objectOrFile('train-recipe');
  const hyperparameters = recipe?.hyperparameters;
  if (hyperparameters === undefined) return recipe;
  if (!isRecord(hyperparameters)) {
    read.mistake('train-recipe', '"hyperparameters" must be a JSON object, such as {"epochs": 50}');
    return recipe;
  }
  const ofRecipe = hyperparameters.epochs;
  if (ofRecipe !== undefined && epochs !== undefined && ofRecipe !== epochs)
    read.mistake(
      'epochs',
      `"${epochs}" and the ${JSON.stringify(ofRecipe)} epochs of train-recipe contradict each other; leave one out`,
    );
  return recipe;
}
