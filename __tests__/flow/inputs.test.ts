import { describe, expect, test } from 'vitest';
import { expectNoKey } from './no-key.ts';
import { endless } from './scenes.ts';
import { openWorld } from './world.ts';

describe('a refusal', () => {
  test.for([
    {
      name: 'of a wrong key (401)',
      inputs: { 'api-key': 'rf_wrong_key_9876' },
      says: ['answered 401', 'This API key does not exist', 'Check that api-key is the private key'],
      requests: 1,
    },
    {
      name: 'of a key without scope (403)',
      inputs: { 'api-key': 'rf_noscope_9876' },
      says: ['answered 403', 'lacks the scope', 'version:train, trainingJob:create, training-job:create'],
      requests: 2,
    },
    {
      name: 'of an unknown project (404)',
      inputs: { project: 'soft-hats' },
      says: ['There is no project acme/soft-hats that the key may see', 'Workspace acme has hard-hats'],
      requests: 3,
    },
    {
      name: 'of an unknown version (404)',
      inputs: { version: '99' },
      says: ['There is no version 99 of acme/hard-hats: it has versions 7, 6, 5, 4', 'Set version to one of'],
      requests: 2,
    },
    {
      name: 'of an unknown model type (400)',
      inputs: { 'model-type': 'rfdetr-tiny' },
      says: ['Roboflow does not know the model-type "rfdetr-tiny"', 'valid: rfdetr-nano, rfdetr-small'],
      requests: 4,
    },
  ])('$name gives one annotation with advice, and starts nothing', async ({ inputs, says, requests }) => {
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
