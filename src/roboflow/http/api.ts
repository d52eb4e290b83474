import type { Clock } from '../../lib/clock.ts';
import type { Context } from '../../lib/context.ts';
import { ShapeError } from '../schema/shape.ts';
import { type ApiError, isPassing, isRefusal } from './failure.ts';
import { apiError, send } from './http.ts';
import type { HttpRequest, Server } from './request.ts';
import { type Patience, type Wait, withRetries } from './retry.ts';

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
    patience?: Wait,
  ): Promise<Value>;
  /** Changes something. Sent once, unless `patience` says more. */
  post<Value>(request: Omit<HttpRequest, 'verb'>, read: ReadBody<Value>, patience?: Patience): Promise<Value>;
}

/** A project by its slugs, and the address of the app that shows it. */
export interface ProjectRef {
  readonly app: string;
  readonly workspace: string;
  readonly project: string;
}

/** One project on Roboflow's API, and what code that waits needs: clock, log and signal. */
export interface InProject extends Context {
  readonly api: Api;
  readonly project: ProjectRef;
}

/** The path of something in the project. */
export function pathIn({ project: { workspace, project } }: InProject, ...segments: (string | number)[]) {
  return [workspace, project, ...segments.map(String)];
}

/** Binds server, key and context together; `timeoutAtMs` is the end of the step's time, in epoch ms. */
export function createApi(server: Server, timeoutAtMs: number, context: Context): Api {
  const once = async <Value>(request: HttpRequest, read: ReadBody<Value>): Promise<Value> => {
    const { body, status } = await send(server, request, context);
    try {
      return read(body, status);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      throw apiError(server, request, { kind: 'unreadable', status, reason: error.message }, error);
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
