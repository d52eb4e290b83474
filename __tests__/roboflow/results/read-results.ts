import type { AccuracyMetric } from '../../../src/gate/metric.ts';
import { routeNamed } from '../../../src/roboflow/apis/choose-route.ts';
import {
  hasMetrics,
  type ResultsReading,
  type TrainingResults,
} from '../../../src/training/await-results.ts';
import type { Before } from '../../../src/training/before.ts';
import { type Training, withKnown } from '../../../src/training/training.ts';
import type { RouteName } from '../../../src/training/training-api.ts';
import { request } from '../../training/fake-route.ts';
import { hour, type SimulatedRoboflow } from '../simulated-roboflow.ts';

/** A training that was started on version 7, and what was there before. */
export interface StartedForTest {
  readonly training: Training;
  readonly before: Before;
}

/** Starts a training on a route, as the step does. */
export async function start(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  modelType = 'rfdetr-nano',
): Promise<StartedForTest> {
  const route = routeNamed(name, roboflow.here);
  const before = await route.before(7, await route.list(7));
  const creation = await route.create({ ...request, modelType });
  if (creation.kind !== 'created') throw creation.error;
  const known = { ...request, modelType, createdAtMs: before.atMs };
  return { training: withKnown(creation.thing, known), before };
}

/** How the results of a training read now. */
export async function readingNow(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  { training, before }: StartedForTest,
  metrics: readonly AccuracyMetric[] = [],
): Promise<ResultsReading> {
  const route = routeNamed(name, roboflow.here);
  const look = await route.look(training, roboflow.clock.now());
  if (look.kind !== 'seen') throw look.error;
  return await route.results(withKnown(look.training, training), before, {
    metrics,
    toldMetrics: [],
    details: 'none',
  });
}

/** How the results of a training read that was just started and has ended by now. */
export async function endedResults(
  roboflow: SimulatedRoboflow,
  name: RouteName,
  modelType?: string,
): Promise<ResultsReading> {
  const started = await start(roboflow, name, modelType);
  roboflow.clock.pass(10 * hour);
  return await readingNow(roboflow, name, started);
}

/** Whether there is a model to judge. */
export function hasAny(reading: ResultsReading): boolean {
  return hasMetrics(resultsIn(reading)?.models ?? []);
}

/** The ids of the models. */
export function idsIn(reading: ResultsReading): readonly string[] {
  return (resultsIn(reading)?.models ?? []).map(({ id }) => id);
}

/** Which answer the metrics are from. */
export function sourceOf(reading: ResultsReading): string | undefined {
  return resultsIn(reading)?.source;
}

function resultsIn(reading: ResultsReading): TrainingResults | undefined {
  return reading.kind === 'complete' || reading.kind === 'incomplete' ? reading.results : undefined;
}
