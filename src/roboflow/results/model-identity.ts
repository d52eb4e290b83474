import type { Model } from '../../gate/model.ts';

/**
 * Whether both name one model of `workspace`: ids come with the workspace in front and without it
 * (docs/roboflow-api.md#dates-ids-and-model-types).
 */
export function isSameModel(one: string, other: string, workspace: string): boolean {
  return withoutWorkspace(one, workspace) === withoutWorkspace(other, workspace);
}

function withoutWorkspace(id: string, workspace: string): string {
  return id.startsWith(`${workspace}/`) ? id.slice(workspace.length + 1) : id;
}

/**
 * `models`, each id once. If several of one id differ, nothing tells which is right: such a model counts as not
 * finished and without metrics, so that it is never judged.
 */
export function distinctModels(models: readonly Model[]): readonly Model[] {
  const byId = Map.groupBy(models, ({ id }) => id);
  return [...byId.values()].flatMap((same) => {
    const [first] = same;
    if (first === undefined) return [];
    return same.every((other) => contentOf(other) === contentOf(first))
      ? [first]
      : [contradictory(first, same.length)];
  });
}

function contradictory(model: Model, count: number): Model {
  return {
    ...model,
    finished: false,
    metrics: new Map(),
    latencyMs: new Map(),
    unreadable: [{ name: 'model', raw: `${count} that differ` }],
  };
}

/** Everything that `model` says, in an order of its own. */
function contentOf({ type, family, finished, metrics, latencyMs, unreadable }: Model): string {
  const values = [...metrics, ...latencyMs].map(([name, value]) => `${name} ${value}`).sort();
  return JSON.stringify([type, family, finished, values, unreadable]);
}
