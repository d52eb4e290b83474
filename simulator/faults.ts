/** The routes that a fault can name. `list`, `start`, `poll`, `cancel` and `stop` mean both training routes. */
export type RouteName =
  | 'root'
  | 'compare'
  | 'images'
  | 'workspace'
  | 'project'
  | 'version'
  | 'generate'
  | 'export'
  | 'list'
  | 'start'
  | 'poll'
  | 'results'
  | 'models'
  | 'favorite'
  | 'cancel'
  | 'stop'
  | 'recipe'
  | 'weights'
  | 'signed-file'
  /** The list of evaluations. */
  | 'evals'
  /** One evaluation, and its panels. */
  | 'eval'
  | 'any';

/** Does the request take effect before it goes wrong? Default everywhere: `before`, it does not. */
export type Effect = 'before' | 'after';

/** What goes wrong. */
export type FaultAction =
  /** This status; without `body`, an error object. */
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly effect?: Effect;
    }
  /** A page of HTML, as a proxy sends it. */
  | { readonly kind: 'html'; readonly status: number; readonly effect?: Effect }
  /** The connection is reset without an answer. */
  | { readonly kind: 'reset'; readonly effect?: Effect }
  /** Headers and a part of the body, then the connection closes. */
  | { readonly kind: 'cut'; readonly effect?: Effect }
  /** Headers and a part of the body, then silence. */
  | { readonly kind: 'stall'; readonly effect?: Effect }
  /** Never an answer. */
  | { readonly kind: 'hang'; readonly effect?: Effect }
  /** 200 and an empty body. */
  | { readonly kind: 'empty'; readonly effect?: Effect }
  /** 200, called JSON, and bytes that are not. */
  | { readonly kind: 'garbage'; readonly effect?: Effect }
  /** 200 and this JSON in place of the right one. */
  | { readonly kind: 'json'; readonly body: unknown; readonly effect?: Effect }
  /** The right answer, after so many real milliseconds. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** To another address; `status` is 302 unless told. */
  | { readonly kind: 'redirect'; readonly location: string; readonly status?: number }
  /** A list without what requests made less than `forMs` ago: trainings, or versions of the project. */
  | { readonly kind: 'lag'; readonly forMs: number };

/** One rule: on this route, for these requests, do that. Of several rules that fit, the first counts. */
export interface Fault {
  readonly route: RouteName;
  /** 1-based number of the request on this route, or the first and last of a range; default: every one. */
  readonly nth?: number | readonly [from: number, to: number];
  readonly do: FaultAction;
}

/** Counts requests by route, and tells which fault is for a request. */
export class FaultBook {
  readonly #faults: readonly Fault[];
  readonly #seen = new Map<RouteName, number>();

  constructor(faults: readonly Fault[]) {
    this.#faults = faults;
  }

  /** To be called once a request: counts it, and gives the action that is for it. */
  next(route: RouteName | null): FaultAction | null {
    const any = this.#count('any');
    const own = route === null ? 0 : this.#count(route);
    const fault = this.#faults.find((candidate) => {
      if (candidate.route === 'any') return covers(candidate.nth, any);
      return candidate.route === route && covers(candidate.nth, own);
    });
    return fault?.do ?? null;
  }

  #count(route: RouteName): number {
    const seen = (this.#seen.get(route) ?? 0) + 1;
    this.#seen.set(route, seen);
    return seen;
  }
}

/** Does the request take effect under this fault? */
export function takesEffect(action: FaultAction): boolean {
  switch (action.kind) {
    case 'slow':
    case 'lag':
      return true;
    case 'redirect':
      return false;
    default:
      return action.effect === 'after';
  }
}

function covers(nth: Fault['nth'], count: number): boolean {
  if (nth === undefined) return true;
  if (typeof nth === 'number') return nth === count;
  return nth[0] <= count && count <= nth[1];
}
