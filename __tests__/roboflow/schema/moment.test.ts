import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { Moment } from '../../../src/roboflow/schema/shape.ts';

const may2nd = Date.UTC(2026, 4, 2, 8);
const years2015 = Date.UTC(2015, 0);
const years2100 = Date.UTC(2100, 0);

/** Epoch ms, or that nothing was told. */
function moment(written: unknown): number | 'not told' {
  const parsed = v.safeParse(Moment, written);
  return parsed.success ? parsed.output : 'not told';
}

describe('a date of Roboflow', () => {
  test.each<{ written: unknown; expected: number | 'not told' }>([
    // Epochs, as numbers and as texts.
    { written: 1_777_708_800, expected: may2nd },
    { written: 1_777_708_800.5, expected: may2nd + 500 },
    { written: 1_777_708_800_000, expected: may2nd },
    { written: '1777708800', expected: may2nd },
    { written: '1777708800.250', expected: may2nd + 250 },
    { written: ' 1777708800000 ', expected: may2nd },
    // ISO with a zone.
    { written: '2026-05-02T08:00:00Z', expected: may2nd },
    { written: '2026-05-02T08:00:00.125Z', expected: may2nd + 125 },
    { written: '2026-05-02T10:00:00+02:00', expected: may2nd },
    { written: '2026-05-02T03:00:00-0500', expected: may2nd },
    { written: '2026-05-02T08:00:00.125000+00:00', expected: may2nd + 125 },
    // ISO without one is in UTC, whatever the zone of the runner.
    { written: '2026-05-02T08:00:00', expected: may2nd },
    { written: '2026-05-02T08:00:00.125000', expected: may2nd + 125 },
    { written: '2026-05-02 08:00:00', expected: may2nd },
    { written: '2026-05-02', expected: Date.UTC(2026, 4, 2) },
    // What JavaScript and HTTP write.
    { written: 'Sat, 02 May 2026 08:00:00 GMT', expected: may2nd },
    { written: 'Sat May 02 2026 10:00:00 GMT+0200 (CEST)', expected: may2nd },
    // 2015 to 2100.
    { written: years2015, expected: years2015 },
    { written: years2015 / 1000, expected: years2015 },
    { written: '2015-01-01T00:00:00Z', expected: years2015 },
    { written: years2015 - 1, expected: 'not told' },
    { written: years2015 / 1000 - 1, expected: 'not told' },
    { written: '2014-12-31T23:59:59Z', expected: 'not told' },
    { written: years2100, expected: years2100 },
    { written: years2100 + 1, expected: 'not told' },
    { written: years2100 / 1000 + 1, expected: 'not told' },
    { written: '2100-01-01T00:00:01Z', expected: 'not told' },
    // Seconds and milliseconds of no year that can be meant, and other units.
    { written: 0, expected: 'not told' },
    { written: '0', expected: 'not told' },
    { written: -1_777_708_800, expected: 'not told' },
    { written: 1_777_708_800_000_000, expected: 'not told' },
    { written: '2026', expected: 'not told' },
    // No dates.
    { written: '', expected: 'not told' },
    { written: ' ', expected: 'not told' },
    { written: 'soon', expected: 'not told' },
    { written: '2026-13-45T08:00:00Z', expected: 'not told' },
    { written: Number.NaN, expected: 'not told' },
    { written: Number.POSITIVE_INFINITY, expected: 'not told' },
    { written: `2026-05-02T08:00:00Z${' '.repeat(3)}${'x'.repeat(80)}`, expected: 'not told' },
    { written: null, expected: 'not told' },
    { written: true, expected: 'not told' },
    { written: {}, expected: 'not told' },
    { written: [1_777_708_800], expected: 'not told' },
  ])('$written is $expected', ({ written, expected }) => {
    expect(moment(written)).toBe(expected);
  });
});
