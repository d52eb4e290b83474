import { describe, expect, test } from 'vitest';
import { expectNoKey } from './no-key.ts';
import { endless } from './scenes.ts';
import { openWorld } from './world.ts';

/** Each wrong value, and what the annotation says of it. */
const mistakes: readonly { inputs: Readonly<Record<string, string>>; says: string }[] = [
  { inputs: { 'api-key': '' }, says: 'api-key: is empty' },
  {
    inputs: { 'api-key': 'two words' },
    says: 'api-key: has spaces, line breaks or other characters that no key has',
  },
  { inputs: { project: '' }, says: 'project: is empty' },
  { inputs: { project: 'a b' }, says: 'project: "a b" is not the slug of a project' },
  { inputs: { project: '../x' }, says: 'project: "../x" is not the slug of a project' },
  { inputs: { workspace: 'a/b' }, says: 'workspace: "a/b" is not the slug of a workspace' },
  {
    inputs: { workspace: 'other', project: 'acme/hard-hats' },
    says: 'workspace: "other" is not the workspace',
  },
  { inputs: { version: '' }, says: 'version: is empty' },
  { inputs: { version: 'lastest' }, says: 'version: "lastest" is not valid' },
  { inputs: { version: '0' }, says: 'version: "0" is not valid' },
  { inputs: { version: '7.5' }, says: 'version: "7.5" is not valid' },
  { inputs: { 'model-type': '' }, says: 'model-type: is empty' },
  { inputs: { 'model-type': 'rf detr' }, says: 'model-type: "rf detr" is not a model type' },
  { inputs: { epochs: '-1' }, says: 'epochs: "-1" is not valid' },
  { inputs: { epochs: 'ten' }, says: 'epochs: "ten" is not valid' },
  { inputs: { speed: 'quick' }, says: 'speed: "quick" is not valid; valid: fast, accurate' },
  { inputs: { thresholds: 'map50 >= 0.8' }, says: 'thresholds, line 1: ' },
  { inputs: { thresholds: 'map50 >= 80\nmap5 >= 1' }, says: 'thresholds, line 2: ' },
  { inputs: { hardware: 't4 < fast' }, says: 'hardware: "t4 < fast" is not valid' },
  { inputs: { hardware: 't4, T4' }, says: 'hardware: "T4" is there twice' },
  { inputs: { 'job-id': '../b' }, says: 'job-id: "../b" is not a job\'s id' },
  { inputs: { 'job-id': 'a b' }, says: 'job-id: "a b" is not a job\'s id' },
  { inputs: { 'job-id': 'a?b' }, says: 'job-id: "a?b" is not a job\'s id' },
  { inputs: { route: 'v2' }, says: 'route: "v2" is not valid; valid: ' },
  { inputs: { reuse: 'always' }, says: 'reuse: "always" is not valid; valid: none, running, finished' },
  { inputs: { wait: 'yes' }, says: 'wait: "yes" is not valid; valid: ' },
  { inputs: { timeout: '90' }, says: 'timeout: "90" is not a duration' },
  { inputs: { timeout: '0s' }, says: 'timeout: "0s" must be longer than 0' },
  { inputs: { 'poll-interval': '30' }, says: 'poll-interval: "30" is not a duration' },
  {
    inputs: { timeout: '30s', 'poll-interval': '30s' },
    says: 'timeout: "30s" must be longer than poll-interval, "30s"',
  },
  { inputs: { 'on-cancel': 'kill' }, says: 'on-cancel: "kill" is not valid; valid: cancel, stop, leave' },
  { inputs: { 'on-timeout': 'kill' }, says: 'on-timeout: "kill" is not valid; valid: cancel, stop, leave' },
  { inputs: { 'fail-build': 'no' }, says: 'fail-build: "no" is not valid; valid: true, false' },
  { inputs: { 'on-missing-key': 'pass' }, says: 'on-missing-key: "pass" is not valid; valid: fail, skip' },
  { inputs: { 'api-url': 'api.roboflow.com' }, says: 'api-url: "api.roboflow.com" is not a URL' },
  { inputs: { 'api-url': 'http://api.roboflow.com' }, says: 'api-url: "http://api.roboflow.com" would send' },
  {
    inputs: { 'api-url': 'http://127.0.0.1.example' },
    says: 'api-url: "http://127.0.0.1.example" would send',
  },
  { inputs: { 'api-url': 'https://u:p@example.com' }, says: 'api-url: must have scheme, host and path only' },
  { inputs: { auth: 'body' }, says: 'auth: "body" is not valid; valid: header, query' },
];

describe('a wrong input', () => {
  test.for(mistakes)('($says ...) is named in one annotation, and no request is made', async (row) => {
    await using world = await openWorld();
    const result = await world.main(row.inputs);
    expect(result.exitCode).toBe(1);
    expect(result.outputs.get('outcome')).toBe('undecided');
    expect(result.failures).toEqual([expect.stringContaining(row.says)]);
    expect(result.warnings).toEqual([]);
    expect(world.simulator.requests).toEqual([]);
    expectNoKey(world, result);
  });

  test('stands with all the others in one annotation', async () => {
    await using world = await openWorld();
    const inputs = {
      'api-key': '',
      project: '',
      version: 'x',
      'model-type': '',
      epochs: '0',
      speed: 'x',
      thresholds: 'nonsense\nmap50 >= 80\nmap50 >= 0.8',
      hardware: '<',
      reuse: 'x',
      wait: 'x',
      timeout: 'x',
      'poll-interval': 'x',
      'on-cancel': 'x',
      'on-timeout': 'x',
      'fail-build': 'x',
      'api-url': 'x',
      auth: 'x',
      route: 'x',
    };
    const result = await world.main(inputs);
    const errors = result.failures;
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^Not judged: 20 mistakes in the inputs, so nothing was started:\n- /);
    expect(result.summaryText.split('\n')[0]).toBe(
      '## ⚠️ Not judged: 20 mistakes in the inputs, so nothing was started',
    );
    const named = [...(errors[0] ?? '').matchAll(/^- ([a-z-]+(?:, line \d+)?): /gm)].map((match) => match[1]);
    expect(named.toSorted()).toEqual([
      'api-key',
      'api-url',
      'auth',
      'epochs',
      'fail-build',
      'hardware',
      'job-id',
      'model-type',
      'on-cancel',
      'on-timeout',
      'poll-interval',
      'project',
      'reuse',
      'route',
      'speed',
      'thresholds, line 1',
      'thresholds, line 3',
      'timeout',
      'version',
      'wait',
    ]);
    expect(world.simulator.requests).toEqual([]);
  });

  test('is told without its value if it is the key', async () => {
    await using world = await openWorld();
    const key = 'secret key with blanks';
    const result = await world.main({ 'api-key': key });
    expect(result.exitCode).toBe(1);
    expectNoKey(world, result, key);
  });
});

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

  test.for([
    { refuse: 'credit_cap_exceeded', inputs: {}, says: "The workspace's credit cap is reached" },
    {
      refuse: 'nas_not_available_for_plan',
      inputs: { 'model-type': 'rfdetr-nas-parent' },
      says: 'The plan of this workspace has no neural architecture search',
    },
  ] as const)('with the code $refuse says what to do', async ({ refuse, inputs, says }) => {
    await using world = await openWorld({ scenario: endless({ refuse }) });
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(1);
    expect(result.failures).toEqual([expect.stringContaining(says)]);
    expect(world.simulator.started()).toEqual([]);
  });
});
