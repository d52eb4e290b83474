import { expect, test } from 'vitest';
import { PLAIN } from '../../src/report/markdown/voice.ts';
import { adviceFor } from '../../src/report/words/failure-advice.ts';

const MEMORY =
  'The model did not fit into the memory of the device. Train a smaller model type, or a version with smaller images.';
const CREDITS =
  'The workspace has too few credits. Add credits on Roboflow; a new workflow run then starts the training again.';
const PLAN =
  'The plan of the workspace does not include this training. Train another model type, or change the plan on Roboflow.';
const IMAGES =
  'The version has too few images. Add images to the project, generate a new version, and train that.';
const EXPORT =
  'The version could not be exported for this model type. Generate a new version of the same images, and train that.';
const CRASH =
  "Roboflow's own code broke. Start the training again; if it stays, show its page to the support of Roboflow.";

test.each([
  ['CUDA out of memory: tried to allocate 1.4 GiB', MEMORY],
  ['Insufficient credits to start this training', CREDITS],
  ['credit_cap_exceeded', CREDITS],
  ['The workspace is out of credits', CREDITS],
  ['This model type is not available on your plan', PLAN],
  ['was not started: the plan of the workspace does not include it', PLAN],
  ['Upgrade your plan to train this model', PLAN],
  ['Not enough images: need at least 15 validation images', IMAGES],
  ['too few annotated images', IMAGES],
  ['Dataset export failed', EXPORT],
  ['Failed to export version 7', EXPORT],
  ['There are no more credits', CREDITS],
  ["Cannot read properties of undefined (reading 'id')", CRASH],
  ['TypeError: worker is null', CRASH],
  ['at least 15 validation images are needed', IMAGES],
  ['Failed to export the dataset', EXPORT],
])('Roboflow\'s words "%s" say what helps', (reason, advice) => {
  expect(adviceFor(reason, PLAIN)).toBe(advice);
});

test.each([
  ...['GPU quota exceeded', 'API quota reached for this minute', 'billing service unreachable'],
  ...['payment service timed out', 'training plan could not be computed', 'no data received from worker'],
  ...['no annotations service available', 'model export failed: TensorRT error'],
  ...['unexpected export in module', 'host memory check exceeded its deadline'],
  ...['image credits.png could not be read', 'shutting down for a planned upgrade', undefined],
])('"%s" says nothing that is known to help', (reason) => {
  expect(adviceFor(reason, PLAIN)).toBeUndefined();
});
