import { type Answer, invalid, ok, plain } from '../answer.ts';
import { jobStatus } from '../views/words.ts';
import { failureReason, type SimulatedTraining, stateOf } from '../world/training.ts';
import { type Call, countField, param, requireProject } from './call.ts';
import { readStart } from './start.ts';

/** `POST /:w/:p/jobs` (reference 2.2). */
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

/** `GET /:w/:p/jobs`, newest first (reference 2.2). */
export function listJobs(call: Call): Answer {
  requireProject(call);
  const visible = call.world.trainings.filter((training) => !call.hides(training));
  return ok({ jobs: visible.map((training) => jobView(training, call.world.now())).reverse() });
}

/** `GET /:w/:p/jobs/:id`, in the scenario's envelope (reference 2.2). */
export function getJob(call: Call): Answer {
  requireProject(call);
  const id = param(call, 'id');
  const training = call.world.trainings.find((candidate) => candidate.jobId === id);
  if (training === undefined) throw plain(404, `Job "${id}" does not exist.`);
  const job = jobView(training, call.world.now());
  switch (call.world.scenario.jobEnvelope) {
    case 'bare':
      return ok(job);
    case 'job':
      return ok({ job });
    case 'jobs':
      return ok({ jobs: [job] });
  }
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
    // The reference says that progress may be absent: here it is until training begins.
    ...(phase !== 'queued' && phase !== 'warming' && { progress }),
    // No source names the field (D15).
    ...(reason !== null && { failureReason: reason }),
  };
}
