import type { Phase } from '../../training/training.ts';

/** Every status word that a source names, by what it means (docs/roboflow-api.md#status-words). */
const WORDS: readonly (readonly [Phase, ...string[]])[] = [
  ['waiting', 'created', 'pending', 'queued', 'starting'],
  ['active', 'training', 'running', 'mining', 'in-progress'],
  ['ending', 'stopping', 'cancelling', 'canceling'],
  ['succeeded', 'complete', 'completed', 'finished', 'done', 'succeeded', 'success'],
  ['stopped', 'stopped', 'stopped-early', 'early-stopped'],
  ['failed', 'failed', 'failure', 'error', 'errored'],
  ['cancelled', 'cancelled', 'canceled', 'aborted'],
];

const PHASES: ReadonlyMap<string, Phase> = new Map(
  WORDS.flatMap(([phase, ...words]) => words.map((word) => [word, phase] as const)),
);

/** What the API's `status` word means; case, blanks and `_` for `-` do not matter. */
export function phaseOf(status: string): Phase {
  return PHASES.get(status.trim().toLowerCase().replace(/[\s_]/g, '-')) ?? 'unknown';
}
