import type { StatusText } from '../../github/status/commit-status.ts';
import { clippedDescription, runningDescription } from '../../github/status/description.ts';
import type { StatusWriter } from '../../github/status/status-writer.ts';
import { readTargetUrl, type StatusSubject, targetUrlOf } from '../../github/status/target-url.ts';
import type { StatusInputs } from '../../inputs/status-inputs.ts';
import { InterruptedError, messageOf, reasonOf, sentences, TrainGateError } from '../../lib/errors.ts';
import { routeNamed } from '../../roboflow/apis/choose-route.ts';
import type { InProject } from '../../roboflow/http/api.ts';
import { isTypeName } from '../../training/model-type.ts';
import { hasEnded } from '../../training/training.ts';
import type { Prepared } from '../before/prepare.ts';
import { mayHaveStarted } from '../follow/end-of.ts';
import type { FollowedTraining } from '../follow/followed-training.ts';

type Next = Prepared['next'];

/** What the commit status of `wait: status` needs beside the training. */
export interface StatusOptions {
  readonly status: StatusInputs;
  readonly writer: StatusWriter;
  readonly here: InProject;
  /** As the workflow writes it: settle finds the comment by it. */
  readonly modelType: string | undefined;
}

/**
 * Starts or attaches by `start`, and leaves a pending status on the commit, by which `settle` judges the training later. Before
 * a start a first status shows that it can be set at all: else the training would be paid for and never judged.
 * @throws TrainGateError if the status cannot be set, or its context is taken by another training in flight
 */
export async function underStatus(
  next: Next,
  start: () => Promise<FollowedTraining>,
  options: StatusOptions,
): Promise<FollowedTraining> {
  const { status, writer, here } = options;
  const starting = await orNothingStarted(async () => {
    await refuseTaken(next, options);
    if (next.kind !== 'start') return undefined;
    const { wanted, version } = next;
    const { project, clock } = here;
    const subject = { ...project, version: version?.number, modelType: wanted.modelType, job: undefined };
    const text = pendingText(subject, clock.now(), 'starting');
    await writer.set(text, status);
    return text;
  });
  const followed = await start().catch(async (error: unknown) => {
    // If there may be a training, the status stays: `settle` says after an hour that none showed.
    if (starting !== undefined && !mayHaveStarted(error)) await tellNotStarted(error, starting, options);
    throw error;
  });
  await writer.setLast(pendingStatus(followed, options), status);
  here.log.info(
    `The status "${status.context}" of the commit is pending. The settle action judges the training.`,
  );
  return followed;
}

/** Two trainings under one name on one commit: nobody could tell whose verdict stands there. */
async function refuseTaken(next: Next, { status, writer, here }: StatusOptions): Promise<void> {
  const { commit, shown } = await writer.newest(status);
  const subject = shown?.state === 'pending' ? readTargetUrl(shown.target_url ?? '') : undefined;
  const job = subject?.job;
  if (subject === undefined || job === undefined) return;
  const isHere = subject.workspace === here.project.workspace && subject.project === here.project.project;
  if (isHere && next.kind === 'attach' && next.followed.training.id === job.id) return;
  const there = isHere ? await routeNamed(job.route, here).find(job.id, subject.version) : undefined;
  if (isHere && (there === undefined || hasEnded(there.phase))) return;
  const where = isHere ? '' : ` of ${subject.workspace}/${subject.project}`;
  throw new TrainGateError(
    `The status "${status.context}" of commit ${commit} is taken by training ${job.id}${where}, which is in flight (${there?.status ?? 'pending'}).`,
    { hint: 'Give this step a status-context of its own, or wait until the other training is settled.' },
  );
}

async function orNothingStarted<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof TrainGateError) || error instanceof InterruptedError) throw error;
    throw new TrainGateError(sentences(error.message, 'Nothing was started.'), {
      hint: error.hint,
      cause: error,
    });
  }
}

/** A training that has ended already is pending too: what is left to be done is to judge it. */
function pendingStatus(
  { training: { id, version, modelType, createdAtMs, status, progress }, route }: FollowedTraining,
  { here: { project, clock }, modelType: written }: StatusOptions,
): StatusText {
  const told = modelType !== undefined && isTypeName(modelType) ? modelType : undefined;
  const subject = { ...project, version, modelType: written ?? told, job: { id, route: route.name } };
  return pendingText(subject, createdAtMs ?? clock.now(), status, progress);
}

function pendingText(
  about: Omit<StatusSubject, 'startedAtS'>,
  startedAtMs: number,
  word: string,
  progress?: number,
): StatusText {
  const subject = { ...about, startedAtS: Math.floor(startedAtMs / 1000) };
  const description = runningDescription(subject, word, progress);
  return { state: 'pending', description, targetUrl: targetUrlOf(subject) };
}

/** A commit must not wait for a training that was never started. */
async function tellNotStarted(
  error: unknown,
  { targetUrl }: StatusText,
  { status, writer, here: { log } }: StatusOptions,
): Promise<void> {
  const description = clippedDescription(`not started: ${reasonOf(error)}`);
  try {
    await writer.setLast({ state: 'error', description, targetUrl }, status);
  } catch (unset) {
    log.info(`The commit status still says "starting": ${messageOf(unset)}`);
  }
}
