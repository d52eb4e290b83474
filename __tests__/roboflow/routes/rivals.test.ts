import { describe, expect, test } from 'vitest';
import { rivalsOf } from '../../../src/roboflow/routes/rivals.ts';
import type { Training } from '../../../src/training/training.ts';
import { training } from '../../training/fake-route.ts';

const hour = 3_600_000;
const begunAtMs = Date.UTC(2027, 0, 4, 8);
const run = training({ id: 'run', phase: 'succeeded', createdAtMs: begunAtMs });
const inFlight = { phase: 'active', status: 'training' } as const;
const over = { phase: 'succeeded', status: 'complete' } as const;

function other(changes: Partial<Training> = {}): Training {
  return training({ id: 'other', createdAtMs: begunAtMs - 3 * hour, ...over, ...changes });
}

describe('another training on the version', () => {
  test.each<{ name: string; now: Training; readings: readonly (readonly Training[])[]; rival: boolean }>([
    { name: 'that began earlier, and nobody looked', now: other(), readings: [], rival: false },
    { name: 'that was over before', now: other(), readings: [[other()]], rival: false },
    { name: 'that was in flight before', now: other(), readings: [[other(inFlight)]], rival: true },
    {
      name: 'that was in flight before, and over while ours was not',
      now: other(),
      readings: [[other(inFlight)], [other(), { ...run, ...inFlight }]],
      rival: false,
    },
    { name: 'that no list showed before', now: other(), readings: [[]], rival: true },
    { name: 'that began later', now: other({ createdAtMs: begunAtMs + 1 }), readings: [], rival: true },
    {
      name: 'of which nobody knows when it began',
      now: other({ createdAtMs: undefined }),
      readings: [],
      rival: true,
    },
    {
      name: 'of which nobody knows when it began, but that was over before',
      now: other({ createdAtMs: undefined }),
      readings: [[other({ createdAtMs: undefined })]],
      rival: false,
    },
    { name: 'that is in flight', now: other(inFlight), readings: [], rival: true },
    {
      name: 'that failed',
      now: other({ phase: 'failed', status: 'failed' }),
      readings: [[other(inFlight)]],
      rival: false,
    },
    { name: 'that is on another version', now: other({ version: 6 }), readings: [[]], rival: false },
    {
      name: 'that has had an unknown status since before',
      now: other({ phase: 'unknown', status: 'expired' }),
      readings: [[other({ phase: 'unknown', status: 'expired' })]],
      rival: false,
    },
    {
      name: 'whose unknown status has changed',
      now: other({ phase: 'unknown', status: 'mending' }),
      readings: [[other({ phase: 'unknown', status: 'tuning' })]],
      rival: true,
    },
  ])('$name is a rival: $rival', ({ now, readings, rival }) => {
    expect(rivalsOf(run, [run, now], readings)).toEqual(rival ? [now] : []);
  });
});
