import type { Simulator } from '../../simulator/simulator.ts';

/** The requests of a start with its checks, where the workspace is known. The list is read again right before it: somebody may have begun the same. */
export const STARTED = [
  'GET /acme/hard-hats',
  'GET /acme/hard-hats/7/v2/trainings',
  'GET /acme/hard-hats/7',
  'GET /acme/hard-hats/7/v2/trainings/recipe',
  'GET /acme/hard-hats/7/v2/trainings',
  'POST /acme/hard-hats/7/v2/trainings',
];

/** Method and path of every request, with repetitions in a row told once and job ids as `ID`. */
export function routeOf(simulator: Simulator): readonly string[] {
  return simulator.requests
    .map(({ method, path }) => `${method} ${path.replace(/job_\w+/, 'ID')}`)
    .filter((line, index, all) => line !== all[index - 1]);
}
