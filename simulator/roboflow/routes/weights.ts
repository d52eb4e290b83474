import { createRandom, seedOf } from '../../lib/random.ts';
import type { SimulatedModel } from '../../training-plan.ts';
import { type Answer, ok, plain } from '../answer.ts';
import { modelsOf } from '../views/models.ts';
import { keptWeights, type SimulatedTraining } from '../world/training.ts';
import { type Call, param, requireProject } from './call.ts';

/** How long a signed address is good for. */
const validMs = 15 * 60_000;

/**
 * `GET /:w/:p/:model/ptFile`: `{"weightsUrl"}`, an address that is signed and on another path, outside of any gateway. The weights of
 * architecture searches and of SAM3 cannot be downloaded (docs/roboflow-api.md#models).
 */
export function getWeightsUrl(call: Call): Answer {
  requireProject(call);
  const segment = param(call, 'model');
  const found = withWeights(call).findLast(({ model }) => model.url.split('/').at(-1) === segment);
  if (found === undefined) throw plain(404, `Model "${segment}" has no weights.`);
  const { training, model } = found;
  if (training.modelGroup !== null || training.modelType.startsWith('sam3')) {
    throw plain(403, 'The weights of this model cannot be downloaded.', 'Use Roboflow Inference.');
  }
  const expires = String(call.world.now() + validMs);
  const query = new URLSearchParams({ Expires: expires, Signature: signature(model.url, expires) });
  const file = encodeURIComponent(`${model.url.replaceAll('/', '.')}.pt`);
  return ok({ weightsUrl: `${call.origin}/signed-files/${file}?${query}` });
}

/** `GET /signed-files/:file`, which takes a signature and no key. */
export function getSignedFile(call: Call): Answer {
  const file = param(call, 'file');
  const { Expires: expires = '', Signature: given } = call.query;
  const found = withWeights(call).find(({ model }) => `${model.url.replaceAll('/', '.')}.pt` === file);
  if (found === undefined || given !== signature(found.model.url, expires)) {
    return { status: 403, body: '<Error><Code>SignatureDoesNotMatch</Code></Error>' };
  }
  if (call.world.now() > Number(expires)) {
    return { status: 403, body: '<Error><Code>ExpiredToken</Code></Error>' };
  }
  return { status: 200, body: `simulated weights of ${found.model.url}\n` };
}

function withWeights(call: Call): { training: SimulatedTraining; model: SimulatedModel }[] {
  const nowMs = call.world.now();
  return call.world.trainings
    .filter((training) => keptWeights(training, nowMs))
    .flatMap((training) => modelsOf(training, nowMs).map((model) => ({ training, model })));
}

function signature(url: string, expires: string): string {
  return createRandom(seedOf(`${url} ${expires}`)).hex(32);
}
