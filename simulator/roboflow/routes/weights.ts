import { createRandom, seedOf } from '../../lib/random.ts';
import type { SimulatedModel } from '../../training-plan.ts';
import { type Answer, ok, plain, Refusal } from '../answer.ts';
import { modelsOf } from '../views/models.ts';
import { keptWeights, type SimulatedTraining } from '../world/training.ts';
import type { World } from '../world/world.ts';
import { type Call, param, requireProject } from './call.ts';

/** How long a signed address is good for. */
const validMs = 15 * 60_000;

/**
 * `GET /:w/:p/:model/ptFile`: `{"weightsUrl"}`, an address that is signed and on another host. The weights of architecture
 * searches and of SAM3 cannot be downloaded (docs/internals/roboflow-api.md#weights-and-stars).
 */
export function getWeightsUrl(call: Call): Answer {
  requireProject(call);
  const segment = param(call, 'model');
  const found = withWeights(call.world).findLast(({ model }) => model.url.split('/').at(-1) === segment);
  if (found === undefined) throw plain(404, `Model "${segment}" has no weights.`);
  const { training, model } = found;
  if (training.modelGroup !== null || training.modelType.startsWith('sam3')) {
    throw plain(403, 'The weights of this model cannot be downloaded.', 'Use Roboflow Inference.');
  }
  const expires = String(call.world.now() + validMs);
  const query = new URLSearchParams({ Expires: expires, Signature: signature(model.url, expires) });
  return ok({ weightsUrl: `${call.filesOrigin}/signed-files/${encodeURIComponent(fileOf(model))}?${query}` });
}

/** The `url` of the model whose weights a signed address leads to; throws the refusal of a wrong signature or an old one. */
export function signedModel(world: World, address: URL): string {
  const file = decodeURIComponent(address.pathname.split('/').at(-1) ?? '');
  const expires = address.searchParams.get('Expires') ?? '';
  const found = withWeights(world).find(({ model }) => fileOf(model) === file);
  if (found === undefined || address.searchParams.get('Signature') !== signature(found.model.url, expires))
    throw new Refusal(403, '<Error><Code>SignatureDoesNotMatch</Code></Error>');
  if (world.now() > Number(expires)) throw new Refusal(403, '<Error><Code>ExpiredToken</Code></Error>');
  return found.model.url;
}

function fileOf({ url }: SimulatedModel): string {
  return `${url.replaceAll('/', '.')}.pt`;
}

function withWeights(world: World): { training: SimulatedTraining; model: SimulatedModel }[] {
  const nowMs = world.now();
  return world.trainings
    .filter((training) => keptWeights(training, nowMs))
    .flatMap((training) => modelsOf(training, nowMs).map((model) => ({ training, model })));
}

function signature(url: string, expires: string): string {
  return createRandom(seedOf(`${url} ${expires}`)).hex(32);
}
