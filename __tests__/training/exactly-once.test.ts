import { describe, expect, test } from 'vitest';
import { TrainGateError } from '../../src/lib/errors.ts';
import { type Creation, exactlyOnce, type Glance } from '../../src/training/exactly-once.ts';
import type { Sighting } from '../../src/training/sightings.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';

/** One answer to a request: `made`, a refusal, no effect for now, or nothing clear, whether the request arrived or not. */
type Answer = 'made' | 'refused' | 'busy' | 'lost' | 'lost, made';

/** Something that somebody else makes so many seconds after the beginning. */
interface Stranger {
  readonly atS: number;
  readonly doubt?: string;
  /** The list loses it after so many seconds. */
  readonly untilS?: number;
}

interface Scene {
  readonly answers: readonly Answer[];
  /** How long lists lag behind what this step makes; what others make shows at once. */
  readonly lagS?: number;
  readonly strangers?: readonly Stranger[];
  readonly timeoutS?: number;
  /** How long one look takes. */
  readonly lookS?: number;
  /** It is interrupted before this request, from 1, is sent. */
  readonly interruptedBefore?: number;
}

const REASON = new Error('interrupted');

/** What a scene comes to. */
async function play({ answers, lagS = 0, strangers = [], timeoutS = 3600, lookS = 0, ...scene }: Scene) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const controller = new AbortController();
  const startMs = clock.now();
  const seconds = () => (clock.now() - startMs) / 1000;
  const made: { id: string; atS: number }[] = [];
  const sentAtS: number[] = [];
  const recorded: string[] = [];
  const others = () => strangers.filter(({ atS, untilS = 9e9 }) => atS <= seconds() && seconds() < untilS);
  const visible = (): Sighting<string>[] => [
    ...made
      .filter(({ atS }) => atS + lagS <= seconds())
      .map(({ id }) => ({ id, thing: id, doubt: undefined })),
    ...others().map(({ atS, doubt }) => ({ id: `stranger ${atS}`, thing: `stranger ${atS}`, doubt })),
  ];
  const send = async (): Promise<Creation<string>> => {
    sentAtS.push(seconds());
    const answer = answers[sentAtS.length - 1] ?? 'lost';
    const id = `thing ${sentAtS.length}`;
    const error = new TrainGateError(`${answer} ${sentAtS.length}`);
    if (answer === 'refused') throw error;
    if (answer === 'busy') return { kind: 'unsent', error, pauseMs: (tries) => tries * 60_000 };
    if (answer !== 'lost') made.push({ id, atS: seconds() });
    return answer === 'made' ? { kind: 'created', thing: id } : { kind: 'unclear', error };
  };
  const once = {
    what: 'thing',
    glance: async (): Promise<Glance<string, readonly string[]>> => {
      if (scene.interruptedBefore === sentAtS.length + 1) controller.abort(REASON);
      return { kind: 'clear', snapshot: visible().map(({ id }) => id) };
    },
    send,
    findNew: async (known: readonly string[]) => {
      clock.pass(lookS * 1000);
      if (scene.interruptedBefore === sentAtS.length + 1) controller.abort(REASON);
      return visible().filter(({ id }) => !known.includes(id));
    },
    describe: (thing: string) => `the ${thing}`,
    record: {
      starting: (known: readonly string[]) => void recorded.push(['starting', ...known].join(' ')),
      unsent: () => void recorded.push('unsent'),
      started: (thing: string) => void recorded.push(thing),
    },
    ifUnclear: 'Look for it yourself.',
  };
  const context = { clock, log, signal: controller.signal };
  const result = await exactlyOnce(once, startMs + timeoutS * 1000, context).catch((error: unknown) => error);
  return { result, sentAtS, made: made.length, recorded, seconds: seconds(), lines: log.lines };
}

const unclear = (message: string) =>
  expect.objectContaining({
    name: 'UnclearError',
    message: expect.stringContaining(message),
    hint: 'Look for it yourself.',
  });
const tooLate = expect.objectContaining({
  name: 'TrainGateError',
  message: expect.stringMatching(/^The timeout passed before a thing could be started/),
});

describe('making a thing exactly once', () => {
  test.each<{ name: string; scene: Scene; expected: unknown; sentAtS: readonly number[]; made: number }>([
    { name: 'made at once', scene: { answers: ['made'] }, expected: 'thing 1', sentAtS: [0], made: 1 },
    ...[0, 50, 115, 120].map((lagS) => ({
      name: `lost, and shown after ${lagS} s`,
      scene: { answers: ['lost, made', 'made'] as const, lagS },
      expected: 'thing 1',
      sentAtS: [0],
      made: 1,
    })),
    {
      name: 'lost on the way, then made',
      scene: { answers: ['lost', 'made'] },
      expected: 'thing 2',
      sentAtS: [0, 120],
      made: 1,
    },
    {
      name: 'lost on the way, then lost and shown',
      scene: { answers: ['lost', 'lost, made'], lagS: 100 },
      expected: 'thing 2',
      sentAtS: [0, 120],
      made: 1,
    },
    {
      name: 'lost, then refused because of what it made',
      scene: { answers: ['lost, made', 'refused'], lagS: 130 },
      expected: 'thing 1',
      sentAtS: [0, 120],
      made: 1,
    },
    {
      name: 'lost, and shown only after the second request was turned away',
      scene: { answers: ['lost, made', 'busy', 'made'], lagS: 130 },
      expected: 'thing 1',
      sentAtS: [0, 120],
      made: 1,
    },
    {
      name: 'lost, then turned away twice, then made',
      scene: { answers: ['lost', 'busy', 'busy', 'made'] },
      expected: 'thing 4',
      sentAtS: [0, 120, 360, 660],
      made: 1,
    },
    {
      name: 'turned away twice without effect, then made',
      scene: { answers: ['busy', 'busy', 'made'] },
      expected: 'thing 3',
      sentAtS: [0, 60, 180],
      made: 1,
    },
    {
      name: 'turned away, then lost and shown',
      scene: { answers: ['busy', 'lost, made', 'made'] },
      expected: 'thing 2',
      sentAtS: [0, 60],
      made: 1,
    },
    {
      name: 'turned away for longer than an outage is waited out',
      scene: { answers: Array.from({ length: 9 }, () => 'busy' as const) },
      expected: expect.objectContaining({ message: 'busy 6' }),
      sentAtS: [0, 60, 180, 360, 600, 900],
      made: 0,
    },
    {
      name: 'lost on the way three times',
      scene: { answers: ['lost', 'lost', 'lost', 'made'] },
      expected: unclear('made: no new thing shows. The last answer was: lost 3'),
      sentAtS: [0, 120, 240],
      made: 0,
    },
    {
      name: 'refused at once',
      scene: { answers: ['refused', 'made'] },
      expected: expect.objectContaining({ name: 'TrainGateError', message: 'refused 1' }),
      sentAtS: [0],
      made: 0,
    },
    {
      name: 'lost, then refused while nothing shows',
      scene: { answers: ['lost', 'refused', 'made'] },
      expected: unclear('made: no new thing shows. The last answer was: refused 2'),
      sentAtS: [0, 120],
      made: 0,
    },
    {
      name: 'lost, then looked for at least eight times, however slow the answers are',
      scene: { answers: ['lost', 'made'], lookS: 60 },
      expected: 'thing 2',
      sentAtS: [0, 8 * 60 + 7 * 10],
      made: 1,
    },
  ])('$name', async ({ scene, expected, sentAtS, made }) => {
    const played = await play(scene);
    expect(played).toMatchObject({ result: expected, sentAtS, made });
  });

  test('tells what is looked for, and what came of it', async () => {
    expect((await play({ answers: ['lost', 'lost, made'] })).lines).toEqual([
      'lost 1. A request may have arrived: looking for the thing before anything is sent again.',
      'It did not arrive: there is no new thing.',
      'lost, made 2. A request may have arrived: looking for the thing before anything is sent again.',
      'It did arrive: adopting the thing 2.',
    ]);
  });
});

describe('the timeout of the step', () => {
  test.each<{ name: string; scene: Scene; expected: unknown; sentAtS: readonly number[] }>([
    {
      name: 'that is over already',
      scene: { answers: ['made'], timeoutS: 0 },
      expected: tooLate,
      sentAtS: [],
    },
    {
      name: 'that passes in the pause after a request was turned away',
      scene: { answers: ['busy', 'made'], timeoutS: 60 },
      expected: tooLate,
      sentAtS: [0],
    },
    {
      name: 'that passes while a lost request is looked for',
      scene: { answers: ['lost', 'made'], timeoutS: 60 },
      expected: unclear('no new thing shows. The timeout has passed. The last answer was: lost 1'),
      sentAtS: [0],
    },
    {
      name: 'that passes at the very moment at which it would be sent again',
      scene: { answers: ['lost', 'made'], timeoutS: 120 },
      expected: unclear('The timeout has passed'),
      sentAtS: [0],
    },
    {
      name: 'that passes while a lost request shows late',
      scene: { answers: ['lost, made'], lagS: 100, timeoutS: 60 },
      expected: 'thing 1',
      sentAtS: [0],
    },
    {
      name: 'that passes a second later',
      scene: { answers: ['lost', 'made'], timeoutS: 121 },
      expected: 'thing 2',
      sentAtS: [0, 120],
    },
  ])('$name, lets no request be sent after it', async ({ scene, expected, sentAtS }) => {
    expect(await play(scene)).toMatchObject({ result: expected, sentAtS });
  });
});

describe('something of somebody else, after a request whose answer was lost', () => {
  const doubt = 'it is of another kind';
  test.each<{ name: string; scene: Scene; expected: unknown; sends: number }>([
    {
      name: 'that shows while ours may still show is not adopted',
      scene: { answers: ['lost, made'], lagS: 100, strangers: [{ atS: 5 }] },
      expected: unclear('stranger 5 and thing 1 are new, and only one can be ours.'),
      sends: 1,
    },
    {
      name: 'that shows beside ours, in either order',
      scene: { answers: ['lost, made'], strangers: [{ atS: 100 }] },
      expected: unclear('thing 1 and stranger 100 are new, and only one can be ours.'),
      sends: 1,
    },
    {
      name: 'that cannot be ours does not hide ours',
      scene: { answers: ['lost, made'], lagS: 50, strangers: [{ atS: 5, doubt }] },
      expected: 'thing 1',
      sends: 1,
    },
    {
      name: 'that cannot be ours stops every other request, and is named',
      scene: { answers: ['lost', 'made'], strangers: [{ atS: 5, doubt }] },
      expected: unclear(`It is not clear whether a thing was made: ${doubt}.`),
      sends: 1,
    },
    {
      name: 'stops every other request if only the last look shows it',
      scene: { answers: ['lost', 'made'], strangers: [{ atS: 120, doubt }] },
      expected: unclear(doubt),
      sends: 1,
    },
    {
      name: 'stops every other request also if a later list has lost it',
      scene: { answers: ['lost', 'made'], strangers: [{ atS: 5, untilS: 30, doubt }] },
      expected: unclear(doubt),
      sends: 1,
    },
    {
      name: 'is named too if it shows only after a refusal',
      scene: { answers: ['lost', 'refused'], strangers: [{ atS: 130, doubt }] },
      expected: unclear(doubt),
      sends: 2,
    },
    {
      name: 'that was made in the pause before the request is not taken for ours',
      scene: { answers: ['busy', 'lost', 'made'], strangers: [{ atS: 30 }] },
      expected: 'thing 3',
      sends: 3,
    },
    {
      name: 'that was made before the request is not taken for ours',
      scene: { answers: ['lost, made'], strangers: [{ atS: 0 }], lagS: 60 },
      expected: 'thing 1',
      sends: 1,
    },
  ])('$name', async ({ scene, expected, sends }) => {
    const { result, sentAtS } = await play(scene);
    expect(result).toEqual(expected);
    expect(sentAtS).toHaveLength(sends);
  });

  test('is told beside ours', async () => {
    const { lines } = await play({ answers: ['lost, made'], strangers: [{ atS: 5, doubt }] });
    expect(lines.at(-1)).toBe(`It did arrive: adopting the thing 1. ${doubt}`);
  });
});

describe('what is recorded for the post step', () => {
  test.each<{ name: string; scene: Scene; recorded: readonly string[] }>([
    { name: 'before a request, and after', scene: { answers: ['made'] }, recorded: ['starting', 'thing 1'] },
    {
      name: 'in the pause before another try, that nothing runs',
      scene: { answers: ['busy', 'made'], strangers: [{ atS: 30 }] },
      recorded: ['starting', 'unsent', 'starting stranger 30', 'thing 2'],
    },
    { name: 'of a refusal', scene: { answers: ['refused'] }, recorded: ['starting', 'unsent'] },
    {
      name: 'after a lost answer, that something may run, whatever comes next',
      scene: { answers: ['lost', 'busy', 'refused'] },
      recorded: ['starting', 'starting', 'starting'],
    },
    { name: 'of one that shows', scene: { answers: ['lost, made'] }, recorded: ['starting', 'thing 1'] },
    { name: 'of none after the timeout', scene: { answers: [], timeoutS: 0 }, recorded: [] },
    { name: 'of none after an interruption', scene: { answers: [], interruptedBefore: 1 }, recorded: [] },
    {
      name: 'of no other after an interruption in between',
      scene: { answers: ['lost', 'made'], interruptedBefore: 2 },
      recorded: ['starting'],
    },
  ])('$name', async ({ scene, recorded }) => {
    const played = await play(scene);
    expect(played.recorded).toEqual(recorded);
    if (scene.interruptedBefore !== undefined) expect(played.result).toBe(REASON);
  });
});

test('nothing is sent if there is something to use instead', async () => {
  const once = {
    what: 'thing',
    glance: async () => ({ kind: 'needless', instead: 'theirs' }) as const,
    send: () => Promise.reject(new Error('sent')),
    findNew: () => Promise.reject(new Error('looked for')),
    describe: String,
    ifUnclear: '',
  };
  const clock = new VirtualClock();
  const { signal } = new AbortController();
  const made = exactlyOnce(once, clock.now() + 1, { clock, log: new KeptLog(), signal });
  await expect(made).resolves.toBe('theirs');
});

test.each([new TrainGateError('no list'), new TypeError('no list')])(
  'nothing is sent again if it cannot be looked for: %o',
  async (error) => {
    let sends = 0;
    const once = {
      what: 'thing',
      glance: async () => ({ kind: 'clear', snapshot: {} }) as const,
      send: async (): Promise<Creation<string>> => {
        sends += 1;
        return { kind: 'unclear', error: new Error('lost') };
      },
      findNew: () => Promise.reject(error),
      describe: String,
      ifUnclear: 'Look for it yourself.',
    };
    const clock = new VirtualClock();
    const { signal } = new AbortController();
    const made = exactlyOnce(once, clock.now() + 1, { clock, log: new KeptLog(), signal });
    await expect(made).rejects.toMatchObject({
      name: 'UnclearError',
      message: expect.stringMatching(/^It is not clear whether a thing was made: .*no list$/),
    });
    expect(sends).toBe(1);
  },
);
