import type { FaultAction, RouteName } from '../../simulator/faults.ts';
import type { Scenario } from '../../simulator/scenario.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { brief } from './scenes.ts';

/**
 * Roboflow's two training APIs, what each calls the first training of a fine-tune, and how many requests a step that is told the
 * route makes up to and with its start: workspace, project, list, version, the list again, start, and on v2 the recipe.
 */
export const ROUTES = [
  { route: 'jobs', id: 'job_4c2aab22506c', requestsToStart: 6 },
  { route: 'trainings', id: '666934f109234004a782', requestsToStart: 7 },
] as const;

/** A place in a step at which something can go wrong, on a server that has only one of the two APIs. */
export interface Stage {
  readonly route: 'jobs' | 'trainings';
  readonly stage: string;
  readonly at: { readonly route: RouteName; readonly nth: number };
  /** How many trainings were started when the step ends here. */
  readonly begun: 0 | 1;
  readonly scenario: Scenario;
  readonly inputs: Readonly<Record<string, string>>;
}

const FINE_TUNE = brief('fine-tune');
const NOT_EXPORTED: Scenario = {
  ...FINE_TUNE,
  versions: FINE_TUNE.versions.map((version) => ({ ...version, exports: [] })),
};
/** Only the models list has its metrics. */
const ONLY_LISTED = brief('fine-tune', { shows: ['models'] });
/** The first look comes soon, the second when the training is over, so the third is for the results. */
const LATE_LOOK = { 'poll-interval': '200s' };

type Place = readonly [route: RouteName, nth: number];

function stage(
  route: Stage['route'],
  name: string,
  [at, nth]: Place,
  begun: Stage['begun'],
  { scenario = FINE_TUNE, inputs = {} }: Partial<Pick<Stage, 'scenario' | 'inputs'>> = {},
): Stage {
  return { route, stage: name, at: { route: at, nth }, begun, scenario, inputs: { route, ...inputs } };
}

/** What both routes have in common. */
function common(route: Stage['route']): readonly Stage[] {
  return [
    stage(route, 'the choice of the route', ['any', 3], 0, { inputs: { route: 'auto' } }),
    stage(route, 'the list before the start', ['list', 1], 0),
    stage(route, 'the start', ['start', 1], 0),
    stage(route, 'the first look', ['poll', 1], 1),
    stage(route, 'the wait', ['poll', 2], 1),
  ];
}

/** Version and export are read by the same code on either route, so each stands once. */
export const STAGES: readonly Stage[] = [
  ...common('jobs'),
  stage('jobs', "the question for the key's workspace", ['root', 1], 0),
  stage('jobs', 'the project', ['project', 1], 0),
  stage('jobs', 'the version', ['version', 1], 0),
  stage('jobs', 'the results', ['results', 1], 1),
  stage('jobs', 'the models', ['models', 1], 1, { scenario: ONLY_LISTED }),
  ...common('trainings'),
  stage('trainings', 'the export', ['export', 1], 0, { scenario: NOT_EXPORTED }),
  stage('trainings', 'the results', ['poll', 3], 1, { inputs: LATE_LOOK }),
  stage('trainings', 'the models', ['models', 1], 1, { scenario: ONLY_LISTED }),
];

const MOST_TRIED = ['the list before the start', 'the start', 'the wait', 'the results', 'the models'];

/**
 * Whether one fault of each kind is tried here; on the rest a few are. Both routes send their requests by the same code, so it
 * is tried on one of them, and for the start on both. That statuses of one kind are dealt with alike is held by `roboflow/http`.
 */
export function isMostTried({ stage: name, route }: Stage): boolean {
  return MOST_TRIED.includes(name) && (route === 'jobs' || name === 'the start');
}

/** One fault at the stage. */
export function once({ at }: Stage, action: FaultAction): Fault {
  return { ...at, do: action };
}

/** The same fault at every request of the stage, and of all that share its route after it. */
export function forGood({ at }: Stage, action: FaultAction): Fault {
  return { route: at.route, nth: [at.nth, 9_999], do: action };
}
