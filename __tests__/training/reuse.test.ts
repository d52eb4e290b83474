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

  interface Asked {
    readonly reuse?: Reuse;
    readonly modelType?: string;
    readonly rerunSinceMs?: number;
  }
  type Row = [name: string, known: readonly Training[], expected: string | undefined, asked?: Asked];
  const rerun: Asked = { rerunSinceMs: event };

  test.each<Row>([
    ['nothing if nothing is there', [], undefined],
    ['one that runs', [running], 'running'],
    [
      'one whose status nobody knows, since it has not ended',
      [training({ id: 'odd', phase: 'unknown', status: 'paused' })],
      'odd',
    ],
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
    ['in a re-run, none from before the event', [older], undefined, rerun],
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
    [
      'nothing with "reuse: none", in a re-run either',
      [since, running],
      undefined,
      { reuse: 'none', rerunSinceMs: event },
    ],
    ['with "reuse: finished" one that succeeded, however old', [older], 'older', { reuse: 'finished' }],
    ['with "reuse: finished" one without a date', [undated], 'undated', { reuse: 'finished' }],
    [
      'with "reuse: finished" none that failed',
      [training({ phase: 'failed', status: 'failed' })],
      undefined,
      { reuse: 'finished' },
    ],
  ])('%s', (_, known, expected, { reuse = 'running', modelType = 'rfdetr-nano', rerunSinceMs } = {}) => {
    const wanted = { ...request, modelType };
    expect(reusable(known, wanted, reuse, rerunSinceMs, 'training')?.id).toBe(expected);
  });
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
