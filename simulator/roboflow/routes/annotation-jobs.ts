import { type Answer, ok, plain } from '../answer.ts';
import { type Call, param, requireProject } from './call.ts';

/** What a labelling job is created with: the other meaning of `/jobs` (docs/internals/roboflow-api.md#jobs, #d1-jobs-may-be-labelling-jobs). */
const requiredFields = ['name', 'batchId', 'assignees'] as const;

/** `POST /:w/:p/jobs` if jobs are labelling jobs; the body of a training gets 400. */
export function createAnnotationJob(call: Call): Answer {
  requireProject(call);
  const missing = requiredFields.filter((field) => call.body[field] === undefined);
  if (missing.length > 0) throw plain(400, `Missing required fields: ${missing.join(', ')}`);
  const { name, batchId, assignees } = call.body;
  if (!Array.isArray(assignees)) throw plain(400, 'assignees must be a list');
  const id = `annotate-${call.world.annotationJobs.length + 1}`;
  const job = annotationJob(id, call.world.now(), { name, batchId, assignees });
  call.world.annotationJobs.push(job);
  return ok(job);
}

/** `GET /:w/:p/jobs`: always at least one job, made by someone in the app. */
export function listAnnotationJobs(call: Call): Answer {
  requireProject(call);
  return ok({ jobs: allJobs(call) });
}

/** `GET /:w/:p/jobs/:id` */
export function getAnnotationJob(call: Call): Answer {
  requireProject(call);
  const id = param(call, 'id');
  const job = allJobs(call).find((candidate) => candidate.id === id);
  if (job === undefined) throw plain(404, `Job "${id}" does not exist.`);
  return ok(job);
}

function allJobs(call: Call): Record<string, unknown>[] {
  const fromApp = annotationJob('annotate-0', call.world.startedAtMs, {
    name: 'Helmets from the north gate',
    batchId: 'north-gate',
    assignees: ['labeler@acme.example', 'reviewer@acme.example'],
  });
  return [fromApp, ...call.world.annotationJobs];
}

function annotationJob(
  id: string,
  createdAtMs: number,
  {
    name,
    batchId,
    assignees,
  }: { readonly name: unknown; readonly batchId: unknown; readonly assignees: readonly unknown[] },
): Record<string, unknown> {
  return {
    id,
    name,
    status: 'assigned',
    owner: 'acme-owner',
    createdBy: 'owner@acme.example',
    sourceBatch: batchId,
    labeler: assignees[0] ?? null,
    reviewer: assignees[1] ?? assignees[0] ?? null,
    numImages: 120,
    annotated: 0,
    unannotated: 120,
    approved: 0,
    rejected: 0,
    instructionsText: 'Box every helmet.',
    created: { _seconds: Math.floor(createdAtMs / 1000), _nanoseconds: 0 },
    project: 'hard-hats',
  };
}
