import type { Context } from '../../lib/context.ts';
import { once } from '../../lib/once.ts';
import { generateVersion } from '../../roboflow/dataset/versions.ts';
import type { ProjectRef } from '../../roboflow/endpoints/project.ts';
import type { Api } from '../../roboflow/http/api.ts';
import { concernsAllStarts } from '../../roboflow/http/failure.ts';
import type { SharedStarts } from '../start/start.ts';
import { createStartQueue } from '../start/start-queue.ts';
import type { PlannedTraining } from './prepare-several.ts';

/** What the starts of `planned` have in common: turns, and one new version for all. */
export function sharedStarts(
  planned: readonly PlannedTraining[],
  step: {
    readonly api: Api;
    readonly project: ProjectRef;
    readonly timeoutAtMs: number;
    readonly context: Context;
  },
): SharedStarts {
  const { api, project, timeoutAtMs, context } = step;
  const attached = planned.flatMap(({ next }) => (next.kind === 'attach' ? [next.followed.training] : []));
  const newVersion = once(async () => {
    const first = planned.find(({ next }) => next.kind === 'start')?.next;
    if (first?.kind !== 'start') throw new Error('a version was asked for, and nothing is to be started');
    const { wanted, versions } = first.plan;
    return generateVersion(wanted.version, versions, api, project, timeoutAtMs, context);
  });
  return { newVersion, turns: createStartQueue(attached, concernsAllStarts) };
}
