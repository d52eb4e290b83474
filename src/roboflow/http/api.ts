import type { Clock } from '../../lib/clock.ts';
import type { Context } from '../../lib/context.ts';
import { redacted } from '../../lib/redact.ts';
import { ShapeError } from '../schema/shape.ts';
import { ApiError, isPassing } from './failure.ts';
import { failureMessage } from './failure-words.ts';
import { type HttpAnswer, send } from './http.ts';
import type { HttpRequest, Server } from './request.ts';
import { type Patience, withRetries } from './retry.ts';

/** How long a read is repeated before a training was started: to fail is still cheap then. */
const PATIENCE_BEFORE_START_MS = 5 * 60_000;

/** Throws a ShapeError if the answer is not what was asked for. */
type ReadBody<Value> = (body: unknown, status: number) => Value;

/** Roboflow's API with one server and one key. */
export interface Api {
  /** Reads, and repeats while the failure passes by itself: 5 minutes, but not past the step's timeout, unless told. */
  get<Value>(
    request: Omit<HttpRequest, 'verb' | 'body'>,
    read: ReadBody<Value>,
    patience?: Partial<Patience>,
  ): Promise<Value>;
  /** Changes something. Sent once, unless `patience` says more. */
  post<Value>(request: Omit<HttpRequest, 'verb'>, read: ReadBody<Value>, patience?: Patience): Promise<Value>;
}

/** A project by its slugs. */
export interface ProjectRef {
  readonly workspace: string;
  readonly project: string;
}

/** One project on Roboflow's API, and what code that waits needs: clock, log and signal. */
export interface InProject extends Context {
  readonly api: Api;
  readonly project: ProjectRef;
}

/**
 * Binds server, key and context together.
 * @param timeoutAtMs the end of the step's time, in epoch ms
 */
export function createApi(server: Server, timeoutAtMs: number, context: Context): Api {
  const once = async <Value>(request: HttpRequest, read: ReadBody<Value>): Promise<Value> => {
    const { body, status } = await sendLogged(server, request, context);
    try {
      return read(body, status);
    } catch (error) {
      throw error instanceof ShapeError ? unreadable(request, status, error, server.apiKey) : error;
    }
  };
  return {
    get: (request, read, patience) => {
      const untilMs = Math.min(context.clock.now() + PATIENCE_BEFORE_START_MS, timeoutAtMs);
      return withRetries(() => once({ ...request, verb: 'GET' }, read), { untilMs, ...patience }, context);
    },
    post: (request, read, patience) => {
      const post = () => once({ ...request, verb: 'POST' }, read);
      return patience === undefined ? post() : withRetries(post, patience, context);
    },
  };
}

/** With step debug logging on, each request is a line. Query and body are not told: they may hold secrets. */
async function sendLogged(server: Server, request: HttpRequest, context: Context): Promise<HttpAnswer> {
  const { clock, log } = context;
  const line = redacted(`${request.verb} /${request.path.join('/')}`, server.apiKey);
  const sentMs = clock.now();
  const tell = (came: string) => log.debug(`${line}: ${came}, ${clock.now() - sentMs} ms`);
  try {
    const answer = await send(server, request, context);
    tell(String(answer.status));
    return answer;
  } catch (error) {
    const failure = error instanceof ApiError ? error.failure : undefined;
    tell(failure && 'status' in failure ? String(failure.status) : 'no answer');
    throw error;
  }
}

/** The answer lost the key when it was read; the path may still hold it. */
function unreadable(request: HttpRequest, status: number, error: ShapeError, key: string): ApiError {
  const failure = { kind: 'unreadable', status, reason: error.message } as const;
  const hint = 'If this stays, the API has changed or api-url leads to another server.';
  return new ApiError(redacted(failureMessage(request, failure), key), failure, { cause: error, hint });
}

/**
 * The same API, whose requests share their patience: after so long without any good answer, none is sent any more, and the last
 * failure is thrown at once. For whoever asks about many things, and need not wait for any: they are asked about again later.
 */
export function withSharedPatience(api: Api, patienceMs: number, { now }: Pick<Clock, 'now'>): Api {
  /** The last failure, and since when there was no good answer; undefined while all is well. */
  let trouble: { readonly failure: ApiError; readonly sinceMs: number } | undefined;
  let goodAtMs = Number.NEGATIVE_INFINITY;
  const good = () => {
    trouble = undefined;
    goodAtMs = now();
  };
  return {
    get: async (request, read, patience) => {
      const askedMs = now();
      const untilMs = (trouble?.sinceMs ?? askedMs) + patienceMs;
      if (trouble !== undefined && askedMs >= untilMs) throw trouble.failure;
      try {
        const value = await api.get(request, read, {
          ...patience,
          untilMs: Math.min(patience?.untilMs ?? untilMs, untilMs),
        });
        good();
        return value;
      } catch (error) {
        // While this was tried again and again, others may have had an answer.
        if (isPassing(error))
          trouble = { failure: error, sinceMs: trouble?.sinceMs ?? Math.max(askedMs, goodAtMs) };
        // The server is in order, and says no.
        else if (error instanceof ApiError) good();
        throw error;
      }
    },
    post: api.post,
  };
}
