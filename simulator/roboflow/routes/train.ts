import { type Answer, ok, plain } from '../answer.ts';
import { cannotCancel, multipleTrainings } from '../world/conflicts.ts';
import { inFlight, type SimulatedTraining } from '../world/training.ts';
import { type Call, requireVersion } from './call.ts';
import { readStart } from './start.ts';

/** `POST /:w/:p/:v/train`, whose answer no document describes (docs/internals/roboflow-api.md#version-training-routes). */
export function startOnVersion(call: Call): Answer {
  const version = requireVersion(call);
  call.world.start(version, readStart(call, 'modelType'), 'train');
  return ok({ success: true });
}

/** `POST /:w/:p/:v/train/cancel`: acts on the one training of the version that is in flight. */
export function cancelOnVersion(call: Call): Answer {
  const training = running(call);
  if (training === undefined) throw cannotCancel();
  return ok(call.world.cancel(training, call.body.continueIfNoRefund === true));
}

/** `POST /:w/:p/:v/train/stop`: a success also if the training is already over. */
export function stopOnVersion(call: Call): Answer {
  const { number } = requireVersion(call).spec;
  const training = running(call) ?? call.world.trainingsOf(number).at(-1);
  if (training === undefined) throw plain(404, 'This version has no training.');
  return ok(call.world.stop(training));
}

function running(call: Call): SimulatedTraining | undefined {
  const { number } = requireVersion(call).spec;
  const going = call.world.trainingsOf(number).filter((training) => inFlight(training, call.world.now()));
  if (going.length > 1) throw multipleTrainings();
  return going[0];
}
