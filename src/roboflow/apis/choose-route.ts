import type { Training } from '../../training/training.ts';
import {
  type Abilities,
  ROUTE_NAMES,
  type RouteName,
  type TrainingApi,
} from '../../training/training-api.ts';
import { listTrainings } from '../endpoints/trainings.ts';
import type { InProject } from '../http/api.ts';
import { ifThere } from '../http/outcome.ts';
import { JOBS_CAN, jobsRoute } from './jobs-api.ts';
import { TRAININGS_CAN, trainingsRoute } from './trainings-api.ts';

/** A route, and why it is this one. */
export interface ChosenRoute {
  readonly route: TrainingApi;
  readonly reason: string;
  /** The trainings of the version that was asked about, if they were listed to decide. */
  readonly listed?: readonly Training[];
}

const APIS: Readonly<
  Record<RouteName, { readonly can: Abilities; readonly open: (here: InProject) => TrainingApi }>
> = { trainings: { can: TRAININGS_CAN, open: trainingsRoute }, jobs: { can: JOBS_CAN, open: jobsRoute } };

/** The route of that name. */
export function routeNamed(name: RouteName, here: InProject): TrainingApi {
  return APIS[name].open(here);
}

/** Whether the route can do something, before it is known which; with `auto` only if each can. */
export function canAlways(route: RouteName | 'auto', ability: keyof Abilities): boolean {
  return (route === 'auto' ? ROUTE_NAMES : [route]).every((name) => APIS[name].can[ability]);
}

/** Which of the training APIs to use, by reading: `jobs` only without `v2/trainings` (docs/internals/roboflow-api.md#d1-jobs-may-be-labelling-jobs). */
export async function chooseRoute(
  wanted: RouteName | 'auto',
  version: number,
  here: InProject,
): Promise<ChosenRoute> {
  if (wanted !== 'auto') return { route: routeNamed(wanted, here), reason: 'as the input says' };
  const list = () => ifThere(() => listTrainings(here, version));
  // Once could be a flicker.
  const listed = (await list()) ?? (await list());
  return listed === undefined
    ? { route: routeNamed('jobs', here), reason: 'since this server has no v2/trainings' }
    : { route: routeNamed('trainings', here), reason: 'which this server has', listed };
}
