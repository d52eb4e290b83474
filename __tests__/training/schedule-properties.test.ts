import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPace, nextLookMs, paceAfter } from '../../src/training/schedule.ts';
import type { Phase } from '../../src/training/training.ts';
import { paceOf, steady } from './pace-of.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const phase = fc.constantFrom<Phase>('waiting', 'active', 'ending', 'unknown');

test('pauses for 5 s to 175 s, and for a minute at most while no progress is told', () => {
  const look = fc.record({ phase, progress: fc.option(share, { nil: undefined }), random: share });
  fc.assert(
    fc.property(fc.array(look, { maxLength: 100 }), fc.boolean(), (looks, tellsProgress) => {
      let nowMs = 0;
      let pace = firstPace({ phase: 'waiting', progress: undefined }, nowMs);
      const pauses: number[] = [];
      for (const { random, phase, progress } of looks) {
        const pauseMs = nextLookMs(pace, nowMs, random);
        pauses.push(pauseMs);
        nowMs += pauseMs;
        pace = paceAfter(pace, { phase, progress: tellsProgress ? progress : undefined }, nowMs);
      }
      expect(Math.min(5 * second, ...pauses)).toBe(5 * second);
      expect(Math.max(0, ...pauses)).toBeLessThanOrEqual(tellsProgress ? 175 * second : minute);
    }),
  );
});

test('makes at most 180 looks at 6 hours of work, whatever the progress', () => {
  fc.assert(
    fc.property(fc.array(share, { minLength: 1, maxLength: 200 }), share, (progress, random) => {
      let pace = firstPace({ phase: 'active', progress: 0 }, 0);
      let looks = 0;
      for (let nowMs = 0; nowMs < 6 * hour; looks += 1) {
        nowMs += nextLookMs(pace, nowMs, random);
        pace = paceAfter(pace, { phase: 'active', progress: progress[looks % progress.length] }, nowMs);
      }
      expect(looks).toBeLessThanOrEqual(180);
    }),
  );
});

test('pauses no less as time passes in the queue or without progress', () => {
  const time = fc.double({ min: 0, max: 48 * hour, noNaN: true });
  fc.assert(
    fc.property(time, time, share, phase, (one, other, random, phase) => {
      const pace = paceOf([[0, phase]]);
      const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
      expect(nextLookMs(pace, sooner, random)).toBeLessThanOrEqual(nextLookMs(pace, later, random));
    }),
  );
});

test('pauses no longer as steady progress nears its end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 7, max: 48 }), share, (minutes, random) => {
      // Before 6 min it is the time worked that sets the pause.
      const pauses = Array.from({ length: minutes - 6 }, (_, index) =>
        nextLookMs(paceOf(steady(index + 6, 1 / minutes)), (index + 6) * minute, random),
      );
      for (const [index, pauseMs] of pauses.slice(1).entries())
        expect(pauseMs).toBeLessThanOrEqual((pauses[index] ?? 0) + 1e-6);
    }),
  );
});

test('pauses no longer by chance, and by a twentieth less at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), share, (minutes, random) => {
      const pace = paceOf(steady(minutes, 0.02));
      const usualMs = nextLookMs(pace, minutes * minute, 0);
      const pauseMs = nextLookMs(pace, minutes * minute, random);
      expect(pauseMs).toBeLessThanOrEqual(usualMs);
      expect(pauseMs).toBeGreaterThanOrEqual(usualMs * 0.95 - 1e-6);
    }),
  );
});
