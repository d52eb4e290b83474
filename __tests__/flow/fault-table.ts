import type { FaultAction } from '../../simulator/faults.ts';

/** A fault by a name for people. */
export interface NamedFault {
  readonly name: string;
  readonly action: FaultAction;
  /** It lasts until the request's deadline, so the clock may not run so fast that one deadline is long. */
  readonly waits?: true;
}

const inSeconds = { 'retry-after': '20' };

/** What goes away by itself, without the request having taken effect. */
export const passing: readonly NamedFault[] = [
  { name: '408', action: { kind: 'status', status: 408 } },
  { name: '425', action: { kind: 'status', status: 425 } },
  { name: '429', action: { kind: 'status', status: 429 } },
  { name: '429 with Retry-After in seconds', action: { kind: 'status', status: 429, headers: inSeconds } },
  { name: '500', action: { kind: 'status', status: 500 } },
  { name: '502', action: { kind: 'status', status: 502 } },
  { name: '503 with Retry-After in seconds', action: { kind: 'status', status: 503, headers: inSeconds } },
  { name: '504 with an empty body', action: { kind: 'status', status: 504, body: '' } },
  { name: 'HTML with 200', action: { kind: 'html', status: 200 } },
  { name: 'HTML with 502', action: { kind: 'html', status: 502 } },
  { name: 'a reset', action: { kind: 'reset' } },
  { name: 'a cut body', action: { kind: 'cut' } },
  { name: 'an empty body', action: { kind: 'empty' } },
  { name: 'garbage', action: { kind: 'garbage' } },
  { name: 'JSON of another shape', action: { kind: 'json', body: { hello: 'world' } } },
  { name: 'JSON null', action: { kind: 'json', body: null } },
  { name: 'a stalled body', action: { kind: 'stall' }, waits: true },
  { name: 'no answer at all', action: { kind: 'hang' }, waits: true },
];

const EACH_KIND: readonly string[] = [
  '429 with Retry-After in seconds',
  'HTML with 200',
  'a reset',
  'a cut body',
  'an empty body',
  'garbage',
  'JSON of another shape',
  'a stalled body',
  'no answer at all',
];

/** Of `passing` one of each kind, for places that the same code leads to as those where all of it stands. */
export const passingOfEachKind = passing.filter(({ name }) => EACH_KIND.includes(name));

/** Of those a few, for places that most are led to from by the same code. */
export const fewPassing = passing.filter(({ name }) =>
  ['502', 'a cut body', 'no answer at all'].includes(name),
);

/** What only looks like a failure: the request took effect. */
export const unclear: readonly NamedFault[] = [
  { name: '408 all the same', action: { kind: 'status', status: 408, effect: 'after' } },
  { name: '500 all the same', action: { kind: 'status', status: 500, effect: 'after' } },
  { name: '502 all the same', action: { kind: 'status', status: 502, effect: 'after' } },
  { name: '503 all the same', action: { kind: 'status', status: 503, effect: 'after' } },
  { name: 'HTML with 200 all the same', action: { kind: 'html', status: 200, effect: 'after' } },
  { name: 'HTML with 502 all the same', action: { kind: 'html', status: 502, effect: 'after' } },
  { name: 'a reset after it took effect', action: { kind: 'reset', effect: 'after' } },
  { name: 'a cut answer', action: { kind: 'cut', effect: 'after' } },
  { name: 'an empty answer', action: { kind: 'empty', effect: 'after' } },
  { name: 'garbage for an answer', action: { kind: 'garbage', effect: 'after' } },
  {
    name: 'JSON of another shape all the same',
    action: { kind: 'json', body: { success: true }, effect: 'after' },
  },
  { name: 'a stalled answer', action: { kind: 'stall', effect: 'after' }, waits: true },
  { name: 'an answer that never comes', action: { kind: 'hang', effect: 'after' }, waits: true },
];

/** What says no for good. */
export const final: readonly NamedFault[] = [
  { name: '400', action: { kind: 'status', status: 400 } },
  { name: '401', action: { kind: 'status', status: 401 } },
  { name: '402', action: { kind: 'status', status: 402 } },
  { name: '403', action: { kind: 'status', status: 403 } },
  { name: '409', action: { kind: 'status', status: 409 } },
  { name: '422', action: { kind: 'status', status: 422 } },
];

/** A thing that is not there; where it was seen before it may flicker. */
export const missing: NamedFault = { name: '404', action: { kind: 'status', status: 404 } };

/** Any object in a 2xx answer is how a cancel succeeds, but for `refund: false`, and so is an empty one (docs/internals/roboflow-api.md#d7-what-a-cancel-answers). */
export function isNoSuccess({ action }: NamedFault): boolean {
  return action.kind !== 'empty' && (action.kind !== 'json' || action.body === null);
}
