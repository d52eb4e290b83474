import { isRecord } from '../lib/json.ts';
import { readEvent } from './event.ts';

/**
 * In a re-run: the time (epoch ms) after which an earlier attempt of this workflow run may have started a training.
 * Undefined in a first attempt, or if it cannot be told.
 *
 * A re-run has the same event as its first attempt (docs/github.md#signals-and-cancelling), so the newest time in the
 * event is before all attempts. If a person gave inputs with the event, two workflow runs of one commit can train
 * different things, so the time would prove nothing.
 */
export async function rerunSince(env: NodeJS.ProcessEnv): Promise<number | undefined> {
  if (!(Number(env.GITHUB_RUN_ATTEMPT) > 1)) return undefined;
  try {
    const event = await readEvent(env);
    return hasInputs(event) ? undefined : newestMoment(event);
  } catch {
    // Without the event the step goes on like a first attempt.
    return undefined;
  }
}

function hasInputs(event: unknown): boolean {
  const given = isRecord(event) ? [event.inputs, event.client_payload] : [];
  return given.some((value) => isRecord(value) && Object.keys(value).length > 0);
}

const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** The newest time in `value`: of all ISO dates, and of `pushed_at`, which push events have in seconds. */
function newestMoment(value: unknown): number | undefined {
  const moments: number[] = [];
  const visit = (part: unknown, key: string): void => {
    if (typeof part === 'string' && ISO_MOMENT.test(part)) moments.push(Date.parse(part));
    else if (typeof part === 'number' && key === 'pushed_at') moments.push(part * 1000);
    else if (typeof part === 'object' && part !== null)
      for (const [name, inner] of Object.entries(part)) visit(inner, name);
  };
  visit(value, '');
  const known = moments.filter((moment) => !Number.isNaN(moment));
  return known.length === 0 ? undefined : known.reduce((newest, moment) => Math.max(newest, moment));
}
