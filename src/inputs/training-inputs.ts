import { isRecord, type JsonObject } from '../lib/json.ts';
import { didYouMean } from '../lib/suggest.ts';
import { compareModelTypes, isTypeName } from '../training/model-type.ts';
import type { Reuse } from '../training/reuse.ts';
import type { TrainingRequest, VersionChoice } from '../training/training.ts';
import { entriesIn, type Reader } from './reader.ts';
import { type RunInputs, refuseTogether } from './together.ts';

/** The training to judge: one named by `job-id`, one that exists (`reuse: only`), or one to start. Of several, the first. */
export type TrainingInputs =
  | {
      readonly kind: 'existing';
      readonly version: Exclude<VersionChoice, { kind: 'new' }>;
      readonly modelType: string | undefined;
    }
  | {
      readonly kind: 'attach';
      readonly jobId: string;
      readonly version: VersionChoice | undefined;
      readonly modelType: string | undefined;
    }
  | (Omit<TrainingRequest, 'version'> & {
      readonly kind: 'start';
      readonly version: VersionChoice;
      readonly reuse: Reuse;
    });

/** Reads which training to judge, what a start needs also beside `job-id`. Undefined after a mistake. */
export function readTrainingInputs(reader: Reader, beside: RunInputs): TrainingInputs | undefined {
  const [modelType] = beside.modelTypes;
  const jobId = readJobId(reader);
  const reuse = reader.choice('reuse', ['none', 'running', 'finished', 'only'], 'running');
  const needsType = jobId === undefined && modelType === undefined && reuse !== 'only';
  if (needsType || (jobId === undefined && reader.text('version') === undefined))
    reader.mistake(
      'job-id',
      'is empty; if it is an expression, it came out empty: the step whose output it takes did not set it. Mend that first: to set version or model-type instead may start another training',
    );
  const version = readVersion(reader, jobId === undefined);
  if (needsType)
    reader.mistake('model-type', 'is empty; set it to the architecture to train, e.g. rfdetr-nano');
  const epochs = reader.wholeNumber('epochs');
  const checkpoint = reader.text('checkpoint');
  const speed =
    reader.text('speed') === undefined ? undefined : reader.choice('speed', ['fast', 'accurate'], 'fast');
  const recipe = readRecipe(reader, epochs);
  refuseTogether(reader, { ...beside, jobId, reuse, version, recipe });
  if (jobId !== undefined) return { kind: 'attach', jobId, version, modelType };
  if (reuse === 'only')
    return version === undefined || version.kind === 'new'
      ? undefined
      : { kind: 'existing', version, modelType };
  if (version === undefined || modelType === undefined) return undefined;
  return { kind: 'start', version, modelType, epochs, checkpoint, speed, recipe, reuse };
}

/** The model types in `model-type`, one per line or separated by commas. That two of them may be the same is a mistake. */
export function readModelTypes(reader: Reader): readonly string[] {
  const lines = reader.lines('model-type');
  const hasSeveralLines = lines.filter((line) => line !== '').length > 1;
  const modelTypes: string[] = [];
  for (const [index, line] of lines.entries()) {
    const mistake = (problem: string) =>
      reader.mistake('model-type', problem, hasSeveralLines ? index + 1 : undefined);
    for (const modelType of entriesIn(line)) {
      const twin = twinOf(modelType, modelTypes);
      if (twin !== undefined) mistake(twin);
      else if (!isTypeName(modelType))
        mistake(`"${modelType}" is not a model type; an example is rfdetr-nano`);
      else if (/^rfdetr-nas(?:-seg)?$/i.test(modelType))
        mistake(`"${modelType}" is the type of what a search finds; did you mean "${modelType}-parent"?`);
      modelTypes.push(modelType);
    }
  }
  return modelTypes;
}

/** What is wrong with naming `modelType` beside others: nobody could tell its training from that of its twin. */
function twinOf(modelType: string, others: readonly string[]): string | undefined {
  const twin = others.find((other) => compareModelTypes(modelType, other) !== 'contradictory');
  if (twin === undefined) return undefined;
  if (twin === modelType) return `"${modelType}" is there twice; leave one of them out`;
  return compareModelTypes(modelType, twin) === 'same'
    ? `"${modelType}" and "${twin}" are the same; leave one of them out`
    : `"${modelType}" and "${twin}" may be the same, as Roboflow names its types; leave one of them out, or name the sizes`;
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

/** The `version` input, with `preprocessing` and `augmentation` for a new one. Undefined if it is empty, or after a mistake. */
function readVersion(reader: Reader, isRequired: boolean): VersionChoice | undefined {
  const text = reader.text('version');
  const value = text?.toLowerCase();
  const preprocessing = reader.object('preprocessing');
  const augmentation = reader.object('augmentation');
  if (value === 'new') return { kind: 'new', preprocessing, augmentation };
  for (const name of ['preprocessing', 'augmentation'])
    if (reader.text(name) !== undefined)
      reader.mistake(name, 'counts only with "version: new"; leave it out, or generate a new version');
  if (value === undefined && isRequired)
    reader.mistake('version', 'is empty; set it to the number of a dataset version, to "latest" or to "new"');
  if (value === undefined) return undefined;
  if (value === 'latest') return { kind: 'latest' };
  const number = parseVersionNumber(value);
  if (number !== undefined) return { kind: 'number', number };
  reader.mistake(
    'version',
    `"${text}" is not valid; valid: the number of a dataset version, such as 7, "latest" or "new"${didYouMean(value, ['latest', 'new'])}`,
  );
  return undefined;
}

/** The number of a dataset version, undefined if `text` is no such number. */
export function parseVersionNumber(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
