import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { readEvaluations } from '../../../src/roboflow/schema/evaluation-body.ts';
import { readJob } from '../../../src/roboflow/schema/job-body.ts';
import { readModelRows } from '../../../src/roboflow/schema/results-body.ts';
import { lenient, Moment } from '../../../src/roboflow/schema/shape.ts';
import { readTraining } from '../../../src/roboflow/schema/training-body.ts';
import { readVersion } from '../../../src/roboflow/schema/version-body.ts';

describe('a date in an answer', () => {
  test.each<{ date: unknown; expected: string | undefined }>([
    { date: '2026-05-02T08:00:00.000Z', expected: '2026-05-02T08:00:00.000Z' },
    { date: '2026-05-02T08:00:00', expected: '2026-05-02T08:00:00.000Z' },
    { date: '2026-05-02 08:00:00.123456', expected: '2026-05-02T08:00:00.123Z' },
    { date: '2026-05-02T08:00', expected: '2026-05-02T08:00:00.000Z' },
    { date: '2026-05-02', expected: '2026-05-02T00:00:00.000Z' },
    { date: '2026-05-02T08:00:00+02:00', expected: '2026-05-02T06:00:00.000Z' },
    { date: '2026-05-02T08:00:00-0530', expected: '2026-05-02T13:30:00.000Z' },
    { date: '2026-05-02 08:00:00 UTC', expected: '2026-05-02T08:00:00.000Z' },
    { date: 'Sat, 02 May 2026 08:00:00 GMT', expected: '2026-05-02T08:00:00.000Z' },
    { date: 'Sat, 02 May 2026 08:00:00', expected: '2026-05-02T08:00:00.000Z' },
    { date: 'May 2, 2026', expected: '2026-05-02T00:00:00.000Z' },
    { date: 1_777_708_800, expected: '2026-05-02T08:00:00.000Z' },
    { date: 1_777_708_800_000, expected: '2026-05-02T08:00:00.000Z' },
    { date: '1777708800', expected: '2026-05-02T08:00:00.000Z' },
    { date: 1_777_708_800.5, expected: '2026-05-02T08:00:00.500Z' },
    { date: '1777708800000', expected: '2026-05-02T08:00:00.000Z' },
    { date: ' 2026-05-02T08:00:00Z ', expected: '2026-05-02T08:00:00.000Z' },
    // The first and the last that count.
    { date: '2015-01-01T00:00:00Z', expected: '2015-01-01T00:00:00.000Z' },
    { date: '2014-12-31T23:59:59Z', expected: undefined },
    { date: 1_420_070_400, expected: '2015-01-01T00:00:00.000Z' },
    { date: 1_420_070_399, expected: undefined },
    { date: 1_420_070_399_999, expected: undefined },
    { date: '2100-01-01T00:00:00Z', expected: '2100-01-01T00:00:00.000Z' },
    { date: '2100-01-01T00:00:01Z', expected: undefined },
    { date: 4_102_444_800, expected: '2100-01-01T00:00:00.000Z' },
    { date: 4_102_444_801, expected: undefined },
    { date: 4_102_444_800_001, expected: undefined },
    // Microseconds.
    { date: 1_777_708_800_000_000, expected: undefined },
    { date: 0, expected: undefined },
    { date: '0', expected: undefined },
    { date: -5, expected: undefined },
    { date: 7, expected: undefined },
    { date: '7', expected: undefined },
    { date: 9e15, expected: undefined },
    { date: '0001-01-01T00:00:00Z', expected: undefined },
    { date: 'yesterday', expected: undefined },
    { date: '', expected: undefined },
    { date: true, expected: undefined },
    { date: null, expected: undefined },
    { date: { _seconds: 1_777_708_800 }, expected: undefined },
    { date: Number.NaN, expected: undefined },
    { date: undefined, expected: undefined },
  ])('$date is $expected, whatever the time zone of the runner', ({ date, expected }) => {
    const zone = process.env.TZ;
    try {
      for (const TZ of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
        process.env.TZ = TZ;
        const atMs = v.parse(lenient(Moment), date);
        expect(atMs === undefined ? undefined : new Date(atMs).toISOString()).toBe(expected);
      }
    } finally {
      if (zone === undefined) delete process.env.TZ;
      else process.env.TZ = zone;
    }
  });
});

describe('every date that is read', () => {
  const READERS: Readonly<Record<string, (date: unknown) => number | undefined>> = {
    'the createdAt of a job': (createdAt) =>
      readJob({ id: 'job_1', status: 'queued', version: 7, createdAt }).createdAtMs,
    'the start of a training': (start) => readTraining({ trainingId: 't1', start }, 7).createdAtMs,
    'the created of a row of the models list': (created) =>
      readModelRows([{ url: 'acme/m', created }])[0]?.createdAtMs,
    'the start of the model of a version': (start) =>
      readVersion({ version: { id: 7, model: { id: 'hats/7', start } } }).model?.trainedAtMs,
    'the created_at of a job': (created_at) =>
      readJob({ id: 'job_1', status: 'queued', version: 7, created_at }).createdAtMs,
    'the createdAt of a training': (createdAt) =>
      readTraining({ trainingId: 't1', createdAt }, 7).createdAtMs,
    'the started_at of a training': (started_at) =>
      readTraining({ trainingId: 't1', started_at }, 7).createdAtMs,
    'the createdAt of a row of the models list': (createdAt) =>
      readModelRows([{ url: 'acme/m', createdAt }])[0]?.createdAtMs,
    'the created of an evaluation': (created) =>
      readEvaluations({ evals: [{ evalId: 'e1', status: 'done', created }] })[0]?.createdAtMs,
    'the ended_at of the model of a version': (ended_at) =>
      readVersion({ version: { id: 7, model: { id: 'hats/7', ended_at } } }).model?.trainedAtMs,
    'the end of the model of a version': (end) =>
      readVersion({ version: { id: 7, model: { id: 'hats/7', end } } }).model?.trainedAtMs,
  };

  test.each(Object.entries(READERS))('may come in any of these forms: %s', (_, read) => {
    for (const date of [1_777_708_800, 1_777_708_800_000, '1777708800', '2026-05-02T08:00:00'])
      expect(read(date)).toBe(1_777_708_800_000);
    for (const date of [0, 'never', 1_777_708_800_000_000, null]) expect(read(date)).toBeUndefined();
  });

  test('that of the start counts more than that of the row, if it can be read', () => {
    const row = { trainingId: 't1', createdAt: '2026-05-01', startedAt: '2026-05-02T08:00:00' };
    expect(readTraining(row, 7).createdAtMs).toBe(1_777_708_800_000);
    expect(readTraining({ ...row, startedAt: 'soon' }, 7).createdAtMs).toBe(Date.UTC(2026, 4, 1));
    expect(readTraining({ ...row, start: null, startedAt: 0 }, 7).createdAtMs).toBe(Date.UTC(2026, 4, 1));
  });
});
