import type { FaultAction } from '../../simulator/faults.ts';
import type { Fault, RecordedRequest } from '../../simulator/simulator.ts';

/** A moment at which a step can be interrupted. */
export interface Moment {
  readonly moment: string;
  /** It is at this answer of this route. */
  readonly route: RecordedRequest['route'];
  readonly count: number;
  readonly faults: readonly Fault[];
  /** How many trainings were started by then. */
  readonly started: 0 | 1;
}

const hang: FaultAction = { kind: 'hang' };
const arrived = (kind: 'hang' | 'stall' | 'reset'): FaultAction => ({ kind, effect: 'after' });

function moment(
  name: string,
  [route, count]: readonly ['version' | 'list' | 'start' | 'poll', number],
  started: 0 | 1,
  action?: FaultAction,
  before: readonly Fault[] = [],
): Moment {
  const faults = action === undefined ? before : [...before, { route, nth: count, do: action }];
  return { moment: name, route, count, faults, started };
}

/** A hang keeps main where it is, so that the signal meets it there for certain. */
export const MOMENTS: readonly Moment[] = [
  moment('the reading of the version', ['version', 1], 0, hang),
  moment('the list before the start', ['list', 1], 0, hang),
  moment('a start that has not arrived', ['start', 1], 0, hang),
  moment('a start that has arrived and is not answered', ['start', 1], 1, arrived('hang')),
  moment('the answer of a start', ['start', 1], 1, arrived('stall')),
  moment('the search for a start whose answer was lost', ['list', 3], 1, hang, [
    { route: 'start', nth: 1, do: arrived('reset') },
  ]),
  moment('the start', ['start', 1], 1),
  moment('the first look', ['poll', 1], 1, hang),
  moment('the wait', ['poll', 3], 1),
  moment('a look that is not answered', ['poll', 2], 1, hang),
];
