import type { TrainingEnd, TrainingPlan, VersionKind } from '../../scenario.ts';

/** What the request that started a run asked for, as far as the server understood it. */
export interface TrainingRequest {
  readonly modelType: string;
  readonly epochs?: number;
  readonly checkpoint?: string;
  readonly speed?: string;
  readonly trainRecipe?: Readonly<Record<string, unknown>>;
}

/** Which door a run came in through. */
export type TrainingOrigin = 'seed' | 'jobs' | 'train' | 'trainings';

/** One paid run. Only the two times of interference ever change; the rest follows from the clock. */
export interface SimulatedTraining {
  /** `workspace/project/version` on an SMPV version, 20 hex characters on an MMPV one (reference, section 0). */
  readonly id: string;
  readonly jobId: string;
  readonly workspace: string;
  readonly project: string;
  readonly version: number;
  readonly kind: VersionKind;
  readonly modelType: string;
  readonly requested: TrainingRequest;
  readonly origin: TrainingOrigin;
  readonly seeded: boolean;
  readonly createdAtMs: number;
  /** 1-based number of the request that created it; 0 for a seeded run. */
  readonly createdByRequest: number;
  readonly modelGroup: string | null;
  readonly plan: TrainingPlan;
  cancelledAtMs?: number;
  stopRequestedAtMs?: number;
}

/** Where a run stands at one moment. */
export interface TrainingState {
  readonly phase: 'queued' | 'warming' | 'training' | 'mining' | 'ended';
  /** Set with phase `ended` only. */
  readonly end?: TrainingEnd;
  readonly endedAtMs?: number;
  /** 0..1 */
  readonly progress: number;
}

/** NAS parents carry `-nas` and the children are mined at the end (reference, section 4). */
export function isNas(modelType: string): boolean {
  return modelType.includes('-nas');
}

/** When training proper begins: the queue and the machine's start-up are over. */
export function trainingBegins(training: SimulatedTraining): number {
  return training.createdAtMs + training.plan.queueMs + (training.plan.warmUp?.ms ?? 0);
}

/** The state of a run, from nothing but the run and the time. */
export function stateOf(training: SimulatedTraining, nowMs: number): TrainingState {
  const { plan } = training;
  const begins = trainingBegins(training);
  const over = endOf(training);
  const until = Math.min(nowMs, over.atMs);
  const whole = plan.trainMs + (plan.miningMs ?? 0);
  const progress = whole === 0 ? 0 : Math.min(1, Math.max(0, (until - begins) / whole));
  if (nowMs >= over.atMs) {
    return {
      phase: 'ended',
      end: over.end,
      endedAtMs: over.atMs,
      progress: over.end === 'complete' ? 1 : progress,
    };
  }
  if (nowMs < training.createdAtMs + plan.queueMs) return { phase: 'queued', progress: 0 };
  if (nowMs < begins) return { phase: 'warming', progress: 0 };
  return { phase: nowMs < begins + plan.trainMs ? 'training' : 'mining', progress };
}

/** Is the run still going (and costing)? */
export function inFlight(training: SimulatedTraining, nowMs: number): boolean {
  return stateOf(training, nowMs).phase !== 'ended';
}

/** The reason shown with a failed run, or null. */
export function failureReason(training: SimulatedTraining, nowMs: number): string | null {
  if (stateOf(training, nowMs).end !== 'failed') return null;
  return training.plan.failureReason ?? null;
}

/** Can metrics be read yet? Weights, and so metrics, exist after a complete or a stopped run. */
export function metricsReady(training: SimulatedTraining, nowMs: number): boolean {
  const state = stateOf(training, nowMs);
  if (state.endedAtMs === undefined) return false;
  if (state.end !== 'complete' && state.end !== 'stopped') return false;
  return nowMs >= state.endedAtMs + (training.plan.metricsDelayMs ?? 0);
}

function endOf(training: SimulatedTraining): { end: TrainingEnd; atMs: number } {
  const { plan, cancelledAtMs, stopRequestedAtMs } = training;
  const begins = trainingBegins(training);
  const early = plan.endsAt !== undefined;
  const planned = early ? plan.trainMs * (plan.endsAt ?? 1) : plan.trainMs + (plan.miningMs ?? 0);
  let over: { end: TrainingEnd; atMs: number } = { end: plan.end, atMs: begins + planned };
  if (stopRequestedAtMs !== undefined) {
    const atMs = Math.max(stopRequestedAtMs, begins) + plan.stopMs;
    if (atMs < over.atMs) over = { end: 'stopped', atMs };
  }
  if (cancelledAtMs !== undefined && cancelledAtMs < over.atMs)
    over = { end: 'cancelled', atMs: cancelledAtMs };
  return over;
}
