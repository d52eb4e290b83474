import { expect, test } from 'vitest';
import { PLAIN } from '../../src/report/markdown/voice.ts';
import { adviceFor } from '../../src/report/words/failure-advice.ts';

test.each([
  ['CUDA out of memory: tried to allocate 1.4 GiB', 'smaller model type'],
  ['Insufficient credits to start this training', 'Add credits'],
  ['credit_cap_exceeded', 'Add credits'],
  ['The workspace is out of credits', 'Add credits'],
  ['This model type is not available on your plan', 'change the plan'],
  ['was not started: the plan of the workspace does not include it', 'change the plan'],
  ['Upgrade your plan to train this model', 'change the plan'],
  ['Not enough images: need at least 15 validation images', 'Add images'],
  ['too few annotated images', 'Add images'],
  ['Dataset export failed', 'Generate a new version'],
  ['Failed to export version 7', 'Generate a new version'],
])('Roboflow\'s words "%s" say what helps', (reason, advice) => {
  expect(adviceFor(reason, PLAIN)).toContain(advice);
});

test.each([
  'GPU quota exceeded',
  'API quota reached for this minute',
  'billing service unreachable',
  'payment service timed out',
  'training plan could not be computed',
  'no data received from worker',
  'no annotations service available',
  'model export failed: TensorRT error',
  'unexpected export in module',
  'host memory check exceeded its deadline',
  'image credits.png could not be read',
  'shutting down for a planned upgrade',
  undefined,
])('"%s" says nothing that is known to help', (reason) => {
  expect(adviceFor(reason, PLAIN)).toBeUndefined();
});
