import { once } from '../../lib/promises.ts';
import { generateVersion } from '../../roboflow/dataset/versions.ts';
import { concernsAllStarts } from '../../roboflow/http/failure.ts';
import type { InProject } from '../../roboflow/http/in-project.ts';
import type { PlannedTraining } from '../before/prepare-all.ts';
import type { SharedStarts } from './start.ts';
import { createStartQueue } from './start-queue.ts';

/** What the starts of `planned` have in common: turns, and one new version for all. */
export function sharedStarts(
  planned: readonly PlannedTraining[],
  timeoutAtMs: number,
  here: InProject,
): SharedStarts {
  const attached = planned.flatMap(({ next }) => (next.kind === 'attach' ? [next.followed.training] : []));
  const newVersion = once(async () => {
    const first = planned.find(({ next }) => next.kind === 'start')?.next;
    if (first?.kind !== 'start') throw new Error('a version was asked for, and nothing is to be started');
    const { wanted, versions } = first.plan;
    return generateVersion(wanted.version, versions, here, timeoutAtMs);
  });
  return { newVersion, turns: createStartQueue(attached, concernsAllStarts) };
}
