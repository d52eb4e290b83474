import { describe, expect, test } from 'vitest';
import { logAttached, type Reuse, reusable } from '../../src/training/reuse.ts';
import type { Training, TrainingRequest } from '../../src/training/training.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog, request, training } from './fake-route.ts';

const minute = 60_000;
const event = Date.UTC(2027, 0, 4, 8);
const done = { phase: 'succeeded', status: 'finished' } as const;

describe('what is attached to instead of starting', () => {
  const since = training({ ...done, id: 'since', createdAtMs: event + minute });
  const atTheEvent = training({ ...done, id: 'at-event', createdAtMs: event });
  const older = training({ ...done, id: 'older', createdAtMs: event - 1 });
  const running = training({ id: 'running', createdAtMs: event - 60 * minute });
  const undated = training({ ...done, id: 'undated' });

  test.each<{
    name: string;
    known: readonly Training[];
    reuse?: Reuse;
    rerunSinceMs?: number;
    modelType?: string;
    resultsComeBy?: 'training' | 'version';
    expected: string | undefined;
  }>([
    { name: 'nothing if nothing is there', known: [], expected: undefined },
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
      name: 'one that runs, of the same type in another spelling',
      known: [training({ id: 'spelt', modelType: 'RF-DETR Nano' })],
      expected: 'spelt',
    },
    {
      name: 'one that runs, of a size of the family that is asked for',
      known: [training({ id: 'sized', modelType: 'yolov11n' })],
      modelType: 'yolov11',
      expected: 'sized',
    },
    {
      name: 'a search that runs and is shown by the name of its children',
      known: [training({ id: 'search', modelType: 'rfdetr-nas-S' })],
      modelType: 'rfdetr-nas-parent',
      expected: 'search',
    },
    {
      name: 'no running one of another type',
      known: [training({ modelType: 'rfdetr-small' })],
      expected: undefined,
    },
    {
      name: 'no running one that is about to end',
      known: [training({ phase: 'ending', status: 'cancelling' })],
      expected: undefined,
    },
    {
      name: 'no running one of an unknown version',
      known: [training({ version: undefined })],
      expected: undefined,
    },
    {
      name: 'no running one of an unknown type',
      known: [training({ modelType: undefined })],
      expected: undefined,
    },
    { name: 'no running one of another version', known: [training({ version: 6 })], expected: undefined },
    { name: 'nothing that has ended, in a first attempt', known: [since, atTheEvent], expected: undefined },
    {
      name: 'in a re-run, one that succeeded since the event',
      known: [since],
      rerunSinceMs: event,
      expected: 'since',
    },
    {
      name: 'in a re-run, one that was started at the moment of the event',
      known: [atTheEvent],
      rerunSinceMs: event,
      expected: 'at-event',
    },
    {
      name: 'in a re-run, none from before the event',
      known: [older],
      rerunSinceMs: event,
      expected: undefined,
    },
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
    { name: 'in a re-run, none without a date', known: [undated], rerunSinceMs: event, expected: undefined },
    ...(['failed', 'cancelled', 'stopped'] as const).map((phase) => ({
      name: `in a re-run, none that ${phase === 'failed' ? 'failed' : `was ${phase}`}`,
      known: [training({ phase, status: phase, createdAtMs: event + minute })],
      rerunSinceMs: event,
      expected: undefined,
    })),
    {
      name: 'in a re-run, none of another type',
      known: [training({ ...since, modelType: 'rfdetr-small' })],
      rerunSinceMs: event,
      expected: undefined,
    },
    {
      name: 'nothing with "reuse: none", in a re-run either',
      known: [since, running],
      reuse: 'none',
      rerunSinceMs: event,
      expected: undefined,
    },
    {
      name: 'with "reuse: finished" one that succeeded, however old',
      known: [older],
      reuse: 'finished',
      expected: 'older',
    },
    {
      name: 'with "reuse: finished" one without a date',
      known: [undated],
      reuse: 'finished',
      expected: 'undated',
    },
    {
      name: 'with "reuse: finished" none that failed',
      known: [training({ phase: 'failed', status: 'failed' })],
      reuse: 'finished',
      expected: undefined,
    },
  ])(
    '$name',
    ({ known, expected, reuse = 'running', modelType = 'rfdetr-nano', rerunSinceMs, resultsComeBy }) => {
      const wanted = { ...request, modelType };
      expect(reusable(known, wanted, reuse, rerunSinceMs, resultsComeBy ?? 'training')?.id).toBe(expected);
    },
  );
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
