import { type Answer, invalid, ok, plain } from '../answer.ts';
import { jobStatus } from '../views/words.ts';
import { failureReason, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, countField, listed, param, requireProject } from './call.ts';
import { readStart } from './start.ts';

/** `POST /:w/:p/jobs` (docs/internals/roboflow-api.md#jobs). */
export function startJob(call: Call): Answer {
  requireProject(call);
  const number = countField(call, 'version');
  if (number === undefined) throw invalid('version is required');
  const request = readStart(call, 'model_type');
  const training = call.world.start(call.world.version(number), request, 'jobs');
  return ok({
    jobId: training.jobId,
    status: jobStatus(training, call.world.now()),
    version: training.version,
    createdAt: new Date(training.createdAtMs).toISOString(),
  });
}

/** `GET /:w/:p/jobs`, newest first (docs/internals/roboflow-api.md#jobs). */
export function listJobs(call: Call): Answer {
  requireProject(call);
  const visible = listed(call, findable(call));
  const jobs = visible.map((training) => {
    const { model_type, ...rest } = jobView(training, call.world.now());
    return training.plan.odd?.listedWithoutType === true ? rest : { ...rest, model_type };
  });
  for (const training of visible) call.world.noteShown(training);
  return ok({ jobs: jobs.reverse() });
}

/** `GET /:w/:p/jobs/:id` (docs/internals/roboflow-api.md#jobs). */
export function getJob(call: Call): Answer {
  requireProject(call);
  const id = param(call, 'id');
  const training = findable(call).find((candidate) => candidate.jobId === id);
  if (training === undefined) throw plain(404, `Job "${id}" does not exist.`);
  const job = jobView(training, call.world.now());
  call.world.noteShown(training);
  return ok(job);
}

function findable(call: Call): SimulatedTraining[] {
  return call.world.trainings.filter(({ plan }) => plan.odd?.unlisted !== true);
}

function jobView(training: SimulatedTraining, nowMs: number): Record<string, unknown> {
  const { phase, progress } = stateOf(training, nowMs);
  const reason = failureReason(training, nowMs);
  return {
    id: training.jobId,
    status: jobStatus(training, nowMs),
    version: training.version,
    model_type: training.modelType,
    createdAt: new Date(training.createdAtMs).toISOString(),
    // It may be absent: here it is until training itself begins.
    ...(phase !== 'queued' && phase !== 'warming' && { progress }),
    // No document names the field (docs/internals/roboflow-api.md#d15-why-a-training-failed).
    ...(reason !== null && { failureReason: reason }),
  };
}
