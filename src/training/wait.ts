import type { Context } from '../lib/context.ts';
import { type Observer, observe, type Seen, type TellLeft } from './observe.ts';
import type { Look } from './route.ts';
import { nextLookMs } from './schedule.ts';
import { hasEnded, type Training } from './training.ts';

/** What a wait came to. `silent`: no good answer came for too long. */
export type WaitResult =
  | { readonly kind: 'ended'; readonly training: Training; readonly seen: Seen }
  | { readonly kind: 'timeout'; readonly training: Training; readonly error: Error | undefined }
  | { readonly kind: 'silent'; readonly training: Training; readonly error: Error };

/** How to wait. */
export interface WaitPlan {
  /** Looks once, and repeats by itself until the given moment. */
  readonly look: (untilMs: number) => Promise<Look>;
  /** How long the API may give no good answer. */
  readonly patienceMs: number;
  readonly timeoutAtMs: number;
  /** Undefined: the adaptive schedule. */
  readonly pollIntervalMs: number | undefined;
  readonly tellLeft?: TellLeft | undefined;
}

/**
 * Looks at `training`, which was just read, until it has ended, the timeout has passed or the API has been silent for
 * too long. A last look comes before a timeout is declared. An unknown status word is no end.
 */
export async function waitForEnd(training: Training, plan: WaitPlan, context: Context): Promise<WaitResult> {
  const { clock, log, signal } = context;
  const observer = observe(log, training, clock.now(), plan.tellLeft);
  if (hasEnded(training.phase)) return { kind: 'ended', training, seen: observer.seen() };
  for (let looks = 0; ; looks += 1) {
    await clock.sleep(pauseBefore(looks, observer, plan, context), signal);
    const lookAtMs = clock.now();
    const look = await plan.look(Math.min(lookAtMs + plan.patienceMs, plan.timeoutAtMs));
    if (look.kind === 'silent') {
      const kind = clock.now() >= plan.timeoutAtMs ? 'timeout' : 'silent';
      return { kind, training: observer.latest(), error: look.error };
    }
    observer.saw(look.training, clock.now());
    const latest = observer.latest();
    if (hasEnded(latest.phase)) return { kind: 'ended', training: latest, seen: observer.seen() };
    if (lookAtMs >= plan.timeoutAtMs) return { kind: 'timeout', training: latest, error: undefined };
  }
}

/** The first look reads back what was started, so it comes soon, however seldom the rest may be. */
function pauseBefore(
  looks: number,
  observer: Observer,
  { pollIntervalMs, timeoutAtMs }: WaitPlan,
  { clock }: Context,
): number {
  const nowMs = clock.now();
  const adaptiveMs = nextLookMs(observer.pace(), nowMs, clock.random());
  const fixedMs = pollIntervalMs ?? adaptiveMs;
  const pauseMs = looks === 0 ? Math.min(fixedMs, adaptiveMs) : fixedMs;
  return Math.max(0, Math.min(pauseMs, timeoutAtMs - nowMs));
}
