import { describe, expect, test } from 'vitest';
import { defaultKey, startSimulator } from '../../simulator/simulator.ts';
import { expectNoKey, routeOf, runAgainst } from './run.ts';
import { brief, endless } from './scenes.ts';

const SPEED = 300;

describe('the address', () => {
  test.concurrent('of the newest version is found for version: latest', async () => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const inputs = { version: 'latest', wait: 'none' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.outputs).toMatchObject({ outcome: 'started', version: '7' });
    expect(simulator.started().map(({ version }) => version)).toEqual([7]);
    expect(routeOf(simulator)).toEqual([
      'GET /',
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
    ]);
  });

  test.concurrent.for([
    { name: 'workspace/project', inputs: { project: 'acme/hard-hats' } },
    { name: 'workspace and project apart', inputs: { workspace: 'acme', project: 'hard-hats' } },
  ])('written as $name needs no question for the workspace', async ({ inputs }) => {
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED });
    const result = await runAgainst(simulator, { inputs: { ...inputs, wait: 'none' }, speed: SPEED });
    expect(result.outputs.outcome).toBe('started');
    expect(routeOf(simulator)).toEqual([
      'GET /acme/hard-hats/jobs',
      'GET /acme/hard-hats/7',
      'GET /acme/hard-hats/jobs',
      'POST /acme/hard-hats/jobs',
      'GET /acme/hard-hats/jobs/ID',
    ]);
  });

  test.concurrent('of a gateway keeps its path prefix', async () => {
    const scenario = brief('fine-tune');
    await using simulator = await startSimulator({ scenario, speed: SPEED, pathPrefix: '/gateway/roboflow' });
    const inputs = { 'api-url': `${simulator.url}/gateway/roboflow/` };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(result.outputs.outcome).toBe('passed');
    expect(simulator.requests.filter((request) => !request.path.startsWith('/gateway/roboflow/'))).toEqual(
      [],
    );
  });
});

describe('the key', () => {
  test.concurrent('travels in the header, and in no URL', async () => {
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED });
    const result = await runAgainst(simulator, { speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(new Set(simulator.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${defaultKey}`]),
    );
    expectNoKey(result, simulator);
  });

  test.concurrent('travels in the query with auth: query, and still shows nowhere else', async () => {
    const key = 'k+y/with=odd&signs%and"quotes';
    await using simulator = await startSimulator({ scenario: brief('fine-tune'), speed: SPEED, key });
    const inputs = { 'api-key': key, auth: 'query' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    expect(result.exitCode).toBe(0);
    expect(new Set(simulator.requests.map(({ query }) => query.api_key))).toEqual(new Set([key]));
    expect(simulator.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expectNoKey(result, { requests: [] }, key);
  });

  test.concurrent('is masked before anything else is written, also as it looks in a URL', async () => {
    const key = 'k+y/with=odd&signs';
    await using simulator = await startSimulator({ scenario: endless(), speed: SPEED, key });
    const inputs = { 'api-key': key, wait: 'none' };
    const result = await runAgainst(simulator, { inputs, speed: SPEED });
    const lines = result.stdout.split('\n');
    expect(lines[0]).toBe(`::add-mask::${key}`);
    expect(lines).toContain('::add-mask::k%252By%252Fwith%253Dodd%2526signs');
    expect(result.outputs.outcome).toBe('started');
  });
});
