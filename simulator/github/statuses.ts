import { isRecord } from '../../src/lib/json.ts';
import { exampleAnswer } from './check.ts';
import { fields, type GithubAnswer, type GithubCall, notFound, refusal } from './routes.ts';
import { type CommitStatus, isStatusState, statusNodeId } from './world.ts';

const LONGEST_DESCRIPTION = 140;

/** The statuses of a commit, all of them, the newest first. */
export function listStatuses({ world, request, operation, description }: GithubCall): GithubAnswer {
  const sha = operation.params.ref ?? '';
  if (!world.hasCommit(sha)) return notFound;
  const size = Math.min(Number(request.query.per_page ?? 30), 100);
  const page = Number(request.query.page ?? 1);
  const [example] = listed(exampleAnswer(description, operation, 200));
  const all = world.statuses.filter((status) => status.sha === sha).toReversed();
  return {
    status: 200,
    body: all.slice((page - 1) * size, page * size).map((status) => shownStatus(status, example)),
  };
}

/** Sets a status; the one before of the same context stays in the list. */
export function createStatus(call: GithubCall): GithubAnswer {
  const { world, request, operation, description: described, author } = call;
  const body = isRecord(request.body) ? request.body : {};
  const { state, context = 'default', description = null, target_url = null } = body;
  const sha = operation.params.sha ?? '';
  if (!world.hasCommit(sha)) return refusal(422, `No commit found for SHA: ${sha}`);
  if (typeof description === 'string' && description.length > LONGEST_DESCRIPTION)
    return refusal(422, 'Validation Failed: description is too long (maximum is 140 characters)');
  if (!isStatusState(state)) return refusal(422, 'Validation Failed: state is not included in the list');
  const status = world.setStatus({
    sha,
    context: String(context),
    state,
    description: textOrNull(description),
    targetUrl: textOrNull(target_url),
    creator: author,
  });
  return { status: 201, body: shownStatus(status, exampleAnswer(described, operation, 201)) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A status in GitHub's form: the description's own example, with what differs. */
function shownStatus(status: CommitStatus, example: unknown): Record<string, unknown> {
  const { id, context, state, description, targetUrl, creator, createdAtMs } = status;
  const all = fields(example);
  const atIso = `${new Date(createdAtMs).toISOString().slice(0, 19)}Z`;
  return {
    ...all,
    id,
    node_id: statusNodeId(status),
    context,
    state,
    description,
    target_url: targetUrl,
    created_at: atIso,
    updated_at: atIso,
    creator: creator === null ? null : { ...fields(all.creator), ...creator },
  };
}
