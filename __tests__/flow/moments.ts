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

/** A hang keeps main where it is, so that the signal meets it there for certain. */
export const MOMENTS: readonly Moment[] = [
  {
    moment: 'the reading of the version',
    route: 'version',
    count: 1,
    faults: [{ route: 'version', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'the list before the start',
    route: 'list',
    count: 1,
    faults: [{ route: 'list', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'a start that has not arrived',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'hang' } }],
    started: 0,
  },
  {
    moment: 'a start that has arrived and is not answered',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'hang', effect: 'after' } }],
    started: 1,
  },
  {
    moment: 'the answer of a start',
    route: 'start',
    count: 1,
    faults: [{ route: 'start', nth: 1, do: { kind: 'stall', effect: 'after' } }],
    started: 1,
  },
  {
    moment: 'the search for a start whose answer was lost',
    route: 'list',
    count: 2,
    faults: [
      { route: 'start', nth: 1, do: { kind: 'reset', effect: 'after' } },
      { route: 'list', nth: 2, do: { kind: 'hang' } },
    ],
    started: 1,
  },
  { moment: 'the start', route: 'start', count: 1, faults: [], started: 1 },
  {
    moment: 'the first look',
    route: 'poll',
    count: 1,
    faults: [{ route: 'poll', nth: 1, do: { kind: 'hang' } }],
    started: 1,
  },
  { moment: 'the wait', route: 'poll', count: 3, faults: [], started: 1 },
  {
    moment: 'a look that is not answered',
    route: 'poll',
    count: 2,
    faults: [{ route: 'poll', nth: 2, do: { kind: 'hang' } }],
    started: 1,
  },
];
