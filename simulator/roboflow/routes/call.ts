import { invalid, plain } from '../answer.ts';
import { isRequested, type Origin } from '../world/training.ts';
import type { SimulatedVersion } from '../world/versions.ts';
import type { World } from '../world/world.ts';

/** One authorised request as a route sees it. */
export interface Call {
  readonly world: World;
  readonly params: ReadonlyMap<string, string>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Scheme, host and port of the host that has the weights. */
  readonly filesOrigin: string;
  /** How long lists lag behind what requests made: for so long they leave it out. */
  readonly lagMs: number;
}

/** Of trainings or versions those that a list shows by now. What others made shows at once. */
export function listed<Made extends { readonly createdAtMs: number; readonly origin: Origin }>(
  { world, lagMs }: Call,
  made: readonly Made[],
): Made[] {
  return made.filter(
    ({ createdAtMs, origin }) => !isRequested({ origin }) || createdAtMs + lagMs <= world.now(),
  );
}

/** A path parameter; 404 for a missing one cannot happen with a pattern that names it. */
export function param(call: Call, name: string): string {
  const value = call.params.get(name);
  if (value === undefined) throw new Error(`the pattern of this route has no :${name}`);
  return value;
}

/** 404 unless the path names the workspace that exists. */
export function requireWorkspace(call: Call): void {
  const name = param(call, 'w');
  if (name === call.world.scenario.workspace) return;
  throw plain(404, `Workspace "${name}" does not exist or is not visible to this key.`);
}

/** 404 unless the path names the workspace and the project that exist. */
export function requireProject(call: Call): void {
  requireWorkspace(call);
  const name = param(call, 'p');
  if (name === call.world.scenario.project) return;
  throw plain(
    404,
    `Project "${name}" does not exist in this workspace.`,
    'List the projects of the workspace.',
  );
}

/** The version that the path names, or 404. */
export function requireVersion(call: Call): SimulatedVersion {
  requireProject(call);
  const text = param(call, 'v');
  if (!/^\d{1,9}$/.test(text)) throw plain(404, `Version "${text}" does not exist.`);
  return call.world.version(Number(text));
}

/** A text field of the body; a value of another type is 400. */
export function textField(call: Call, name: string): string | undefined {
  const value = call.body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || value === '') throw invalid(`${name} must be a string`);
  return value;
}

/** A whole, positive number of the body; anything else is 400. */
export function countField(call: Call, name: string): number | undefined {
  const value = call.body[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    throw invalid(`${name} must be a positive integer`);
  }
  return value;
}

/** `fast` or `accurate` (docs/internals/roboflow-api.md#jobs). */
export function speedField(call: Call): string | undefined {
  const speed = textField(call, 'speed');
  if (speed !== undefined && speed !== 'fast' && speed !== 'accurate') {
    throw invalid('speed must be one of: fast, accurate');
  }
  return speed;
}
