import { describe, expect, test } from 'vitest';
import { defaultKey } from '../../simulator/simulator.ts';
import { expectNoKey } from './no-key.ts';
import { routeOf, STARTED } from './requests.ts';
import { brief, endless } from './scenes.ts';
import { openWorld } from './world.ts';

/** The requests of a start up to the first look, where the workspace is known. */
const LOOKED = [...STARTED, 'GET /acme/hard-hats/7/v2/trainings/get'];

describe('the address', () => {
  test('of the newest version is found for version: latest', async () => {
    await using world = await openWorld({ scenario: endless() });
    const inputs = { version: 'latest', wait: 'none' };
    const result = await world.main(inputs);
    expect(result.given).toMatchObject({ outcome: 'started', version: '7' });
    expect(world.simulator.started().map(({ version }) => version)).toEqual([7]);
    expect(routeOf(world.simulator)).toEqual(['GET /', ...LOOKED]);
  });

  test.for([
    { name: 'workspace/project', inputs: { project: 'acme/hard-hats' } },
    { name: 'workspace and project apart', inputs: { workspace: 'acme', project: 'hard-hats' } },
  ])('written as $name needs no question for the workspace', async ({ inputs }) => {
    await using world = await openWorld({ scenario: endless() });
    const result = await world.main({ ...inputs, wait: 'none' });
    expect(result.outputs.get('outcome')).toBe('started');
    expect(routeOf(world.simulator)).toEqual(LOOKED);
  });

  test('of a gateway keeps its path prefix', async () => {
    const scenario = brief('fine-tune');
    await using world = await openWorld({ scenario, pathPrefix: '/gateway/roboflow' });
    const inputs = { 'api-url': `${world.simulator.url}/gateway/roboflow/` };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(0);
    expect(result.outputs.get('outcome')).toBe('passed');
    expect(
      world.simulator.requests.filter((request) => !request.path.startsWith('/gateway/roboflow/')),
    ).toEqual([]);
  });
});

describe('the key', () => {
  test('travels in the header, and in no URL', async () => {
    await using world = await openWorld({ scenario: brief('fine-tune') });
    const result = await world.main();
    expect(result.exitCode).toBe(0);
    expect(new Set(world.simulator.requests.map(({ headers }) => headers.authorization))).toEqual(
      new Set([`Bearer ${defaultKey}`]),
    );
    expectNoKey(world, result);
  });

  test('travels in the query with auth: query, and still shows nowhere else', async () => {
    const key = 'k+y/with=odd&signs%and"quotes';
    await using world = await openWorld({ scenario: brief('fine-tune'), key });
    const inputs = { 'api-key': key, auth: 'query' };
    const result = await world.main(inputs);
    expect(result.exitCode).toBe(0);
    expect(new Set(world.simulator.requests.map(({ query }) => query.api_key))).toEqual(new Set([key]));
    expect(world.simulator.requests.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
    expectNoKey({ simulator: { ...world.simulator, requests: [] } }, result, key);
  });
});
