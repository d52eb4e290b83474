import { isRecord } from '../../src/lib/json.ts';
import { exampleAnswer } from './check.ts';
import { fields, type GithubAnswer, type GithubCall, notFound, pageOf, refusal } from './routes.ts';
import { type CommitStatus, isSameContext, isStatusState, statusNodeId } from './world.ts';

const LONGEST = { context: 255, description: 140 } as const;
/** Of one context on one commit. */
const MOST_STATUSES = 1_000;

/** The statuses of a commit, all of them, the newest first. */
export function listStatuses(call: GithubCall): GithubAnswer {
  const { world, operation, description } = call;
  const sha = operation.params.ref ?? '';
  if (!world.hasCommit(sha)) return notFound;
  const [example] = listed(exampleAnswer(description, operation, 200));
  const all = world.statuses.filter((status) => status.sha === sha).toReversed();
  return pageOf(all, call, (status) => shownStatus(status, example));
}

/** Sets a status; the one before of the same context stays in the list. */
export function createStatus(call: GithubCall): GithubAnswer {
  const { world, request, operation, description: described, author } = call;
  const body = isRecord(request.body) ? request.body : {};
  const { state, context = 'default', description = null, target_url = null } = body;
  const sha = operation.params.sha ?? '';
  if (!world.hasCommit(sha)) return refusal(422, `No commit found for SHA: ${sha}`);
  for (const [field, longest] of Object.entries(LONGEST)) {
    const text = String(body[field] ?? '');
    if ([...text].length > longest)
      return invalid(`${field} is too long (maximum is ${longest} characters)`, field);
    if (/[\u{10000}-\u{10FFFF}]/u.test(text)) return invalid(`${field} doesn't accept 4-byte Unicode`, field);
  }
  if (!isStatusState(state)) return invalid('state is not included in the list', 'state');
  const before = world.statuses.filter((each) => each.sha === sha && isSameContext(each, String(context)));
  if (before.length >= MOST_STATUSES)
    return invalid('This SHA and context has reached the maximum number of statuses.');
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

/** What GitHub answers where a field is not to its liking. Only the inner message says which, and why. */
function invalid(message: string, field?: string): GithubAnswer {
  const { status, body } = refusal(422, 'Validation Failed');
  return { status, body: { ...body, errors: [{ resource: 'Status', code: 'custom', field, message }] } };
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
