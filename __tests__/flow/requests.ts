import type { Simulator } from '../../simulator/simulator.ts';

/** Method and path of every request, with repetitions in a row told once and job ids as `ID`. */
export function routeOf(simulator: Simulator): readonly string[] {
  return simulator.requests
    .map(({ method, path }) => `${method} ${path.replace(/job_\w+/, 'ID')}`)
    .filter((line, index, all) => line !== all[index - 1]);
}
