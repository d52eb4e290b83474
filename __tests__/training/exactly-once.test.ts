import { describe, expect, test } from 'vitest';
import { TrainGateError } from '../../src/lib/errors.ts';
import { exactlyOnce, type Glance } from '../../src/training/exactly-once.ts';
import type { Sighting } from '../../src/training/find-new.ts';
import type { Creation } from '../../src/training/training-api.ts';
import { VirtualClock } from '../flow/clock.ts';
import { named, rows } from '../rows.ts';
import { KeptLog } from './fake-route.ts';

/** One answer to a request: `made`, a refusal, no effect for now, or nothing clear, whether the request arrived or not. */
type Answer = 'made' | 'refused' | 'busy' | 'lost' | 'lost, made';

interface Scene {
  /** To the requests; all others are lost. */
  readonly answers: readonly Answer[];
  /** How long lists lag behind what this step makes; what others make shows at once. */
  readonly lagS?: number;
  /** What others make, so many seconds after the beginning; the list may lose it again. */
  readonly others?: readonly { readonly atS: number; readonly doubt?: string; readonly untilS?: number }[];
  readonly timeoutS?: number;
  /** How long one look takes. */
  readonly lookS?: number;
  /** It is interrupted before this request, from 1, is sent. */
  readonly interruptedBefore?: number;
  readonly noList?: Error;
}

const REASON = new Error('interrupted');

type Others = NonNullable<Scene['others']>;

/** What a scene comes to. */
async function play({ answers, lagS = 0, others = [], timeoutS = 3600, lookS = 0, ...scene }: Scene) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const controller = new AbortController();
  const startMs = clock.now();
  const seconds = () => (clock.now() - startMs) / 1000;
  const made: { id: string; atS: number }[] = [];
  const sentAtS: number[] = [];
  const recorded: string[] = [];
  const visible = (): readonly Sighting<string>[] => {
    if (scene.interruptedBefore === sentAtS.length + 1) controller.abort(REASON);
    const ours = made
      .filter(({ atS }) => atS + lagS <= seconds())
      .map((each) => ({ ...each, doubt: undefined }));
    const theirs = others
      .filter(({ atS, untilS = 9e9 }) => atS <= seconds() && seconds() < untilS)
      .map(({ atS, doubt }) => ({ id: `their ${atS}`, doubt }));
    return [...ours, ...theirs].map(({ id, doubt }) => ({ id, thing: id, doubt }));
  };
  const once = {
    what: 'thing',
    glance: async (): Promise<Glance<readonly string[], never>> => {
      return { kind: 'clear', snapshot: visible().map(({ id }) => id) };
    },
    send: async (): Promise<Creation<string>> => {
      sentAtS.push(seconds());
      const answer = answers[sentAtS.length - 1] ?? 'lost';
      const id = `our ${sentAtS.length}`;
      const error = new TrainGateError(`${answer} ${sentAtS.length}`);
      if (answer === 'refused') throw error;
      if (answer === 'busy') return { kind: 'unsent', error, pauseMs: (tries) => tries * 60_000 };
      if (answer !== 'lost') made.push({ id, atS: seconds() });
      return answer === 'made' ? { kind: 'created', thing: id } : { kind: 'unclear', error };
    },
    findNew: async (known: readonly string[]) => {
      if (scene.noList) throw scene.noList;
      clock.pass(lookS * 1000);
      return visible().filter(({ id }) => !known.includes(id));
    },
    record: {
      starting: (known: readonly string[]) => void recorded.push(['starting', ...known].join(' ')),
      unsent: () => void recorded.push('unsent'),
    },
    ifUnclear: 'Look for it yourself.',
  };
  const context = { clock, log, signal: controller.signal };
  const result = await exactlyOnce(once, startMs + timeoutS * 1000, context).then(
    ({ thing }) => thing,
    (error: unknown) => error,
  );
  return { result, sentAtS, made: made.length, recorded, lines: log.lines };
}

const unclear = (message: string) =>
  expect.objectContaining({
    name: 'UnclearError',
    message: expect.stringContaining(message),
    hint: 'Look for it yourself.',
  });
const failed = (message: string) =>
  expect.objectContaining({ name: 'TrainGateError', message: expect.stringContaining(message) });

/** What a cell says that a scene comes to: a thing, or an error with a message. */
function resultOf(cell: string): unknown {
  const [, kind, message = ''] = /^(unclear|failed): (.*)$/.exec(cell) ?? [];
  if (kind === undefined) return cell;
  return kind === 'unclear' ? unclear(message) : failed(message);
}

/** The answers that a cell has: `+` stands for a lost answer to a request that arrived. */
function answersIn(cell: string): readonly Answer[] {
  const answers = {
    made: 'made',
    refused: 'refused',
    busy: 'busy',
    lost: 'lost',
    'lost+': 'lost, made',
  } as const;
  return cell
    .split(' ')
    .filter(Boolean)
    .map((word) => named<Answer>(answers, word));
}

/** The numbers that a cell gives by name: `lagS 100`. */
function numbersIn(
  cell: string,
): Partial<Record<'lagS' | 'lookS' | 'timeoutS' | 'interruptedBefore', number>> {
  return Object.fromEntries(
    [...cell.matchAll(/(\w+) (\d+)/g)].map(([, name, value]) => [name, Number(value)]),
  );
}

const doubt = 'it is of another kind';

describe('making a thing exactly once', () => {
  // Answers | what else there is | result | when requests were sent | how many things were made
  test.each(
    rows(`
    made | | our 1 | 0 | 1
    lost+ | | our 1 | 0 | 1
    lost+ | lagS 50 | our 1 | 0 | 1
    lost+ | lagS 120 | our 1 | 0 | 1
    lost made | | our 2 | 0 120 | 1
    lost lost+ | lagS 100 | our 2 | 0 120 | 1
    lost+ refused | lagS 130 | our 1 | 0 120 | 1
    lost+ busy made | lagS 130 | our 1 | 0 120 | 1
    lost busy busy made | | our 4 | 0 120 360 660 | 1
    busy busy made | | our 3 | 0 60 180 | 1
    busy lost+ | | our 2 | 0 60 | 1
    busy busy busy busy busy busy busy busy busy | | failed: busy 6 | 0 60 180 360 600 900 | 0
    | | unclear: no new thing shows. The last answer was: lost 3 | 0 120 240 | 0
    refused made | | failed: refused 1 | 0 | 0
    lost refused | | unclear: The last answer was: refused 2 | 0 120 | 0
    lost made | lookS 60 | our 2 | 0 550 | 1
    made | timeoutS 0 | failed: The timeout passed before a thing could be started | | 0
    busy made | timeoutS 60 | failed: The timeout passed before a thing could be started | 0 | 0
    lost made | timeoutS 60 | unclear: The timeout has passed | 0 | 0
    lost made | timeoutS 120 | unclear: timeout | 0 | 0
    lost made | timeoutS 121 | our 2 | 0 120 | 1
    lost+ | lagS 100, timeoutS 60 | our 1 | 0 | 1
    `),
  )('after the answers "%s", %s: %s', async (answers, more, result, sent, made) => {
    const played = await play({ answers: answersIn(answers), ...numbersIn(more) });
    expect(played).toMatchObject({ result: resultOf(result), made: Number(made) });
    expect(played.sentAtS.join(' ')).toBe(sent);
  });

  test.each([new TrainGateError('no list'), new TypeError('no list')])(
    'without a list: %s',
    async (noList) => {
      const played = await play({ answers: [], noList });
      expect(played).toMatchObject({ result: unclear('no list'), sentAtS: [0], made: 0 });
    },
  );

  test('tells what is looked for, and what came of it', async () => {
    expect((await play({ answers: ['lost', 'lost, made'] })).lines).toEqual([
      'lost 1. A request may have arrived: looking for the thing before anything is sent again.',
      'It did not arrive: there is no new thing.',
      'lost, made 2. A request may have arrived: looking for the thing before anything is sent again.',
      'It did arrive: adopting thing our 2.',
    ]);
  });

  test('sends nothing if there is something to use instead', async () => {
    const once = {
      what: 'thing',
      glance: async () => ({ kind: 'needless', instead: 'theirs' }) as const,
      send: () => Promise.reject(new Error('sent')),
      findNew: () => Promise.reject(new Error('looked for')),
      ifUnclear: '',
    };
    const clock = new VirtualClock();
    const { signal } = new AbortController();
    const made = exactlyOnce(once, clock.now() + 1, { clock, log: new KeptLog(), signal });
    await expect(made).resolves.toBe('theirs');
  });
});

describe('a thing of somebody else, after a request whose answer was lost', () => {
  const both = (one: string, other: string) =>
    unclear(`${one} and ${other} are new, and only one can be ours.`);
  test.each<[name: string, answers: string, others: Others, result: unknown, sends: number]>([
    ['that shows after ours', 'lost+', [{ atS: 99 }], both('our 1', 'their 99'), 1],
    ['of another kind does not hide ours', 'lost+', [{ atS: 5, doubt }], 'our 1', 1],
    ['of another kind is named', 'lost made', [{ atS: 5, doubt }], unclear(doubt), 1],
    ['in the last look is named', 'lost made', [{ atS: 120, doubt }], unclear(doubt), 1],
    ['that a later list has lost is named', 'lost made', [{ atS: 5, untilS: 30, doubt }], unclear(doubt), 1],
    ['after a refusal is named', 'lost refused', [{ atS: 130, doubt }], unclear(doubt), 2],
    ['of the pause before is not ours', 'busy lost made', [{ atS: 30 }], 'our 3', 3],
  ])('%s', async (_, answers, others, result, sends) => {
    const played = await play({ answers: answersIn(answers), others });
    expect(played.result).toEqual(result);
    expect(played.sentAtS).toHaveLength(sends);
  });

  test.each<[name: string, lagS: number, atS: number, result: unknown]>([
    ['that shows while ours may still show is not adopted', 100, 5, both('their 5', 'our 1')],
    ['that was there is not ours', 60, 0, 'our 1'],
  ])('%s', async (_, lagS, atS, result) => {
    const played = await play({ answers: ['lost, made'], lagS, others: [{ atS }] });
    expect(played).toMatchObject({ result, sentAtS: [0] });
  });

  test('is told beside ours', async () => {
    const { lines } = await play({ answers: ['lost, made'], others: [{ atS: 5, doubt }] });
    expect(lines.at(-1)).toBe(`It did arrive: adopting thing our 1. ${doubt}`);
  });
});

test.each(
  rows(`
  before a request | made | | starting
  in the pause before another try, that nothing runs | busy made | | starting, unsent, starting their 30
  of a refusal, that nothing runs | refused | | starting, unsent
  after a lost answer, that something may run | lost busy refused | | starting, starting, starting
  of none after the timeout | | timeoutS 0 |
  of none after an interruption | | interruptedBefore 1 |
  of no other after an interruption | lost made | interruptedBefore 2 | starting
  `),
)('what is recorded for the post step: %s', async (_, answers, more, recorded) => {
  const others = answers.startsWith('busy') ? [{ atS: 30 }] : [];
  const scene = { answers: answersIn(answers), others, ...numbersIn(more) };
  const played = await play(scene);
  expect(played.recorded.join(', ')).toBe(recorded);
  if (scene.interruptedBefore !== undefined) expect(played.result).toBe(REASON);
});

test('a request that had no effect is told with the pause until the next, which never outlasts the timeout', async () => {
  const busy = (timeoutS: number) => play({ answers: ['busy', 'busy', 'made'], timeoutS });
  expect(await busy(3_600)).toMatchObject({
    sentAtS: [0, 60, 180],
    lines: ['busy 1. Trying again in 60 s.', 'busy 2. Trying again in 120 s.'],
  });
  expect(await busy(100)).toMatchObject({
    sentAtS: [0, 60],
    lines: ['busy 1. Trying again in 60 s.', 'busy 2. Trying again in 40 s.'],
  });
});

test('all that keeps it open whose a thing is, is told', async () => {
  const others = [
    ...[{ atS: 1 }, { atS: 2 }],
    ...[
      { atS: 3, doubt: 'their 3 is red' },
      { atS: 4, doubt: 'their 4 is old' },
    ],
  ];
  const messageWith = async (shown: Others) => (await play({ answers: ['lost'], others: shown })).result;
  expect(await messageWith(others)).toMatchObject({
    message:
      'It is not clear whether a thing was made: their 1 and their 2 are new, and only one can be ours; their 3 is red; their 4 is old.',
  });
  expect(await messageWith(others.slice(2))).toMatchObject({
    message: 'It is not clear whether a thing was made: their 3 is red; their 4 is old.',
  });
});
