import { actionsBot, type Github } from '../../simulator/github.ts';
import type { Scenario, TrainingPlan } from '../../simulator/scenario.ts';
import { scenarios } from '../../simulator/scenarios.ts';
import { runningDescription } from '../../src/github/status/description.ts';
import { type StatusSubject, targetUrlOf } from '../../src/github/status/target-url.ts';
import { START_MS } from './clock.ts';
import { openStatusWorld, type StatusWorld, type StatusWorldOptions } from './status-world.ts';

const HOUR_MS = 3_600_000;

/** The head of the pull request of that number. */
export function headOf(number: number): string {
  return number.toString(16).padStart(40, 'b');
}

/** Open pull requests from 1 on. */
export function openPullRequests(count: number) {
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    state: 'open' as const,
    commits: [headOf(index + 1)],
  }));
}

/** A world with so many trainings, each pending on the head of a pull request of its own. */
export interface PendingWorld extends StatusWorld {
  readonly subjects: readonly StatusSubject[];
}

/** What a world with pending statuses is made of. */
export interface PendingOptions extends StatusWorldOptions {
  readonly count?: number;
  /** How all the trainings go on, which were started an hour ago. They have ended with map50 84.2 unless told. */
  readonly plan?: Partial<TrainingPlan>;
  /** The same of each by itself, as far as it differs; by their number, from 0. */
  readonly plans?: readonly Partial<TrainingPlan>[];
  readonly route?: 'jobs' | 'trainings';
}

/** A plan that no test outlasts. */
export const IN_FLIGHT: Partial<TrainingPlan> = { trainMs: 500 * HOUR_MS };

/** Opens a world in which trainings wait to be settled. */
export async function openPendingWorld(options: PendingOptions = {}): Promise<PendingWorld> {
  const { plan = {}, plans = [], count = plans.length || 1, route = 'trainings', ...rest } = options;
  const base: Scenario = scenarios['fine-tune'];
  const whole = { ...base.plan, queueMs: 0, trainMs: HOUR_MS / 2, ...plan };
  const own = Array.from({ length: count }, (_, index) => ({
    version: 7,
    modelType: 'rfdetr-nano',
    agoMs: HOUR_MS,
    plan: { ...whole, ...plans[index] },
  }));
  const scenario = { ...base, seeded: [...base.seeded, ...own] };
  const world = await openStatusWorld({
    pullRequests: openPullRequests(count),
    scenario,
    routes: route,
    ...rest,
  });
  const subjects = world.simulator.trainings.slice(-count).map(
    ({ id, jobId }): StatusSubject => ({
      app: 'https://app.roboflow.com',
      workspace: 'acme',
      project: 'hard-hats',
      version: 7,
      modelType: 'rfdetr-nano',
      job: { id: route === 'jobs' ? jobId : id, route },
      startedAtS: (START_MS - HOUR_MS) / 1000,
    }),
  );
  for (const [index, subject] of subjects.entries()) setPending(world.github, headOf(index + 1), subject);
  return { ...world, subjects };
}

/** A pending status as the starting step leaves it, a minute before the beginning. */
export function setPending(
  github: Github,
  sha: string,
  subject: StatusSubject,
  changes: Partial<Parameters<Github['setStatus']>[0]> = {},
): void {
  github.setStatus({
    sha,
    context: 'model-quality',
    state: 'pending',
    description: runningDescription(subject, 'queued', undefined),
    targetUrl: targetUrlOf(subject),
    creator: actionsBot,
    createdAtMs: START_MS - 60_000,
    ...changes,
  });
}

/** The newest status of a commit, in short. */
export function standingOn(world: StatusWorld, sha: string): string | undefined {
  const status = world.github.statuses.findLast((each) => each.sha === sha);
  return status && `${status.state}: ${status.description}`;
}

/** How many statuses of each state stand as the newest of their commit and context. */
export function standing(world: StatusWorld): Readonly<Record<string, number>> {
  const newest = new Map(world.github.statuses.map((each) => [`${each.sha} ${each.context}`, each.state]));
  const counts: Record<string, number> = {};
  for (const state of newest.values()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
