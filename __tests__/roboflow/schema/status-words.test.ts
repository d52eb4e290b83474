import { expect, test } from 'vitest';
import { phaseOf } from '../../../src/roboflow/schema/training-body.ts';
import { hasEnded, type Phase } from '../../../src/training/training.ts';

test.each<{ phase: Phase; words: readonly string[] }>([
  { phase: 'waiting', words: ['created', 'pending', 'queued', 'starting'] },
  { phase: 'active', words: ['training', 'running', 'mining', 'in_progress'] },
  { phase: 'ending', words: ['stopping', 'cancelling', 'canceling'] },
  { phase: 'succeeded', words: ['complete', 'completed', 'finished', 'done', 'succeeded', 'success'] },
  { phase: 'stopped', words: ['stopped', 'stopped_early', 'early_stopped'] },
  { phase: 'failed', words: ['failed', 'failure', 'error', 'errored'] },
  { phase: 'cancelled', words: ['cancelled', 'canceled', 'aborted'] },
])('$words mean $phase, in any case, with blanks around, and with - for _', ({ phase, words }) => {
  const spellings = words.flatMap((word) => [
    word,
    word.toUpperCase(),
    ` ${word}\n`,
    word.replaceAll('_', '-'),
    word.replaceAll('_', ' '),
  ]);
  expect(spellings.map((word) => [word, phaseOf(word)])).toEqual(spellings.map((word) => [word, phase]));
});

test.each([
  ...['', ' ', 'deploying', 'finishing', 'not finished', 'unfinished', 'fail', 'finished!', '200', 'null'],
  ...['__proto__', 'constructor'],
])('%j is no known word, so it is not taken for an end', (word) => {
  expect(phaseOf(word)).toBe('unknown');
  expect(hasEnded(phaseOf(word))).toBe(false);
});
