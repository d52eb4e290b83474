import { createServer } from 'node:http';
import { closeAtOnce, listenOnLoopback } from './lib/loopback.ts';
import type { RecordedRequest } from './roboflow/server/recorded-request.ts';
import { Service, type SimulatorOptions } from './roboflow/server/service.ts';
import { isRequested, type SimulatedTraining } from './roboflow/world/training.ts';
import type { SimulatedVersion } from './roboflow/world/versions.ts';

export type { Fault, FaultAction, RouteName } from './faults.ts';
export { type FileHostOptions, sha256OfWeights } from './roboflow/server/file-host.ts';
export type { RecordedRequest } from './roboflow/server/recorded-request.ts';
export { defaultKey, type SimulatorOptions } from './roboflow/server/service.ts';
export { type SimulatedTraining, stateOf, type TrainingState } from './roboflow/world/training.ts';
export type { RoutesMode, Scenario } from './scenario.ts';
export type { ScenarioName } from './scenarios.ts';

/** A running simulator. */
export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT`, without the path prefix. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** The requests to the host that has the weights. */
  readonly downloads: RecordedRequest[];
  /** Every training that was ever paid for, by whomever. */
  readonly trainings: SimulatedTraining[];
  /** Every version that there is, by whomever. */
  readonly versions: readonly SimulatedVersion[];
  /** The trainings that a request started. */
  started(): SimulatedTraining[];
  /** Ends every connection and the server. */
  close(): Promise<void>;
}

/** Starts a simulator of the Roboflow REST API on loopback. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  let filesPort = 0;
  const service = new Service(options, () => `http://127.0.0.1:${filesPort}`);
  const files = createServer((request, response) => service.serveFile(request, response));
  const server = createServer((request, response) => service.serve(request, response));
  // Longer than any pause between two polls of a demo, so that no request meets a closing connection.
  server.keepAliveTimeout = 120_000;
  filesPort = await listenOnLoopback(files);
  const port = await listenOnLoopback(server, options.port);
  const close = async () => {
    service.end();
    await Promise.all([closeAtOnce(server), closeAtOnce(files)]);
  };
  return {
    url: `http://127.0.0.1:${port}`,
    requests: service.requests,
    downloads: service.downloads,
    trainings: service.world.trainings,
    versions: service.world.versions,
    started: () => service.world.trainings.filter(isRequested),
    close,
    [Symbol.asyncDispose]: close,
  };
}
