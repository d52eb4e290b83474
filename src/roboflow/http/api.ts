import { OUTAGE_PATIENCE_MS } from '../../lib/context.ts';
import { ApiError } from '../../lib/errors.ts';
import { redacted } from '../../lib/redact.ts';
import { ShapeError } from '../schema/shape.ts';
import { failureMessage } from './failure-message.ts';
import { type HttpRequest, type HttpSettings, send } from './http.ts';
import { type Patience, type PersistContext, persist } from './persist.ts';
import { isPassing } from './retry.ts';

/** How long reading goes on without a good answer, before a training was started: failing is still cheap then. */
const PATIENCE_BEFORE_START_MS = 5 * 60_000;

/** Reads what an answer holds; throws a ShapeError where it is not what was asked for. */
export type ReadBody<Value> = (body: unknown, status: number) => Value;

/** Until when something is tried that a start depends on. */
export function patienceUntilMs({ context }: Api): number {
  return Math.min(context.clock.now() + OUTAGE_PATIENCE_MS, context.timeoutAtMs);
}

/** Requests to the API that belong together: one server, one key, one patience. */
export interface Api {
  /** Repeats while the failure is one that passes. */
  get<Value>(
    request: Omit<HttpRequest, 'verb' | 'body'>,
    read: ReadBody<Value>,
    patience?: Partial<Patience>,
  ): Promise<Value>;
  /** Sends once, unless `patience` says more. */
  post<Value>(request: Omit<HttpRequest, 'verb'>, read: ReadBody<Value>, patience?: Patience): Promise<Value>;
  readonly context: PersistContext;
}

/** Binds the server's address and key to time, log and the signal that ends everything. */
export function createApi(settings: HttpSettings, context: PersistContext): Api {
  const once = async <Value>(request: HttpRequest, read: ReadBody<Value>): Promise<Value> => {
    const answer = await send(settings, request, context.signal);
    try {
      return read(answer.body, answer.status);
    } catch (error) {
      if (error instanceof ShapeError) throw unreadable(request, answer.status, error, settings.key);
      throw error;
    }
  };
  return {
    context,
    get: (request, read, patience) =>
      persist(
        () => once({ ...request, verb: 'GET' }, read),
        {
          mayRepeat: isPassing,
          untilMs: Math.min(context.clock.now() + PATIENCE_BEFORE_START_MS, context.timeoutAtMs),
          ...patience,
        },
        context,
      ),
    post: (request, read, patience = { mayRepeat: () => false, untilMs: 0 }) =>
      persist(() => once({ ...request, verb: 'POST' }, read), patience, context),
  };
}

/** The body lost the key when it came; the path may still hold it. */
function unreadable(request: HttpRequest, status: number, error: ShapeError, key: string): ApiError {
  const failure = { kind: 'unreadable', status, reason: error.message } as const;
  const hint = 'If this stays, the API has changed or api-url leads to another server.';
  return new ApiError(redacted(failureMessage(request, failure), key), failure, { cause: error, hint });
}
