import { isRecord } from '../lib/json.ts';
import { readEvent } from './event.ts';

/**
 * Since when a training may have been started by an earlier attempt of this very workflow run, in epoch ms; undefined
 * where this is a first attempt, or where that cannot be told.
 *
 * A re-run keeps its event (docs/github.md#signals-and-cancelling), and nothing in an event is younger than the event. Where
 * people gave inputs along, two runs of the same commit may differ in what they train, so then nothing is told.
 */
export async function rerunSince(env: NodeJS.ProcessEnv): Promise<number | undefined> {
  if (!(Number(env.GITHUB_RUN_ATTEMPT) > 1)) return undefined;
  try {
    const event = await readEvent(env);
    return hasInputs(event) ? undefined : newestMoment(event);
  } catch {
    // An event that cannot be read tells nothing; the run then goes on as a first attempt would.
    return undefined;
  }
}

function hasInputs(event: unknown): boolean {
  const given = isRecord(event) ? [event.inputs, event.client_payload] : [];
  return given.some((value) => isRecord(value) && Object.keys(value).length > 0);
}

const ISO_MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** The newest of all ISO dates in `value`, and of the `pushed_at` that push events give in seconds. */
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
