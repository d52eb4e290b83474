import { isDeepStrictEqual } from 'node:util';
import type { Model } from '../../gate/model.ts';

/** Whether both name one model: ids come with the workspace and without it (docs/internals/roboflow-api.md#dates-ids-and-model-types). */
export function isSameModel(one: string, other: string, workspace: string): boolean {
  return withoutWorkspace(one, workspace) === withoutWorkspace(other, workspace);
}

function withoutWorkspace(id: string, workspace: string): string {
  return id.startsWith(`${workspace}/`) ? id.slice(workspace.length + 1) : id;
}

/** `models`, each id once. If several of one id differ, it counts as not finished and without metrics: it is never judged. */
export function distinctModels(models: readonly Model[]): readonly Model[] {
  return [...Map.groupBy(models, ({ id }) => id).values()].flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    if (others.every((other) => isDeepStrictEqual(other, first))) return [first];
    const unreadable = [{ name: 'model', raw: `${others.length + 1} that differ` }];
    return [{ ...first, finished: false, metrics: new Map(), latencyMs: new Map(), unreadable }];
  });
}
