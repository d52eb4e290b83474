import { isObject } from '../../lib/json.ts';
import { round } from '../../lib/random.ts';
import { type Answer, ok, plain } from '../answer.ts';
import { exportFormats, isGenerated } from '../world/versions.ts';
import { type Call, param, requireProject, requireVersion } from './call.ts';
import { projectView, workspaceView } from './workspace.ts';

/** `POST /:w/:p/generate`; both objects must be there, even if empty (docs/internals/roboflow-api.md#project-generate-and-export). */
export function generate(call: Call): Answer {
  requireProject(call);
  const { preprocessing, augmentation } = call.body;
  if (!isObject(preprocessing) || !isObject(augmentation)) {
    throw plain(400, 'Both preprocessing and augmentation are required and must be objects.');
  }
  const { number } = call.world.generate(preprocessing, augmentation).spec;
  return ok({
    message: `Generating version ${number}.`,
    version: call.world.scenario.versionAsString === true ? String(number) : number,
  });
}

/** `GET /:w/:p/:v/:format`: starts or reads an export; 202 while it is built (docs/internals/roboflow-api.md#project-generate-and-export). */
export function getExport(call: Call): Answer {
  const version = requireVersion(call);
  const format = param(call, 'format');
  const { world } = call;
  const nowMs = world.now();
  if (!exportFormats.includes(format)) {
    throw plain(404, `Unknown export format "${format}".`, `Valid: ${exportFormats.join(', ')}`);
  }
  if (!isGenerated(version, nowMs)) throw plain(400, 'The version is not generated yet.');
  const { exportMs } = world.scenario;
  const times = version.exports.get(format) ?? { startedAtMs: nowMs, readyAtMs: nowMs + exportMs };
  version.exports.set(format, times);
  if (nowMs < times.readyAtMs) {
    const whole = times.readyAtMs - times.startedAtMs;
    return { status: 202, body: { progress: round((nowMs - times.startedAtMs) / whole, 3) } };
  }
  const { number, name, images } = version.spec;
  const { workspace, project } = world.scenario;
  return ok({
    workspace: workspaceView(world),
    project: projectView(world),
    version: { id: `${workspace}/${project}/${number}`, name, images },
    // Roboflow's link is signed, so a client must not send its key there.
    export: {
      format,
      link: `https://files.example/${project}-${number}.${format}.zip?sig=invented`,
      size: 48.2,
    },
  });
}
