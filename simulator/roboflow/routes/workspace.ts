import { type Answer, ok } from '../answer.ts';
import { versionEntry, versionView } from '../views/version.ts';
import { isGenerated } from '../world/versions.ts';
import type { World } from '../world/world.ts';
import { type Call, listed, requireProject, requireVersion, requireWorkspace } from './call.ts';

/** `GET /` and `POST /`: which workspace does the key belong to? (docs/internals/roboflow-api.md#authentication) */
export function getRoot(call: Call): Answer {
  return ok({
    welcome: 'This is a simulator of the Roboflow API.',
    instructions: 'Nothing is trained here, and nothing is paid.',
    docs: 'https://docs.roboflow.com',
    workspace: call.world.scenario.workspace,
  });
}

/** `GET /:w` with its projects. */
export function getWorkspace(call: Call): Answer {
  requireWorkspace(call);
  return ok({ workspace: { ...workspaceView(call.world), projects: [projectView(call.world)] } });
}

/** `GET /:w/:p` (docs/internals/roboflow-api.md#project-generate-and-export). */
export function getProject(call: Call): Answer {
  requireProject(call);
  const { world } = call;
  const newestFirst = listed(call, world.versions).toSorted((a, b) => b.spec.number - a.spec.number);
  return ok({
    workspace: workspaceView(world),
    project: projectView(world),
    versions: newestFirst.map((version) => versionEntry(world, version)),
  });
}

/** `GET /:w/:p/:v` (docs/internals/roboflow-api.md#version). */
export function getVersion(call: Call): Answer {
  const version = requireVersion(call);
  const { world } = call;
  return ok({
    workspace: workspaceView(world),
    project: projectView(world),
    version: versionView(world, version),
  });
}

/** `workspace` as every answer about a project or version has it. */
export function workspaceView(world: World): Record<string, unknown> {
  return { name: 'Acme Safety', url: world.scenario.workspace, members: 3 };
}

/** `project` (docs/internals/roboflow-api.md#project-generate-and-export). Its `versions` is a count. */
export function projectView(world: World): Record<string, unknown> {
  const { scenario, versions } = world;
  const generated = versions.filter((version) => isGenerated(version, world.now()));
  const largest = generated.reduce((most, version) => Math.max(most, version.spec.images), 0);
  const labels = Object.keys(scenario.classes);
  return {
    id: `${scenario.workspace}/${scenario.project}`,
    type: scenario.projectType,
    name: 'Hard Hats',
    created: Math.floor((world.startedAtMs - 200 * 86_400_000) / 1000),
    updated: Math.floor(world.startedAtMs / 1000),
    images: largest,
    unannotated: 12,
    annotation: 'safety-gear',
    versions: versions.length,
    public: false,
    splits: versions.at(-1)?.spec.splits ?? {},
    colors: Object.fromEntries(labels.map((label, index) => [label, palette[index % palette.length]])),
    classes: scenario.classes,
  };
}

const palette = ['#0F9D9D', '#C7521A', '#5B3FA8', '#8A9A0B'] as const;
