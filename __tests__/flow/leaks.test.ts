import { describe, expect, test } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { expectNoKey } from './no-key.ts';
import { brief } from './scenes.ts';
import { openWorld } from './world.ts';

/** A key of a shape that stands nowhere else, so that its beginning can be searched for too. */
const KEY = 'zq7XK2m9TfWb4LpR0sVd';
const BEGINNING = KEY.slice(0, 8);

const TRAININGS = { route: 'trainings' };

/** Ways in which a server, or a proxy before it, can repeat the key that it was sent. */
const echoes: readonly {
  readonly name: string;
  readonly fault: Fault;
  readonly inputs?: typeof TRAININGS;
}[] = [
  {
    name: 'in the error of a refused list',
    fault: {
      route: 'list',
      do: { kind: 'status', status: 401, body: { error: `The key ${KEY} is unknown` } },
    },
  },
  {
    name: 'in the code of a refused start',
    fault: {
      route: 'start',
      do: { kind: 'status', status: 400, body: { error: { message: 'no', code: KEY } } },
    },
  },
  {
    name: 'in the hint of a refused start',
    fault: {
      route: 'start',
      do: { kind: 'status', status: 400, body: { error: 'no', hint: `Bearer ${KEY}` } },
    },
  },
  {
    name: 'in a page of HTML in place of a list',
    fault: {
      route: 'list',
      do: { kind: 'status', status: 200, body: `<p>Authorization: Bearer ${KEY}</p>` },
    },
  },
  {
    name: 'in a page of HTML, where an excerpt of it ends',
    fault: { route: 'list', do: { kind: 'status', status: 200, body: `${'x'.repeat(110)}${KEY}` } },
  },
  {
    name: 'in JSON that is no list',
    fault: { route: 'list', do: { kind: 'json', body: { headers: { authorization: `Bearer ${KEY}` } } } },
  },
  {
    name: 'in JSON that is no list, where an excerpt of it ends',
    fault: { route: 'list', do: { kind: 'json', body: { pad: 'x'.repeat(168), key: KEY } } },
  },
  {
    name: 'in JSON that is no job',
    fault: { route: 'poll', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in JSON that is no result',
    fault: { route: 'results', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in JSON that is no list of models',
    fault: { route: 'models', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in the status of a job',
    fault: {
      route: 'poll',
      nth: 1,
      do: { kind: 'json', body: { id: 'job_4c2aab22506c', status: `key ${KEY}`, version: 7 } },
    },
  },
  {
    name: 'in the model type of a job',
    fault: {
      route: 'poll',
      nth: 1,
      do: { kind: 'json', body: { id: 'job_4c2aab22506c', status: 'queued', version: 7, model_type: KEY } },
    },
  },
  {
    name: 'in JSON that is no version',
    fault: { route: 'version', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in JSON that is no list of trainings',
    inputs: TRAININGS,
    fault: { route: 'list', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in the code of a refused training',
    inputs: TRAININGS,
    fault: {
      route: 'start',
      do: { kind: 'status', status: 400, body: { error: { message: 'no', code: KEY } } },
    },
  },
  {
    name: 'in JSON that is no training',
    inputs: TRAININGS,
    fault: { route: 'poll', do: { kind: 'json', body: { key: KEY } } },
  },
  {
    name: 'in the status of a training',
    inputs: TRAININGS,
    fault: {
      route: 'poll',
      nth: 1,
      do: { kind: 'json', body: { trainingId: '666934f109234004a782', status: `key ${KEY}` } },
    },
  },
];

describe('a key that the server repeats', () => {
  test.for(echoes)('shows nowhere: $name', async ({ fault, inputs }) => {
    await using world = await openWorld({
      scenario: brief('fine-tune'),
      key: KEY,
      faults: [fault],
    });
    const result = await world.main({ 'api-key': KEY, ...inputs });
    expectNoKey(world, result, KEY);
    expectNoKey(world, result, BEGINNING);
  });

  test('shows nowhere: in the reason of a failure', async () => {
    const scenario = brief('failed', { failureReason: `weights could not be saved with key ${KEY}` });
    await using world = await openWorld({ scenario, key: KEY });
    const result = await world.main({ 'api-key': KEY });
    expect(result.failures).toEqual([expect.stringContaining('weights could not be saved with key')]);
    expectNoKey(world, result, KEY);
  });
});
