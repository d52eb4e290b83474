import { describe, expect, test } from 'vitest';
import { findReusable, logAttached, type Reuse, soughtInstead } from '../../src/training/reuse.ts';
import type { Training, TrainingRequest } from '../../src/training/training.ts';
import { VirtualClock } from '../flow/clock.ts';
import { FakeRoute, KeptLog, request, training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;
const event = Date.UTC(2027, 0, 4, 8);
const done = { phase: 'succeeded', status: 'finished' } as const;

describe('what is attached to instead of starting', () => {
  const since = training({ ...done, id: 'since', createdAtMs: event + minute });
  const atTheEvent = training({ ...done, id: 'at-event', createdAtMs: event });
  const older = training({ ...done, id: 'older', createdAtMs: event - 10 * minute - 1 });
  const running = training({ id: 'running', createdAtMs: event - 60 * minute });
  const undated = training({ ...done, id: 'undated' });
  const skewed = training({ ...done, id: 'skewed', createdAtMs: event - 10 * minute });
  const small = training({ ...since, modelType: 'rfdetr-small' });
  const untyped = training({ ...since, modelType: undefined });
  const untold = training({ id: 'untold', version: undefined, modelType: undefined });
  const odd = (createdAtMs: number | undefined) =>
    training({ id: 'odd', phase: 'unknown', status: 'paused', createdAtMs });

  interface Asked {
    readonly reuse?: Exclude<Reuse, 'none'>;
    readonly modelType?: string;
    readonly rerunSinceMs?: number;
    /** What a look shows of the first. */
    readonly look?: Training;
  }
  type Row = [name: string, known: readonly Training[], expected: string | undefined, asked?: Asked];
  const rerun: Asked = { rerunSinceMs: event };
  const finished: Asked = { reuse: 'finished' };

  test.each<Row>([
    ['nothing if nothing is there', [], undefined],
    ['one that runs', [running], 'running'],
    ['one of no date whose status nobody knows', [odd(undefined)], 'odd'],
    ['one of an hour ago whose status nobody knows', [odd(event)], 'odd'],
    ['none of a day ago whose status nobody knows', [odd(event - 23 * hour)], undefined],
    ['none of two years ago whose status nobody knows', [odd(event - 730 * 24 * hour)], undefined],
    ['one that runs of which only a look tells version and type', [untold], 'running', { look: running }],
    ['the newest of those that run', [running, training({ id: 'newer', createdAtMs: event })], 'newer'],
    [
      'one that runs, of the same type in another spelling',
      [training({ id: 'spelt', modelType: 'RF-DETR Nano' })],
      'spelt',
    ],
    [
      'one that runs, of a size of the family that is asked for',
      [training({ id: 'sized', modelType: 'yolov11n' })],
      'sized',
      { modelType: 'yolov11' },
    ],
    [
      'a search that runs and is shown by the name of its children',
      [training({ id: 'search', modelType: 'rfdetr-nas-S' })],
      'search',
      { modelType: 'rfdetr-nas-parent' },
    ],
    ['no running one of another type', [training({ modelType: 'rfdetr-small' })], undefined],
    ['no running one that is about to end', [training({ phase: 'ending', status: 'cancelling' })], undefined],
    ['no running one of an unknown version', [training({ version: undefined })], undefined],
    ['no running one of an unknown type', [training({ modelType: undefined })], undefined],
    ['no running one of another version', [training({ version: 6 })], undefined],
    ['nothing that has ended, in a first attempt', [since, atTheEvent], undefined],
    ['in a re-run, one that succeeded since the event', [since], 'since', rerun],
    ['in a re-run, one that was started at the moment of the event', [atTheEvent], 'at-event', rerun],
    ["in a re-run, one from a little before the event by Roboflow's clock", [skewed], 'skewed', rerun],
    ['in a re-run, none from before the event', [older], undefined, rerun],
    ['in a re-run, one of which only a look tells the type', [untyped], 'since', { ...rerun, look: since }],
    ['in a re-run, none of which a look tells another type', [untyped], undefined, { ...rerun, look: small }],
    [
      'with "reuse: finished" one of which only a look tells the type',
      [untyped],
      'since',
      { ...finished, look: since },
    ],
    [
      'with "reuse: finished" one that has ended by the time of a look',
      [untold],
      'since',
      { ...finished, look: since },
    ],
    ['in a re-run, the newest that succeeded since the event', [older, atTheEvent, since], 'since', rerun],
    ['in a re-run, one that runs before one that succeeded', [since, running], 'running', rerun],
    ['in a re-run, none without a date', [undated], undefined, rerun],
    ...(['failed', 'cancelled', 'stopped'] as const).map(
      (phase): Row => [
        `in a re-run, none that ${phase === 'failed' ? 'failed' : `was ${phase}`}`,
        [training({ phase, status: phase, createdAtMs: event + minute })],
        undefined,
        rerun,
      ],
    ),
    [
      'in a re-run, none of another type',
      [training({ ...since, modelType: 'rfdetr-small' })],
      undefined,
      rerun,
    ],
    ['with "reuse: finished" one that succeeded, however old', [older], 'older', { reuse: 'finished' }],
    ['with "reuse: finished" one without a date', [undated], 'undated', { reuse: 'finished' }],
    [
      'with "reuse: finished" none that failed',
      [training({ phase: 'failed', status: 'failed' })],
      undefined,
      { reuse: 'finished' },
    ],
  ])('%s', async (_, known, expected, asked = {}) => {
    const { found, looked } = await search(known, asked);
    expect(found.training?.id).toBe(expected);
    const untold = known.filter((each) => (each.version && each.modelType) === undefined);
    expect(looked).toBe(untold.length);
  });

  test.each<[name: string, known: readonly Training[], doubtful: readonly string[]]>([
    ['one in flight of which nobody tells the type', [training({ id: 'a', modelType: undefined })], ['a']],
    ['one whose status nobody knows, of two days ago', [odd(event - 48 * hour)], ['odd']],
    ['none that has ended', [untyped], []],
    ['none that is about to end', [training({ phase: 'ending', modelType: undefined })], []],
    ['none of another type', [{ ...odd(event - 48 * hour), modelType: 'rfdetr-small' }], []],
    ['none if one certainly runs', [training({ id: 'a', modelType: undefined }), running], []],
  ])('what may be in flight and be it is told: %s', async (_, known, doubtful) => {
    expect((await search(known, {})).found.doubtful.map(({ id }) => id)).toEqual(doubtful);
  });

  test('one of any type is found where none is asked for', async () => {
    const sought = { version: 7, modelType: undefined, willDo: () => true };
    const find = (known: readonly Training[]) =>
      findReusable(known, sought, new FakeRoute(), { clock: new VirtualClock() });
    expect(await find([small])).toEqual({ training: small, seen: [small], doubtful: [] });
    expect(await find([{ ...odd(event - 48 * hour), modelType: 'yolov11n' }])).toMatchObject({
      training: undefined,
      doubtful: [{ id: 'odd' }],
    });
  });

  test.each([
    { name: 'newer', createdAtMs: event + 2 * minute, isReplaced: true },
    { name: 'older', createdAtMs: event, isReplaced: false },
  ])('another one, $name, replaces results that come by version', ({ createdAtMs, isReplaced }) => {
    const all = [since, training({ ...small, id: 'other', createdAtMs })];
    expect(soughtInstead(request, 'finished', undefined, { ownIds: true }).willDo(since, all)).toBe(true);
    expect(soughtInstead(request, 'finished', undefined, { ownIds: false }).willDo(since, all)).toBe(
      !isReplaced,
    );
  });

  test('nothing, if no look gets a good answer: it may be the one', async () => {
    const api = new FakeRoute();
    const outage = new Error('Roboflow answered 502');
    api.looks = new Map([['t1', outage]]);
    const sought = soughtInstead(request, 'running', undefined, { ownIds: true });
    const clock = new VirtualClock();
    const found = findReusable([training({ modelType: undefined })], sought, api, { clock });
    await expect(found).rejects.toBe(outage);
    expect(api.patientUntilMs).toEqual([clock.now() + 15 * minute]);
  });

  /** What is found among these, and how many were looked at. */
  async function search(known: readonly Training[], asked: Asked) {
    const { reuse = 'running', modelType = 'rfdetr-nano', rerunSinceMs, look } = asked;
    const api = new FakeRoute();
    api.known = [...known];
    const [first] = known;
    if (look !== undefined && first !== undefined) api.looks = new Map([[first.id, look]]);
    const sought = soughtInstead({ ...request, modelType }, reuse, rerunSinceMs, { ownIds: true });
    const found = await findReusable(known, sought, api, { clock: new VirtualClock() });
    return { found, looked: api.calls.filter((call) => call.startsWith('look')).length };
  }
});

describe('the log of an attached training', () => {
  /** The lines about `attached`, if these options are asked for. */
  function linesOf(attached: Training, options: Partial<TrainingRequest> = {}): readonly string[] {
    const log = new KeptLog();
    const { signal } = new AbortController();
    logAttached(attached, { ...request, ...options }, { clock: new VirtualClock(), log, signal });
    return log.lines;
  }

  test('has its status, its progress and its age', () => {
    const startedAtMs = new VirtualClock().now() - 12 * minute;
    expect(linesOf(training({ id: 't9', progress: 0.456, createdAtMs: startedAtMs }))).toEqual([
      'Attached to training t9 (running, 45 %, started 12 min ago): nothing was started. With "reuse: none" a new one would be.',
    ]);
  });

  test('leaves out what Roboflow does not say', () => {
    expect(linesOf(training({ id: 't9' }))).toEqual([
      'Attached to training t9 (running): nothing was started. With "reuse: none" a new one would be.',
    ]);
  });

  test.each<Partial<TrainingRequest>>([
    { epochs: 50 },
    { checkpoint: 'x' },
    { speed: 'accurate' },
    { recipe: {} },
  ])('says that it may have other options than %o', (options) => {
    expect(linesOf(training(), options).at(-1)).toBe(
      'Its version and model type do not tell whether it has the same epochs, checkpoint, speed and train-recipe.',
    );
  });
});
