import { createRandom, type Random, seedOf } from '../../lib/random.ts';
import type { OtherTraining, OtherVersion, Scenario } from '../../scenario.ts';
import type { TrainingPlan } from '../../training-plan.ts';
import { plain } from '../answer.ts';
import { checkStart, planWithoutData } from './admission.ts';
import { cannotCancel, versionAlreadyTrained } from './conflicts.ts';
import {
  inFlight,
  isSearch,
  type Origin,
  type SimulatedTraining,
  stateOf,
  type TrainingRequest,
  trainingBeginsAtMs,
} from './training.ts';
import { createVersion, imagesOfNewProject, isTrainable, type SimulatedVersion } from './versions.ts';

/** Everything that the server remembers, and what a request may change about it. */
export class World {
  readonly scenario: Scenario;
  readonly versions: SimulatedVersion[];
  readonly trainings: SimulatedTraining[] = [];
  /** The `url` of every model that has a star. */
  readonly starred = new Set<string>();
  /** Labelling jobs, for the mode in which `/jobs` means those. */
  readonly annotationJobs: Record<string, unknown>[] = [];
  readonly startedAtMs: number;
  readonly #clock: () => number;
  readonly #random: Random;
  readonly #counts = { start: 0, generate: 0 };
  readonly #due: { readonly make: (atMs: number) => void; readonly atMs: number }[] = [];

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

  /** To be called once a request, before it is answered: makes what others make by now. */
  noteRequest(route: string | null): void {
    for (const { make, atMs } of this.#due.filter((due) => due.atMs <= this.now())) make(atMs);
    const waiting = this.#due.filter((due) => due.atMs > this.now());
    this.#due.splice(0, Number.POSITIVE_INFINITY, ...waiting);
    if (route === 'start') this.#noteStart(this.scenario.others ?? []);
    if (route === 'generate') this.#noteGenerate(this.scenario.otherVersions ?? []);
  }

  #noteStart(others: readonly OtherTraining[]): void {
    this.#counts.start += 1;
    for (const { version, modelType, plan, afterStart, delayMs = 0 } of others) {
      if (afterStart !== this.#counts.start) continue;
      const make = (atMs: number) => this.#add(this.version(version), { modelType }, 'other', atMs, plan);
      this.#due.push({ make, atMs: this.now() + delayMs });
    }
  }

  #noteGenerate(others: readonly OtherVersion[]): void {
    this.#counts.generate += 1;
    for (const { afterGenerate, delayMs = 0, augmentation } of others) {
      if (afterGenerate !== this.#counts.generate) continue;
      const make = () => {
        const newest = this.versions.at(-1)?.spec;
        this.generate(newest?.preprocessing ?? {}, augmentation ?? newest?.augmentation ?? {}, 'other');
      };
      this.#due.push({ make, atMs: this.now() + delayMs });
    }
  }

  /** To be called when an answer says where `training` is: late answers count from there. */
  noteShown(training: SimulatedTraining): void {
    if (!inFlight(training, this.now())) training.endShownAtMs ??= this.now();
  }

  /** The version of that number, or 404. */
  version(number: number): SimulatedVersion {
    const found = this.versions.find((version) => version.spec.number === number);
    if (found === undefined) {
      throw plain(404, `Version ${number} does not exist.`, 'List the versions of the project.');
    }
    return found;
  }

  /** The trainings of a version, oldest first. */
  trainingsOf(version: number): SimulatedTraining[] {
    return this.trainings.filter((training) => training.version === version);
  }

  /** Starts a training, or refuses it as Roboflow would. This is the only way to pay. */
  start(version: SimulatedVersion, request: TrainingRequest, origin: Origin): SimulatedTraining {
    checkStart(this.scenario, version, request);
    this.#checkRoom(version);
    const nowMs = this.now();
    const own = this.scenario.planOf?.[request.modelType] ?? this.scenario.plan;
    const plan = isTrainable(version, request.modelType, nowMs) ? own : planWithoutData(own);
    return this.#add(version, request, origin, nowMs, plan);
  }

  /** Cancels if that is still possible; the answer tells about the refund (docs/internals/roboflow-api.md#d7-what-a-cancel-answers). */
  cancel(training: SimulatedTraining, continueIfNoRefund: boolean): Record<string, unknown> {
    const nowMs = this.now();
    if (!inFlight(training, nowMs)) throw cannotCancel();
    const refund = nowMs <= trainingBeginsAtMs(training) + training.plan.refundWindowMs;
    if (!refund && !continueIfNoRefund) return { refund: false };
    training.cancelledAtMs = nowMs;
    return refund ? { refund: true } : { success: true };
  }

  /** Asks for an early stop; the same answer however often (docs/internals/roboflow-api.md#version-training-routes). */
  stop(training: SimulatedTraining): Record<string, unknown> {
    if (inFlight(training, this.now())) training.stopRequestedAtMs ??= this.now();
    return { success: true };
  }

  /** A new version with the images of the newest one; it generates for a while (docs/internals/roboflow-api.md#project-generate-and-export). */
  generate(
    preprocessing: Readonly<Record<string, unknown>>,
    augmentation: Readonly<Record<string, unknown>>,
    origin: Origin = 'generate',
  ): SimulatedVersion {
    const newest = this.versions.toSorted((a, b) => b.spec.number - a.spec.number).at(0);
    const nowMs = this.now();
    const number = (newest?.spec.number ?? 0) + 1;
    const spec = {
      ...(newest?.spec ?? imagesOfNewProject),
      number,
      name: `v${number} generated`,
      ageMs: 0,
      exports: [],
      preprocessing,
      augmentation,
      generatingMs: this.scenario.generateMs,
    };
    const version = createVersion(spec, nowMs, nowMs, origin);
    this.versions.push(version);
    return version;
  }

  /** A one-model version takes no second training beside or after one that counts (docs/internals/roboflow-api.md#v2-trainings). */
  #checkRoom(version: SimulatedVersion): void {
    if (version.spec.kind === 'mmpv') return;
    const taken = this.trainingsOf(version.spec.number).some((training) => {
      const { end } = stateOf(training, this.now());
      return end !== 'failed' && end !== 'cancelled';
    });
    if (taken) throw versionAlreadyTrained();
  }

  #add(
    version: SimulatedVersion,
    requested: TrainingRequest,
    origin: Origin,
    createdAtMs: number,
    plan: TrainingPlan,
  ): SimulatedTraining {
    const { workspace, project, shownTypes = {} } = this.scenario;
    const { kind, number } = version.spec;
    const opaque = this.#random.hex(20);
    const training: SimulatedTraining = {
      id: kind === 'smpv' ? `${workspace}/${project}/${number}` : opaque,
      jobId: `job_${this.#random.hex(12)}`,
      workspace,
      project,
      version: number,
      kind,
      modelType: shownTypes[requested.modelType] ?? requested.modelType,
      requested,
      origin,
      createdAtMs,
      modelGroup: isSearch(requested.modelType) ? `nas-${opaque.slice(0, 10)}` : null,
      plan,
    };
    const { endedAtMs } = stateOf(training, this.startedAtMs);
    if (endedAtMs !== undefined) training.endShownAtMs = endedAtMs;
    this.trainings.push(training);
    return training;
  }
}
