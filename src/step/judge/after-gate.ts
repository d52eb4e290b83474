import type { Model } from '../../gate/model.ts';
import type { PickResult } from '../../gate/picks.ts';
import type { Runner } from '../../github/runner.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import { messageOf, reasonOf, sentences, TrainGateError } from '../../lib/errors.ts';
import { fileNameFor } from '../../lib/store-file.ts';
import type { Conclusion, StarsResult, WeightsResult } from '../../report/conclusion.ts';
import { downloadWeights } from '../../roboflow/download-weights.ts';
import { starModel } from '../../roboflow/endpoints/project.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { segmentOf } from '../../roboflow/training-page.ts';
import { isSearch } from '../../training/model-type.ts';
import type { Training } from '../../training/training.ts';
import { requireDownload } from '../before/judgeable.ts';

/** Where and how a model that has passed is dealt with. */
interface AfterGate {
  readonly here: InProject;
  readonly runner: Runner;
  readonly apiUrl: URL;
  readonly requestDeadlineMs: number;
}

/** Does with the models of a training that passed what `star` and `weights` say; nothing if the gate did not pass. */
export async function afterGate(
  conclusion: Conclusion,
  training: Training,
  { star, weights: folder }: Inputs,
  to: AfterGate,
): Promise<Conclusion> {
  if (conclusion.kind !== 'judged' || conclusion.verdict.outcome !== 'passed') return conclusion;
  const { picks, headline } = conclusion.verdict;
  const stars = star ? await starPicks(picks, training, to.here) : undefined;
  const weights =
    folder === undefined || headline === undefined
      ? undefined
      : await storeWeights(headline, folder, training, to);
  return { ...conclusion, stars, weights };
}

/** For all picks together: without a star the verdict is as good. */
const PATIENCE_MS = 5 * 60_000;

/** Stars the picks of a search, each once. A refusal is told, and is no reason to fail. */
async function starPicks(
  picks: readonly PickResult[],
  { modelType }: Training,
  here: InProject,
): Promise<StarsResult> {
  const models = [...new Set(picks.flatMap((result) => (result.kind === 'pick' ? result.model : [])))];
  const ofSearch = models.filter(({ family, type }) => family === 'child' || isSearch(type ?? modelType));
  if (ofSearch.length === 0) {
    const nothing = isSearch(modelType)
      ? 'the search has no pick for any hardware'
      : 'only the models of an architecture search can be starred, and this training is none';
    here.log.info(`Nothing to star: ${nothing}.`);
    return { starred: [], refused: [], nothing };
  }
  const patience = { untilMs: here.clock.now() + PATIENCE_MS };
  const starred: string[] = [];
  const refused: { modelId: string; reason: string }[] = [];
  for (const model of ofSearch) {
    const reason = await starOne(model, here, patience);
    if (reason === undefined) starred.push(model.id);
    else refused.push({ modelId: model.id, reason });
    here.log.info(`${model.id} ${reason === undefined ? 'is starred.' : `was not starred: ${reason}`}`);
  }
  return { starred, refused, nothing: undefined };
}

async function starOne(
  { id }: Model,
  { api, project: { workspace } }: InProject,
  patience: { readonly untilMs: number },
): Promise<string | undefined> {
  const slug = segmentOf(id);
  if (slug === undefined) return 'its id is not one that Roboflow takes';
  try {
    return await starModel(api, workspace, slug, patience);
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    return messageOf(error);
  }
}

/** Stores the weights of a model that has passed in `folder`. What a person can mend is a result: it has passed all the same. */
async function storeWeights(
  model: Model,
  folder: string,
  training: Training,
  store: AfterGate,
): Promise<WeightsResult> {
  const { runner, here } = store;
  const { log } = here;
  try {
    requireDownload(model.type ?? training.modelType);
    const { path, fromWorkspace } = folderNow(folder, runner);
    const name = fileNameFor(model.id, '.pt');
    log.info(`Downloading the weights of ${model.id}.`);
    const to = { ...store, folder: path, name, keepSecret: runner.mask };
    const stored = await downloadWeights(model.id, to, store.here);
    const file = fromWorkspace === '.' ? name : `${fromWorkspace}/${name}`;
    log.info(
      `Stored the weights of ${model.id} in ${file}: ${stored.bytes} bytes, SHA-256 ${stored.sha256}.`,
    );
    return { kind: 'stored', modelId: model.id, file, ...stored };
  } catch (error) {
    if (!(error instanceof TrainGateError)) throw error;
    const later = `To get them later, set job-id to ${training.id}, with the same weights and thresholds: that starts no training.`;
    return { kind: 'failed', modelId: model.id, reason: error.message, next: sentences(error.hint, later) };
  }
}

/** Other steps may have changed the folder since the inputs were read, hours ago. */
function folderNow(folder: string, runner: Runner): ReturnType<Runner['workspaceFolder']> {
  try {
    return runner.workspaceFolder(folder);
  } catch (error) {
    throw new TrainGateError(`"${folder}" cannot take files any more: ${reasonOf(error)}.`);
  }
}
