import { describe, expect, test } from 'vitest';
import { expectNoKey } from './no-key.ts';
import { endless } from './scenes.ts';
import { openWorld } from './world.ts';

describe('a refusal', () => {
  test.for<
    [name: string, inputs: Readonly<Record<string, string>>, says: readonly string[], requests: number]
  >([
    [
      'of a wrong key (401)',
      { 'api-key': 'rf_wrong_key_9876' },
      ['answered 401', 'This API key does not exist', 'Check that api-key is the private key'],
      1,
    ],
    [
      'of a key without scope (403)',
      { 'api-key': 'rf_noscope_9876' },
      ['answered 403', 'lacks the scope', 'version:train, trainingJob:create, training-job:create'],
      2,
    ],
    [
      'of an unknown project (404)',
      { project: 'soft-hats' },
      ['There is no project acme/soft-hats that the key may see', 'Workspace acme has hard-hats'],
      3,
    ],
    [
      'of an unknown version (404)',
      { version: '99' },
      ['There is no version 99 of acme/hard-hats: it has versions 7, 6, 5, 4', 'Set version to one of'],
      2,
    ],
    [
      'of an unknown model type (400)',
      { 'model-type': 'rfdetr-tiny' },
      ['Roboflow does not know the model-type "rfdetr-tiny"', 'valid: rfdetr-nano, rfdetr-small'],
      5,
    ],
  ])('%s gives one annotation with advice, and starts nothing', async ([, inputs, says, requests]) => {
    await using world = await openWorld({ scenario: endless() });
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toHaveLength(1);
    expect(result.warnings).toEqual([]);
    for (const part of says) expect(result.failures[0]).toContain(part);
    expect(world.simulator.requests).toHaveLength(requests);
    expect(world.simulator.started()).toEqual([]);
    expectNoKey(world, result, inputs['api-key']);
  });
});
