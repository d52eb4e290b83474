import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, type FaultAction, FaultBook } from '../../faults.ts';
import { isObject } from '../../lib/json.ts';
import { readBody } from '../../lib/loopback.ts';
import type { RoutesMode, Scenario } from '../../scenario.ts';
import { type ScenarioName, scenarios } from '../../scenarios.ts';
import { type Answer, messageOnly, plain, Refusal } from '../answer.ts';
import { findRoute, type Match, type Route, routesFor } from '../routes/table.ts';
import { World } from '../world/world.ts';
import { authorize } from './auth.ts';
import { send, sendFaulty } from './deliver.ts';
import { answerFile, type FileHostOptions } from './file-host.ts';
import { type RecordedRequest, recordRequest } from './recorded-request.ts';

/** The key that the simulator takes unless it is told another. */
export const defaultKey = 'rf_simulator_key_0123456789';

/** How long lists lag behind what requests make. */
const LIST_LAG_MS = 3_000;

/** How a simulator is to be started. */
export interface SimulatorOptions {
  readonly scenario?: ScenarioName | Scenario;
  readonly port?: number;
  readonly key?: string;
  /** Simulated time in epoch milliseconds. Default: the real time, sped up by `speed`. */
  readonly now?: () => number;
  /** Simulated milliseconds to one real one; of use without `now` only. */
  readonly speed?: number;
  /** They come before those of the scenario. */
  readonly faults?: readonly Fault[];
  /** How long lists lag behind what requests make; default: a little. */
  readonly listLagMs?: number;
  /** Which training routes exist; default: what the scenario says, else both. */
  readonly routes?: RoutesMode;
  /** The API is behind a gateway under this path, such as `/gateway/roboflow`. */
  readonly pathPrefix?: string;
  /** How the host behaves that has the weights. */
  readonly files?: FileHostOptions;
  /** Told of every request, with the status of its answer or the kind of its fault. */
  readonly onAnswer?: (request: RecordedRequest, outcome: number | string) => void;
}

/** What is between the socket and the routes: it records requests, checks the key, and goes wrong if it is told to. */
export class Service {
  readonly world: World;
  readonly requests: RecordedRequest[] = [];
  /** Those to the host that has the weights. */
  readonly downloads: RecordedRequest[] = [];
  readonly #options: SimulatorOptions;
  readonly #routes: readonly Route[];
  readonly #faults: FaultBook;
  readonly #ending = new AbortController();
  readonly #filesOrigin: () => string;

  /** @param filesOrigin scheme, host and port of the host that has the weights */
  constructor(options: SimulatorOptions, filesOrigin: () => string) {
    const { scenario = 'fine-tune', speed = 1 } = options;
    const chosen = typeof scenario === 'string' ? scenarios[scenario] : scenario;
    this.world = new World(chosen, options.now ?? fastClock(speed));
    this.#options = options;
    this.#filesOrigin = filesOrigin;
    this.#routes = routesFor(options.routes ?? chosen.routes ?? 'both');
    this.#faults = new FaultBook([...(options.faults ?? []), ...(chosen.faults ?? [])]);
  }

  /** Answers one request. An error in it must not end the process. */
  serve(request: IncomingMessage, response: ServerResponse): void {
    this.#guard(response, this.#answer(request, response));
  }

  /** Answers one request to the host that has the weights. */
  serveFile(request: IncomingMessage, response: ServerResponse): void {
    this.#guard(response, this.#answerFile(request, response));
  }

  #guard(response: ServerResponse, answering: Promise<void>): void {
    // A client may go away; that is no error here.
    response.on('error', () => {});
    answering.catch((error: unknown) => {
      if (this.#ending.signal.aborted || response.headersSent) response.destroy();
      else send(response, { status: 500, body: { error: `The simulator is at fault: ${error}` } });
    });
  }

  /** Ends answers that are being held back. */
  end(): void {
    this.#ending.abort();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    const { pathname } = new URL(`http://simulator${request.url ?? '/'}`);
    const match = this.#route(request.method ?? 'GET', pathname);
    const recorded = recordRequest(request, body, match?.route.name ?? null, this.world.now());
    this.requests.push(recorded);
    this.world.noteRequest(recorded.route);
    const action = this.#faults.next(recorded.route);
    const answer = () => this.#handle(recorded, match, action);
    const outcome = await this.#deliver(response, action, answer);
    this.#options.onAnswer?.(recorded, outcome);
  }

  async #answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const recorded = recordRequest(request, await readBody(request), 'signed-file', this.world.now());
    this.downloads.push(recorded);
    const action = this.#faults.next('signed-file');
    const { signal } = this.#ending;
    const outcome = await answerFile(
      { request, response, action },
      this.world,
      this.#options.files ?? {},
      signal,
    );
    this.#options.onAnswer?.(recorded, outcome);
  }

  async #deliver(
    response: ServerResponse,
    action: FaultAction | null,
    answer: () => Answer,
  ): Promise<number | string> {
    if (action !== null) return sendFaulty(response, action, answer, this.#ending.signal);
    send(response, answer());
    return response.statusCode;
  }

  #route(method: string, path: string): Match | null {
    const prefix = this.#options.pathPrefix?.replace(/\/+$/, '') ?? '';
    if (path !== prefix && !path.startsWith(`${prefix}/`)) return null;
    const segments = decode(path.slice(prefix.length));
    return segments === null ? null : findRoute(this.#routes, method, segments);
  }

  #handle(request: RecordedRequest, match: Match | null, action: FaultAction | null): Answer {
    const body = isObject(request.body) ? request.body : {};
    try {
      if (match === null) throw messageOnly(404, `Unsupported request: ${request.method} ${request.path}`);
      if (typeof request.body === 'string' && request.body !== '') {
        throw plain(400, 'The body is not JSON.');
      }
      const key = this.#options.key ?? defaultKey;
      authorize({ headers: request.headers, query: request.query, body }, key, match.route.name);
      const lagMs = action?.kind === 'lag' ? action.forMs : (this.#options.listLagMs ?? LIST_LAG_MS);
      return match.route.handle({
        world: this.world,
        params: match.params,
        query: request.query,
        body,
        filesOrigin: this.#filesOrigin(),
        lagMs,
      });
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      throw error;
    }
  }
}

/** Simulated time that starts at the real one and runs `speed` times as fast. */
function fastClock(speed: number): () => number {
  const startedAtMs = Date.now();
  return () => Math.round(startedAtMs + (Date.now() - startedAtMs) * speed);
}

/** The segments of a path, or null if an escape is broken. */
function decode(path: string): string[] | null {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
  } catch {
    return null;
  }
}
