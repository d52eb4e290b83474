import type { TrainingEnd, TrainingIdentity, TrainingPlan } from '../../training-plan.ts';

/** What the request that started a training asked for, as far as the server understood it. */
export interface TrainingRequest {
  readonly modelType: string;
  readonly epochs?: number;
  readonly checkpoint?: string;
  readonly speed?: string;
  readonly trainRecipe?: Readonly<Record<string, unknown>>;
}

/** Who made a training or version: a request on one of the routes, or somebody else, before the simulator started or later. */
export type Origin = 'jobs' | 'train' | 'trainings' | 'generate' | 'seed' | 'other';

/** One training, paid for. Only the last three fields ever change; the rest follows from the clock. */
export interface SimulatedTraining extends TrainingIdentity {
  readonly jobId: string;
  readonly requested: TrainingRequest;
  readonly origin: Origin;
  readonly createdAtMs: number;
  readonly modelGroup: string | null;
  readonly plan: TrainingPlan;
  cancelledAtMs?: number;
  stopRequestedAtMs?: number;
  /** When an answer first said that it is over. */
  endShownAtMs?: number;
}

/** Where a training is at one moment. */
export interface TrainingState {
  readonly phase: 'queued' | 'warming' | 'training' | 'mining' | 'ended';
  /** Set with phase `ended` only. */
  readonly end?: TrainingEnd;
  readonly endedAtMs?: number;
  /** 0..1 */
  readonly progress: number;
}

/** The model types of architecture searches (docs/internals/roboflow-api.md#architecture-searches). `yolo_nas_s` is an ordinary fine-tune. */
const searchTypes: readonly string[] = [
  'rfdetr-nas-parent',
  'rfdetr-nas-pecoret-parent',
  'rfdetr-nas-base-parent',
  'rfdetr-nas-seg-parent',
];

/** Is a training of this type an architecture search, which mines its children at the end? */
export function isSearch(modelType: string): boolean {
  return searchTypes.includes(modelType);
}

/** Did a request start it? */
export function isRequested({ origin }: Pick<SimulatedTraining, 'origin'>): boolean {
  return origin !== 'seed' && origin !== 'other';
}

/** When training itself begins: queue and start-up of the machine are over. */
export function trainingBeginsAtMs(training: SimulatedTraining): number {
  return training.createdAtMs + training.plan.queueMs + (training.plan.warmUp?.ms ?? 0);
}

/** The state of a training, from nothing but the training and the time. */
export function stateOf(training: SimulatedTraining, nowMs: number): TrainingState {
  const { plan } = training;
  const beginsAtMs = trainingBeginsAtMs(training);
  const over = endOf(training);
  const until = Math.min(nowMs, over.atMs);
  const whole = plan.trainMs + (plan.miningMs ?? 0);
  const progress = whole === 0 ? 0 : Math.min(1, Math.max(0, (until - beginsAtMs) / whole));
  if (nowMs >= over.atMs) {
    return {
      phase: 'ended',
      end: over.end,
      endedAtMs: over.atMs,
      progress: over.end === 'complete' ? 1 : progress,
    };
  }
  if (nowMs < training.createdAtMs + plan.queueMs) return { phase: 'queued', progress: 0 };
  if (nowMs < beginsAtMs) return { phase: 'warming', progress: 0 };
  return { phase: nowMs < beginsAtMs + plan.trainMs ? 'training' : 'mining', progress };
}

/** Is the training still going (and costing)? */
export function inFlight(training: SimulatedTraining, nowMs: number): boolean {
  return stateOf(training, nowMs).phase !== 'ended';
}

/** Did the training end with weights: complete, or stopped early? */
export function keptWeights(training: SimulatedTraining, nowMs: number): boolean {
  const { end } = stateOf(training, nowMs);
  return end === 'complete' || end === 'stopped';
}

/** The reason shown with a failed training, or null. */
export function failureReason(training: SimulatedTraining, nowMs: number): string | null {
  if (stateOf(training, nowMs).end !== 'failed') return null;
  return training.plan.failureReason ?? null;
}

function endOf(training: SimulatedTraining): { end: TrainingEnd; atMs: number } {
  const { plan, cancelledAtMs, stopRequestedAtMs } = training;
  const beginsAtMs = trainingBeginsAtMs(training);
  const early = plan.endsAt !== undefined;
  const planned = early ? plan.trainMs * (plan.endsAt ?? 1) : plan.trainMs + (plan.miningMs ?? 0);
  let over: { end: TrainingEnd; atMs: number } = { end: plan.end, atMs: beginsAtMs + planned };
  if (stopRequestedAtMs !== undefined) {
    const atMs = Math.max(stopRequestedAtMs, beginsAtMs) + plan.stopMs;
    if (atMs < over.atMs) over = { end: 'stopped', atMs };
  }
  if (cancelledAtMs !== undefined && cancelledAtMs < over.atMs)
    over = { end: 'cancelled', atMs: cancelledAtMs };
  return over;
}
