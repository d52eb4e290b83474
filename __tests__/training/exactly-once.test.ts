import { describe, expect, test } from 'vitest';
import { type Asked, exactlyOnce } from '../../src/training/exactly-once.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';

/**
 * One answer to a request: `made`, a refusal, no effect for now, or nothing clear, whether the request `arrived` or not.
 */
type Answer = 'made' | 'refused' | 'busy' | 'lost-arrived' | 'lost';

/** A server that answers as it is told, and shows what it made after `lag` looks. */
class Server {
  readonly made: string[] = [];
  asks = 0;
  finds = 0;
  readonly #answers: readonly Answer[];
  readonly #lag: number;

  constructor(answers: readonly Answer[], lag = 0) {
    this.#answers = answers;
    this.#lag = lag;
  }

  async ask(): Promise<Asked<string>> {
    const answer = this.#answers[this.asks] ?? 'lost';
    this.asks += 1;
    const thing = `thing ${this.asks}`;
    if (answer === 'refused') throw new Error(`refused ${this.asks}`);
    if (answer === 'busy')
      return { kind: 'unsent', error: new Error(`busy ${this.asks}`), pauseMs: (tries) => tries * 60_000 };
    if (answer !== 'lost') this.made.push(thing);
    return answer === 'made'
      ? { kind: 'made', thing }
      : { kind: 'unclear', error: new Error(`lost ${this.asks}`) };
  }

  async find(): Promise<string | undefined> {
    this.finds += 1;
    return this.finds > this.#lag ? this.made[0] : undefined;
  }
}

async function outcomeOf(server: Server) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const begunMs = clock.now();
  const once = {
    what: 'thing',
    ask: () => server.ask(),
    find: () => server.find(),
    describe: (thing: string) => `the ${thing}`,
    ifUnclear: 'Look for it yourself.',
  };
  const signal = new AbortController().signal;
  const context = { clock, log, signal, timeoutAtMs: begunMs + 8 * 60_000 };
  const result = await exactlyOnce(once, context).catch((error: unknown) => error);
  return { result, seconds: (clock.now() - begunMs) / 1000, lines: log.lines };
}

describe('making a thing exactly once', () => {
  test.each<{
    name: string;
    answers: readonly Answer[];
    lag?: number;
    expected: unknown;
    asks: number;
    made: number;
    seconds: number;
  }>([
    { name: 'made at once', answers: ['made'], expected: 'thing 1', asks: 1, made: 1, seconds: 0 },
    {
      name: 'lost, and shown at once',
      answers: ['lost-arrived', 'made'],
      expected: 'thing 1',
      asks: 1,
      made: 1,
      seconds: 0,
    },
    {
      name: 'lost, and shown after 50 seconds',
      answers: ['lost-arrived', 'made'],
      lag: 5,
      expected: 'thing 1',
      asks: 1,
      made: 1,
      seconds: 50,
    },
    {
      name: 'lost, and shown in the last look after 2 minutes',
      answers: ['lost-arrived', 'made'],
      lag: 12,
      expected: 'thing 1',
      asks: 1,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost on the way, then made',
      answers: ['lost', 'made'],
      expected: 'thing 2',
      asks: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost on the way twice, then made',
      answers: ['lost', 'lost', 'made'],
      expected: 'thing 3',
      asks: 3,
      made: 1,
      seconds: 240,
    },
    {
      name: 'lost on the way, then lost and shown',
      answers: ['lost', 'lost-arrived', 'made'],
      lag: 13,
      expected: 'thing 2',
      asks: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'lost, then refused because of what it made',
      answers: ['lost-arrived', 'refused'],
      lag: 13,
      expected: 'thing 1',
      asks: 2,
      made: 1,
      seconds: 120,
    },
    {
      name: 'turned away twice without effect, then made',
      answers: ['busy', 'busy', 'made'],
      expected: 'thing 3',
      asks: 3,
      made: 1,
      seconds: 180,
    },
    {
      name: 'turned away until the timeout',
      answers: Array.from({ length: 20 }, () => 'busy'),
      expected: expect.objectContaining({ name: 'Error', message: 'busy 5' }),
      asks: 5,
      made: 0,
      seconds: 480,
    },
    {
      name: 'turned away, then lost and shown',
      answers: ['busy', 'lost-arrived', 'made'],
      expected: 'thing 2',
      asks: 2,
      made: 1,
      seconds: 60,
    },
    {
      name: 'lost on the way three times',
      answers: ['lost', 'lost', 'lost', 'made'],
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: 'Roboflow gave no clear answer in 3 tries, and no new thing shows.',
        hint: 'The last answer was: lost 3. Look for it yourself.',
      }),
      asks: 3,
      made: 0,
      seconds: 360,
    },
    {
      name: 'refused at once',
      answers: ['refused', 'made'],
      expected: expect.objectContaining({ name: 'Error', message: 'refused 1' }),
      asks: 1,
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
      asks: 2,
      made: 0,
      seconds: 120,
    },
  ])('$name', async ({ answers, lag, expected, asks, made, seconds }) => {
    const server = new Server(answers, lag);
    const outcome = await outcomeOf(server);
    expect(outcome.result).toEqual(expected);
    expect(outcome.seconds).toBe(seconds);
    expect(server.asks).toBe(asks);
    expect(server.made).toHaveLength(made);
  });

  test('tells what is looked for, and what came of it', async () => {
    expect((await outcomeOf(new Server(['lost', 'lost-arrived']))).lines).toEqual([
      'lost 1. It may have arrived: looking for the thing before anything is sent again.',
      'It did not arrive: there is no new thing.',
      'lost 2. It may have arrived: looking for the thing before anything is sent again.',
      'It did arrive: taking up the thing 2.',
    ]);
  });

  test('sends nothing again where it cannot be looked for', async () => {
    const server = new Server(['lost', 'made']);
    server.find = () => Promise.reject(new Error('no list'));
    expect((await outcomeOf(server)).result).toMatchObject({
      name: 'UnclearError',
      message: 'It could not be found out whether a thing was made: Error: no list',
      hint: 'Look for it yourself.',
    });
    expect(server.asks).toBe(1);
  });

  test('sends nothing again after an interruption, whose reason is thrown as it is', async () => {
    const server = new Server(['lost', 'made']);
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const once = {
      what: 'thing',
      ask: () => server.ask(),
      find: () => {
        controller.abort(reason);
        return server.find();
      },
      describe: (thing: string) => thing,
      ifUnclear: 'Look for it yourself.',
    };
    const clock = new VirtualClock();
    const context = {
      clock,
      log: new KeptLog(),
      signal: controller.signal,
      timeoutAtMs: clock.now() + 60_000,
    };
    await expect(exactlyOnce(once, context)).rejects.toBe(reason);
    expect(server.asks).toBe(1);
  });
});
