import { describe, expect, test } from 'vitest';
import { awaitResults, type ResultsReading } from '../../src/training/await-results.ts';
import { model } from '../build.ts';
import { VirtualClock } from '../flow/clock.ts';
import { KeptLog } from './fake-route.ts';

const results = { trainingId: 't1', models: [model()], recommended: new Map(), source: 'the models list' };
const complete: ResultsReading = { kind: 'complete', results };
const incomplete: ResultsReading = {
  kind: 'incomplete',
  results,
  reason: 'No metrics are reported yet',
  lacks: 'models',
};
const late: ResultsReading = { kind: 'not-yet', reason: 'Version 7 still shows older results' };
const unclear: ResultsReading = { kind: 'unclear', reason: 'They may be of another', hint: 'Look.' };

/** What comes of `first`, and then of `last` again and again. */
async function awaited(first: readonly ResultsReading[], last: ResultsReading) {
  const clock = new VirtualClock();
  const log = new KeptLog();
  const startMs = clock.now();
  let reads = 0;
  const read = async () => {
    reads += 1;
    return first[reads - 1] ?? last;
  };
  const context = { clock, log, signal: new AbortController().signal };
  const result = await awaitResults('t1', read, context).then(
    (value) => ({ value }),
    (thrown: unknown) => ({ thrown }),
  );
  return { result, reads, seconds: (clock.now() - startMs) / 1000, ...log };
}

function isTaken(expected: unknown): boolean {
  return typeof expected === 'object' && expected !== null && 'models' in expected;
}

describe('results', () => {
  const tooLate = expect.objectContaining({
    name: 'TrainGateError',
    message: 'The results of training t1 did not come within 3 min: Version 7 still shows older results.',
    hint: 'Roboflow may be late: re-run this job in some minutes.',
  });
  const message = 'They may be of another';
  const unknown = expect.objectContaining({ name: 'UnknownOwnerError', message, hint: 'Look.' });
  test.each<
    [name: string, first: readonly ResultsReading[], last: ResultsReading, expected: unknown, seconds: number]
  >([
    ['that are there are taken at once', [], complete, results, 0],
    ['that come late are waited for', [late, incomplete, late], complete, results, 30],
    ['that are all there in the last look are taken', Array(18).fill(late), complete, results, 180],
    [
      'that stay incomplete are judged after three minutes',
      [],
      incomplete,
      { ...results, source: 'the models list; no metrics are reported yet' },
      180,
    ],
    ['that stay another training’s are not judged', [incomplete], late, tooLate, 180],
    [
      'that stay another training’s are told with what to do',
      [],
      { ...late, hint: 'Set job-id.' },
      expect.objectContaining({ hint: 'Set job-id.' }),
      180,
    ],
    ['of which nobody will ever tell whose they are end it at once', [late], unclear, unknown, 10],
  ])('%s', async (_, first, last, expected, seconds) => {
    const outcome = await awaited(first, last);
    expect(outcome.result).toEqual(isTaken(expected) ? { value: expected } : { thrown: expected });
    expect(outcome.seconds).toBe(seconds);
  });

  test('are waited for with one line in the log', async () => {
    const waits = 'Version 7 still shows older results. Looking again for up to 3 min.';
    expect((await awaited([late, late, late], complete)).lines).toEqual([waits]);
    expect((await awaited([late], unclear)).lines).toEqual([waits]);
    for (const taken of [complete, unclear]) expect((await awaited([], taken)).lines).toEqual([]);
  });

  test('that stay incomplete are a warning', async () => {
    const { warnings } = await awaited([], incomplete);
    expect(warnings).toEqual(['No metrics are reported yet. What is there is judged.']);
    expect((await awaited([incomplete], complete)).warnings).toEqual([]);
  });

  test('are not waited for after an interruption', async () => {
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const read = async () => {
      controller.abort(reason);
      return late;
    };
    const context = { clock: new VirtualClock(), log: new KeptLog(), signal: controller.signal };
    await expect(awaitResults('t1', read, context)).rejects.toBe(reason);
  });
});
