import { createRandom, type Random, seedOf } from '../../lib/random.ts';
import type { Scenario, TrainingPlan } from '../../scenario.ts';
import { conflict, plain, type Refusal } from '../answer.ts';
import { admit, onNothing } from './admission.ts';
import {
  inFlight,
  isNas,
  type SimulatedTraining,
  stateOf,
  type TrainingOrigin,
  type TrainingRequest,
  trainingBegins,
} from './training.ts';
import { createVersion, isTrainable, type SimulatedVersion } from './versions.ts';

/** Everything that the server remembers, and what a request may change about it. */
export class World {
  readonly scenario: Scenario;
  readonly versions: SimulatedVersion[];
  readonly trainings: SimulatedTraining[] = [];
  /** Annotation jobs, for the mode in which `/jobs` means those. */
  readonly annotationJobs: Record<string, unknown>[] = [];
  /** Number of requests so far. */
  requestCount = 0;
  readonly startedAtMs: number;
  readonly #clock: () => number;
  readonly #random: Random;

  constructor(scenario: Scenario, now: () => number) {
    this.scenario = scenario;
    this.#clock = now;
    this.#random = createRandom(seedOf(scenario.name));
    this.startedAtMs = now();
    this.versions = scenario.versions.map((spec) =>
      createVersion(spec, this.startedAtMs - spec.ageMs, this.startedAtMs),
    );
    for (const seed of scenario.seeded) {
      const request = { modelType: seed.modelType };
      this.#add(this.version(seed.version), request, 'seed', this.startedAtMs - seed.agoMs, seed.plan);
    }
  }

  now(): number {
    return this.#clock();
  }

  /** The version of that number, or 404. */
  version(number: number): SimulatedVersion {
    const found = this.versions.find((version) => version.spec.number === number);
    if (found === undefined) {
      throw plain(404, `Version ${number} does not exist.`, 'List the versions of the project.');
    }
    return found;
  }

  /** The runs of a version, oldest first. */
  trainingsOf(version: number): SimulatedTraining[] {
    return this.trainings.filter((training) => training.version === version);
  }

  /** Starts a run, or refuses as the reference says; the only way to pay. */
  start(version: SimulatedVersion, request: TrainingRequest, origin: TrainingOrigin): SimulatedTraining {
    admit(this.scenario, version, request);
    this.#checkRoom(version);
    const nowMs = this.now();
    const plan = isTrainable(version, request.modelType, nowMs)
      ? this.scenario.plan
      : onNothing(this.scenario.plan);
    return this.#add(version, request, origin, nowMs, plan);
  }

  /** Cancels where that is still possible; the answer tells about the refund (reference 2.3, D7). */
  cancel(training: SimulatedTraining, continueIfNoRefund: boolean): Record<string, unknown> {
    const nowMs = this.now();
    if (!inFlight(training, nowMs)) throw cannotCancel();
    const refund = nowMs <= trainingBegins(training) + training.plan.refundWindowMs;
    if (!refund && !continueIfNoRefund) return { refund: false };
    training.cancelledAtMs = nowMs;
    return refund ? { refund: true } : { success: true };
  }

  /** Asks for an early stop; the same answer however often (reference 2.3). */
  stop(training: SimulatedTraining): Record<string, unknown> {
    if (inFlight(training, this.now())) training.stopRequestedAtMs ??= this.now();
    return { success: true };
  }

  /** A new version made from the newest one; it generates for a while (reference 2.7). */
  generate(preprocessing: Record<string, unknown>, augmentation: Record<string, unknown>): SimulatedVersion {
    const newest = this.versions.reduce((a, b) => (b.spec.number > a.spec.number ? b : a));
    const nowMs = this.now();
    const number = newest.spec.number + 1;
    const spec = {
      ...newest.spec,
      number,
      name: `v${number} generated`,
      ageMs: 0,
      exports: [],
      preprocessing,
      augmentation,
      generatingMs: this.scenario.generateMs,
    };
    const version = createVersion(spec, nowMs, nowMs);
    this.versions.push(version);
    return version;
  }

  /** An SMPV version takes no second run beside or after one that counts (reference 2.4). */
  #checkRoom(version: SimulatedVersion): void {
    if (version.spec.kind === 'mmpv') return;
    const taken = this.trainingsOf(version.spec.number).some((training) => {
      const { end } = stateOf(training, this.now());
      return end !== 'failed' && end !== 'cancelled';
    });
    if (taken) throw conflict('VERSION_ALREADY_TRAINED', 'This version already has a training.');
  }

  #add(
    version: SimulatedVersion,
    requested: TrainingRequest,
    origin: TrainingOrigin,
    createdAtMs: number,
    plan: TrainingPlan,
  ): SimulatedTraining {
    const { workspace, project } = this.scenario;
    const { kind, number } = version.spec;
    const opaque = this.#random.hex(20);
    const { modelType } = requested;
    const training: SimulatedTraining = {
      id: kind === 'smpv' ? `${workspace}/${project}/${number}` : opaque,
      jobId: `job_${this.#random.hex(12)}`,
      workspace,
      project,
      version: number,
      kind,
      modelType,
      requested,
      origin,
      seeded: origin === 'seed',
      createdAtMs,
      createdByRequest: origin === 'seed' ? 0 : this.requestCount,
      modelGroup: isNas(modelType) ? `nas-${opaque.slice(0, 10)}` : null,
      plan,
    };
    this.trainings.push(training);
    return training;
  }
}

/** 409, as a cancel of a run that is over gets it (reference 2.1). */
export function cannotCancel(): Refusal {
  return conflict('CANNOT_CANCEL', 'The training has ended or was cancelled; there is nothing to cancel.');
}

/** 409, as a call without an id gets it when several runs could be meant (reference 2.1). */
export function multipleTrainings(): Refusal {
  return conflict('MULTIPLE_TRAININGS', 'This version has several trainings; name one by trainingId.');
}
