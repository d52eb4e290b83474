import { type Answer, ok, plain } from '../answer.ts';
import { type Call, param, requireProject } from './call.ts';

/** The other reading of `/jobs`: labelling work (reference 2.2, D1). */
const requiredFields = ['name', 'batch', 'num_images', 'labelerEmail', 'reviewerEmail'] as const;

/** `POST /:w/:p/jobs` where jobs are annotation jobs; a training body meets 400. */
export function createAnnotationJob(call: Call): Answer {
  requireProject(call);
  const missing = requiredFields.filter((field) => call.body[field] === undefined);
  if (missing.length > 0) throw plain(400, `Missing required fields: ${missing.join(', ')}`);
  const job = annotationJob(`annotate-${call.world.annotationJobs.length + 1}`, call.world.now(), call.body);
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
  const standing = annotationJob('annotate-0', call.world.startedAtMs, {
    name: 'Helmets from the north gate',
    batch: 'north-gate',
    num_images: 120,
    labelerEmail: 'labeler@acme.example',
    reviewerEmail: 'reviewer@acme.example',
  });
  return [standing, ...call.world.annotationJobs];
}

function annotationJob(
  id: string,
  createdAtMs: number,
  body: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return {
    id,
    name: body.name,
    status: 'assigned',
    owner: 'acme-owner',
    createdBy: 'owner@acme.example',
    sourceBatch: body.batch,
    labeler: body.labelerEmail,
    reviewer: body.reviewerEmail,
    numImages: body.num_images,
    annotated: 0,
    unannotated: body.num_images,
    approved: 0,
    rejected: 0,
    instructionsText: 'Box every helmet.',
    created: { _seconds: Math.floor(createdAtMs / 1000), _nanoseconds: 0 },
    project: 'hard-hats',
  };
}
