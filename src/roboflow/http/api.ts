import type { Clock } from '../../lib/clock.ts';
import type { Context } from '../../lib/context.ts';
import { redacted } from '../../lib/redact.ts';
import { ShapeError } from '../schema/shape.ts';
import { ApiError, isPassing, isRefusal } from './failure.ts';
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

/** Binds server, key and context together; `timeoutAtMs` is the end of the step's time, in epoch ms. */
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
 * The same API, whose requests share their patience: if one fails for so long, and none had a good answer meanwhile, no other is
 * sent any more, and its failure is thrown at once. For whoever asks about many things, and need not wait for any: they are asked
 * about again later.
 */
export function withSharedPatience(api: Api, patienceMs: number, { now }: Pick<Clock, 'now'>): Api {
  let trouble: ApiError | undefined;
  let goodAtMs = Number.NEGATIVE_INFINITY;
  return {
    get: async (request, read, patience) => {
      if (trouble !== undefined) throw trouble;
      const askedMs = now();
      const endMs = askedMs + patienceMs;
      const untilMs = Math.min(patience?.untilMs ?? endMs, endMs);
      try {
        const value = await api.get(request, read, { ...patience, untilMs });
        goodAtMs = now();
        return value;
      } catch (error) {
        if (isPassing(error) && now() >= endMs && goodAtMs < askedMs) trouble = error;
        // The server is in order, and says no.
        if (isRefusal(error)) goodAtMs = now();
        throw error;
      }
    },
    post: api.post,
  };
}
