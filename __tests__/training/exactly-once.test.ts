import { describe, expect, test } from 'vitest';
import { exactlyOnce } from '../../src/training/exactly-once.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';
import { type Answer, outcomeOf, Server } from './once-server.ts';

describe('making a thing exactly once', () => {
  test.each<{
    name: string;
    answers: readonly Answer[];
    lag?: number;
    expected: unknown;
    creates: number;
    made: number;
    seconds: number;
  }>([
    { name: 'made at once', answers: ['made'], expected: 'thing 1', creates: 1, made: 1, seconds: 0 },
    {
      name: 'lost, and shown at once',
      answers: ['lost-arrived', 'made'],
      expected: 'thing 1',
      creates: 1,
      made: 1,
      seconds: 0,
    },
    {
      name: 'lost, and shown after 50 seconds',
      answers: ['lost-arrived', 'made'],
      lag: 5,
      expected: 'thing 1',
      creates: 1,
      made: 1,
      seconds: 50,
    },
    {
      name: 'lost, and shown in the last look after 2 minutes',
      answers: ['lost-arrived', 'made'],
      lag: 12,
      expected: 'thing 1',
      creates: 1,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost on the way, then made',
      answers: ['lost', 'made'],
      expected: 'thing 2',
      creates: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost on the way twice, then made',
      answers: ['lost', 'lost', 'made'],
      expected: 'thing 3',
      creates: 3,
      made: 1,
      seconds: 240,
    },
    {
      name: 'lost on the way, then lost and shown',
      answers: ['lost', 'lost-arrived', 'made'],
      lag: 13,
      expected: 'thing 2',
      creates: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost, then refused because of what it made',
      answers: ['lost-arrived', 'refused'],
      lag: 13,
      expected: 'thing 1',
      creates: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'turned away twice without effect, then made',
      answers: ['busy', 'busy', 'made'],
      expected: 'thing 3',
      creates: 3,
      made: 1,
      seconds: 180,
    },
    {
      name: 'turned away until the timeout',
      answers: Array.from({ length: 20 }, () => 'busy'),
      expected: expect.objectContaining({ name: 'Error', message: 'busy 5' }),
      creates: 5,
      made: 0,
      seconds: 480,
    },
    {
      name: 'turned away, then lost and shown',
      answers: ['busy', 'lost-arrived', 'made'],
      expected: 'thing 2',
      creates: 2,
      made: 1,
      seconds: 60,
    },
    {
      name: 'lost on the way three times',
      answers: ['lost', 'lost', 'lost', 'made'],
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: 'Roboflow gave no clear answer to 3 requests, and no new thing shows.',
        hint: 'The last answer was: lost 3. Look for it yourself.',
      }),
      creates: 3,
      made: 0,
      seconds: 360,
    },
    {
      name: 'refused at once',
      answers: ['refused', 'made'],
      expected: expect.objectContaining({ name: 'Error', message: 'refused 1' }),
      creates: 1,
      made: 0,
      seconds: 0,
    },
    {
      name: 'lost, then refused while nothing shows',
      answers: ['lost', 'refused', 'made'],
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: 'After an unclear answer Roboflow refused to make the thing: Error: refused 2',
        hint: 'Look for it yourself.',
      }),
      creates: 2,
      made: 0,
      seconds: 120,
    },
  ])('$name', async ({ answers, lag, expected, creates, made, seconds }) => {
    const server = new Server(answers, lag);
    const outcome = await outcomeOf(server);
    expect(outcome.result).toEqual(expected);
    expect(outcome.seconds).toBe(seconds);
    expect(server.creates).toBe(creates);
    expect(server.made).toHaveLength(made);
  });

  test('tells what is looked for, and what came of it', async () => {
    expect((await outcomeOf(new Server(['lost', 'lost-arrived']))).lines).toEqual([
      'lost 1. The request may have arrived: looking for the thing before anything is sent again.',
      'It did not arrive: there is no new thing.',
      'lost 2. The request may have arrived: looking for the thing before anything is sent again.',
      'It did arrive: adopting the thing 2.',
    ]);
  });

  test('sends nothing again if it cannot be looked for', async () => {
    const server = new Server(['lost', 'made']);
    server.find = () => Promise.reject(new Error('no list'));
    expect((await outcomeOf(server)).result).toMatchObject({
      name: 'UnclearError',
      message: 'It is not clear whether a thing was made: Error: no list',
      hint: 'Look for it yourself.',
    });
    expect(server.creates).toBe(1);
  });

  test('sends nothing again after an interruption, whose reason is thrown as it is', async () => {
    const server = new Server(['lost', 'made']);
    const controller = new AbortController();
    const reason = new Error('interrupted');
    server.find = () => {
      controller.abort(reason);
      return Promise.reject(new Error('aborted'));
    };
    expect((await outcomeOf(server, controller)).result).toBe(reason);
    expect(server.creates).toBe(1);
  });

  test('looks at least eight times, however slow the answers are', async () => {
    const server = new Server(['lost', 'made']);
    const clock = new VirtualClock();
    const once = {
      what: 'thing',
      create: () => server.create(),
      find: () => {
        clock.pass(60_000);
        return server.find();
      },
      describe: (thing: string) => thing,
      ifUnclear: 'Look for it yourself.',
    };
    const { signal } = new AbortController();
    await exactlyOnce(once, clock.now() + 60_000, { clock, log: new KeptLog(), signal });
    expect(server.finds).toBe(8);
  });
});
