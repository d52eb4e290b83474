import { describe, expect, test } from 'vitest';
import type { EvaluationLack } from '../../src/gate/split-figures.ts';
import { type EvaluationReading, patientWait } from '../../src/training/await-evaluation.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';

type Reading = EvaluationReading<undefined>;

const none: Reading = { kind: 'none' };
const running: Reading = { kind: 'running' };
const failed: Reading = { kind: 'failed' };
const unread: Reading = { kind: 'unread', obstacle: 'not-allowed', error: new Error('no scope') };
const done: Extract<Reading, { kind: 'done' }> = { kind: 'done', figures: [], found: undefined, lacking: [] };

/** One that is done but for a figure. */
function without(why: EvaluationLack, isNeeded: boolean): Reading {
  return { ...done, lacking: [{ metric: 'recall', split: 'valid', by: 'class', isNeeded, why }] };
}

const late = without({ kind: 'running' }, true);

describe('an evaluation that a rule needs', () => {
  type Row = [name: string, expected: Reading, seconds: number, first: readonly Reading[], timeoutS?: number];
  test.each<Row>([
    ['is taken at once if it is done', done, 0, []],
    ['is not waited for if it failed', failed, 0, []],
    ['is not waited for if it may not be read', unread, 0, []],
    ['is not waited for if only what no rule needs is late', without({ kind: 'running' }, false), 0, []],
    ['is not waited for if what a rule needs will never be there', without({ kind: 'none' }, true), 0, []],
    ['gets five minutes to appear', none, 300, []],
    ['that appears and runs is waited for', done, 60, [none, none, running]],
    ['that lacks what a rule needs is waited for', done, 20, [late]],
    ['that appears and fails ends it', failed, 40, [none, running]],
    ['that may not be read any more ends it', unread, 20, [none]],
    ['gets thirty minutes to finish', running, 1_800, []],
    ['gets thirty minutes to finish from when it appeared', running, 1_840, [none, none]],
    ['is waited for five minutes past the timeout at most', running, 360, [], 60],
    ['that does not appear is not waited for past that', none, 240, [], -60],
  ])('%s', async (_, expected, seconds, first, timeoutS = 100_000) => {
    const [clock, log] = [new VirtualClock(), new KeptLog()];
    const startMs = clock.now();
    let reads = 0;
    const read = async () => {
      reads += 1;
      return first[reads - 1] ?? expected;
    };
    const context = { clock, log, signal: new AbortController().signal };
    expect(await patientWait(startMs + timeoutS * 1_000, context).over('acme/m', read)).toBe(expected);
    expect((clock.now() - startMs) / 1_000).toBe(seconds);
    expect(log.lines).toEqual(
      seconds === 0
        ? []
        : [
            "Rules need Roboflow's evaluation of acme/m. Waiting for up to 5 min until it begins and 30 min until it is done.",
          ],
    );
  });
});
