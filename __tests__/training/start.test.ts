import { describe, expect, test } from 'vitest';
import type { Before } from '../../src/training/find-begun.ts';
import type { Reuse } from '../../src/training/reuse.ts';
import { startTraining } from '../../src/training/start.ts';
import type { Training, TrainingRequest } from '../../src/training/training.ts';
import { VirtualClock } from '../flow/clock.ts';
import { FakeRoute, KeptLog, request, training } from './fake-route.ts';

const minute = 60_000;
const event = Date.UTC(2027, 0, 4, 8);
const done = { phase: 'succeeded', status: 'finished' } as const;

/** What a start comes to where these trainings are known. */
async function startWith(
  known: readonly Training[],
  reuse: Reuse,
  rerunSinceMs?: number,
  more: Partial<{ replaced: ReadonlySet<string>; asked: Partial<TrainingRequest> }> = {},
) {
  const route = new FakeRoute();
  route.known = [...known];
  route.replaced = more.replaced ?? new Set();
  const log = new KeptLog();
  const saved: Before[] = [];
  const clock = new VirtualClock();
  const signal = new AbortController().signal;
  const onStarting = (before: Before) => saved.push(before);
  const { origin, training: taken } = await startTraining({ ...request, ...more.asked }, reuse, {
    route,
    rerunSinceMs,
    clock,
    log,
    signal,
    timeoutAtMs: clock.now() + 60 * minute,
    onStarting,
    onUnsent: () => saved.pop(),
  });
  return {
    origin,
    id: taken.id,
    creates: route.calls.filter((call) => call === 'create').length,
    saved,
    log,
    clock,
  };
}

describe('what is taken instead of starting', () => {
  const since = training({ ...done, id: 'since', createdAtMs: event + minute });
  const atTheEvent = training({ ...done, id: 'at-event', createdAtMs: event });
  const older = training({ ...done, id: 'older', createdAtMs: event - 1 });
  const running = training({ id: 'running', createdAtMs: event - 60 * minute });

  test.each<{
    name: string;
    known: readonly Training[];
    reuse?: Reuse;
    rerunSinceMs?: number;
    expected: string;
  }>([
    { name: 'nothing, where nothing is known', known: [], expected: 'new' },
    { name: 'one that runs', known: [running], expected: 'running' },
    {
      name: 'one whose status nobody knows, since it has not ended',
      known: [training({ id: 'odd', phase: 'unknown', status: 'paused' })],
      expected: 'odd',
    },
    {
      name: 'the newest of those that run',
      known: [running, training({ id: 'newer', createdAtMs: event })],
      expected: 'newer',
    },
    {
      name: 'no running one of another type',
      known: [training({ id: 'other', modelType: 'rfdetr-small' })],
      expected: 'new',
    },
    {
      name: 'no running one that is about to end',
      known: [training({ id: 'ending', phase: 'ending', status: 'cancelling' })],
      expected: 'new',
    },
    {
      name: 'no running one of an unknown version',
      known: [training({ id: 'other', version: undefined })],
      expected: 'new',
    },
    {
      name: 'no running one of an unknown type',
      known: [training({ id: 'other', modelType: undefined })],
      expected: 'new',
    },
    {
      name: 'no running one of another version',
      known: [training({ id: 'other', version: 6 })],
      expected: 'new',
    },
    { name: 'nothing that has ended, in a first attempt', known: [since, atTheEvent], expected: 'new' },
    {
      name: 'in a re-run, one that succeeded since the event',
      known: [since],
      rerunSinceMs: event,
      expected: 'since',
    },
    {
      name: 'in a re-run, one that began at the moment of the event',
      known: [atTheEvent],
      rerunSinceMs: event,
      expected: 'at-event',
    },
    { name: 'in a re-run, none from before the event', known: [older], rerunSinceMs: event, expected: 'new' },
    {
      name: 'in a re-run, the newest that succeeded since the event',
      known: [older, atTheEvent, since],
      rerunSinceMs: event,
      expected: 'since',
    },
    {
      name: 'in a re-run, one that runs before one that succeeded',
      known: [since, running],
      rerunSinceMs: event,
      expected: 'running',
    },
    {
      name: 'in a re-run, none of which nobody knows when it began',
      known: [training({ ...done, id: 'undated' })],
      rerunSinceMs: event,
      expected: 'new',
    },
    ...(['failed', 'cancelled', 'stopped'] as const).map((phase) => ({
      name: `in a re-run, none that ${phase === 'failed' ? 'failed' : `was ${phase}`}`,
      known: [training({ id: phase, phase, status: phase, createdAtMs: event + minute })],
      rerunSinceMs: event,
      expected: 'new',
    })),
    {
      name: 'in a re-run, none of another type',
      known: [training({ ...since, modelType: 'rfdetr-small' })],
      rerunSinceMs: event,
      expected: 'new',
    },
    {
      name: 'in a re-run, one of the same type in other letters',
      known: [training({ ...since, modelType: 'RFDETR_NANO' })],
      rerunSinceMs: event,
      expected: 'since',
    },
    {
      name: 'nothing with "reuse: none", in a re-run either',
      known: [since, running],
      reuse: 'none',
      rerunSinceMs: event,
      expected: 'new',
    },
    {
      name: 'with "reuse: finished" one that succeeded, however old',
      known: [older],
      reuse: 'finished',
      expected: 'older',
    },
    {
      name: 'with "reuse: finished" one of which nobody knows when it began',
      known: [training({ ...done, id: 'undated' })],
      reuse: 'finished',
      expected: 'undated',
    },
    {
      name: 'with "reuse: finished" none that failed',
      known: [training({ id: 'failed', phase: 'failed', status: 'failed' })],
      reuse: 'finished',
      expected: 'new',
    },
  ])('$name', async ({ known, reuse = 'running', rerunSinceMs, expected }) => {
    const result = await startWith(known, reuse, rerunSinceMs);
    expect(result).toMatchObject({
      id: expected,
      origin: expected === 'new' ? 'started' : 'attached',
      creates: expected === 'new' ? 1 : 0,
    });
    expect(result.saved).toHaveLength(expected === 'new' ? 1 : 0);
  });

  test('is told with its status, its progress and its age', async () => {
    const { log, clock } = await startWith([], 'running');
    expect(log.lines).toEqual([]);
    const known = training({ id: 't9', progress: 0.456, createdAtMs: clock.now() - 12 * minute });
    const attached = await startWith([known], 'running');
    expect(attached.log.lines).toEqual([
      'Attached to training t9 (running, 45 %, begun 12 min ago): nothing was started. With "reuse: none" a new one would be.',
    ]);
  });

  test('may differ in what its version and type do not tell, and that is said where it was asked for', async () => {
    const options: Partial<TrainingRequest>[] = [
      { epochs: 50 },
      { checkpoint: 'x' },
      { speed: 'accurate' },
      { recipe: {} },
    ];
    for (const asked of options) {
      const { log } = await startWith([running], 'running', undefined, { asked });
      expect(log.lines.at(-1)).toBe(
        'Whether it has the same epochs, checkpoint, speed and train-recipe cannot be told from its version and model type.',
      );
    }
  });

  test.each<{ reuse: Reuse; rerunSinceMs?: number }>([
    { reuse: 'finished' },
    { reuse: 'running', rerunSinceMs: event },
  ])('is none whose results another training has replaced: $reuse', async ({ reuse, rerunSinceMs }) => {
    const replaced = new Set(['since']);
    expect(await startWith([since], reuse, rerunSinceMs, { replaced })).toMatchObject({ id: 'new' });
    expect(await startWith([since, atTheEvent], reuse, rerunSinceMs, { replaced })).toMatchObject({
      id: 'at-event',
    });
  });

  test('is not what was there before, which the state keeps for the post step', async () => {
    const failed = training({ id: 'failed', phase: 'failed', status: 'failed' });
    const { saved, clock } = await startWith([failed], 'running');
    expect(saved).toEqual([{ ids: new Set(['failed']), atMs: clock.now() }]);
  });
});

describe('a start that is turned away without effect', () => {
  /** A route that turns starts away and lets others begin meanwhile, and what the state was told. */
  async function turnedAway(answers: readonly ('unsent' | 'unclear')[]) {
    const route = new FakeRoute();
    const saved: (readonly string[] | 'unsent')[] = [];
    const create = route.create.bind(route);
    let asks = 0;
    route.create = async (asked) => {
      const answer = answers[asks];
      asks += 1;
      if (answer === undefined) return create(asked);
      route.known.push(training({ id: `other-${asks}`, modelType: 'rfdetr-small' }));
      const error = new Error(`${answer} ${asks}`);
      return answer === 'unsent'
        ? { kind: 'unsent', error, pauseMs: () => minute }
        : { kind: 'unclear', error };
    };
    const clock = new VirtualClock();
    const { origin } = await startTraining(request, 'running', {
      route,
      rerunSinceMs: undefined,
      clock,
      log: new KeptLog(),
      signal: new AbortController().signal,
      timeoutAtMs: clock.now() + 60 * minute,
      onStarting: ({ ids }) => saved.push([...ids]),
      onUnsent: () => saved.push('unsent'),
    });
    return { origin, saved };
  }

  test('leaves nothing to clean up in the pause, and what began in it is not taken for ours', async () => {
    expect(await turnedAway(['unsent', 'unsent'])).toEqual({
      origin: 'started',
      saved: [[], 'unsent', ['other-1'], 'unsent', ['other-1', 'other-2']],
    });
  });

  test('after an unclear answer still has that one to clean up', async () => {
    expect(await turnedAway(['unclear', 'unsent'])).toEqual({ origin: 'started', saved: [[], [], []] });
  });
});
