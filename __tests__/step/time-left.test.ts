import { describe, expect, test } from 'vitest';
import { isWorthALine, type OpenTraining, timeLeftOfAll } from '../../src/step/several/time-left.ts';

const queued: OpenTraining = { kind: 'queued' };

/** One that this step started so long ago. */
function running(ranMs: number, leftMs?: number): OpenTraining {
  return { kind: 'running', makesRoom: true, ranMs, leftMs };
}

/** One that was there before the step. */
function attached(leftMs?: number): OpenTraining {
  return { kind: 'running', makesRoom: false, ranMs: undefined, leftMs };
}

describe('the time left of all trainings', () => {
  test.each<{ name: string; open: OpenTraining[]; most: number; took: number[]; left: number | undefined }>([
    { name: 'is none if all have ended', open: [], most: 4, took: [60], left: 0 },
    {
      name: 'is the longest of those that run',
      open: [running(20, 40), running(10, 70), attached(5)],
      most: 4,
      took: [],
      left: 70,
    },
    {
      name: 'is as long as an attached one takes',
      open: [running(20, 40), attached(90)],
      most: 4,
      took: [],
      left: 90,
    },
    {
      name: 'is not known while nothing is known of one',
      open: [running(20, 40), attached()],
      most: 4,
      took: [],
      left: undefined,
    },
    {
      name: 'is not known by anything if nothing has ended or tells progress',
      open: [running(20), running(20)],
      most: 4,
      took: [],
      left: undefined,
    },
    {
      name: 'is what others took, on the average, for one without progress',
      open: [running(20), running(30)],
      most: 4,
      took: [50, 70],
      left: 40,
    },
    {
      name: 'is what others will have taken, for one without progress',
      open: [running(20), running(30, 30)],
      most: 4,
      took: [],
      left: 40,
    },
    {
      name: 'is not known for one without progress that has run longer than others took',
      open: [running(60)],
      most: 4,
      took: [50],
      left: undefined,
    },
    {
      name: 'goes by progress where it is told, however long others took',
      open: [running(100, 30)],
      most: 4,
      took: [50],
      left: 30,
    },
    {
      name: 'has the queue behind the first that makes room',
      open: [running(20, 40), running(10, 50), queued],
      most: 2,
      took: [60],
      left: 100,
    },
    {
      name: 'has one after the other where only one runs at a time',
      open: [running(20, 40), queued, queued],
      most: 1,
      took: [],
      left: 160,
    },
    {
      name: 'has no queue behind one that was there before, which leaves room',
      open: [attached(90), queued, queued, queued],
      most: 2,
      took: [60],
      left: 120,
    },
    {
      name: 'is not known if nothing tells how long one of the queue takes',
      open: [attached(90), queued],
      most: 2,
      took: [],
      left: undefined,
    },
    {
      name: 'has the results of one to come at once, and the next begin then',
      open: [running(60, 0), queued],
      most: 1,
      took: [],
      left: 60,
    },
  ])('$name', ({ open, most, took, left }) => {
    expect(timeLeftOfAll(open, most, took)).toBe(left);
  });
});

describe('a line between the ends of trainings', () => {
  const minute = 60_000;
  test.each<{ left: number; told: number | undefined; isWorth: boolean }>([
    { left: 60, told: undefined, isWorth: true },
    { left: 31, told: 60, isWorth: false },
    { left: 30, told: 60, isWorth: true },
    { left: 119, told: 60, isWorth: false },
    { left: 120, told: 60, isWorth: true },
    { left: 4, told: 60, isWorth: false },
    { left: 4, told: undefined, isWorth: false },
  ])('is worth it with $left min after $told: $isWorth', ({ left, told, isWorth }) => {
    expect(isWorthALine(left * minute, told && told * minute)).toBe(isWorth);
  });
});
