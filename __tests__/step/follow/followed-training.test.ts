import { describe, expect, test } from 'vitest';
import { JOBS_CAN } from '../../../src/roboflow/apis/jobs-api.ts';
import { readProjectVersions } from '../../../src/roboflow/schema/version-body.ts';
import type { FollowedTraining } from '../../../src/step/follow/followed-training.ts';
import { factsOf } from '../../../src/step/follow/followed-training.ts';
import type { Phase } from '../../../src/training/training.ts';
import type { Seen } from '../../../src/training/wait.ts';
import { FakeRoute, request, training } from '../../training/fake-route.ts';

const slugs = { workspace: 'acme', project: 'hard-hats' };
const project = { app: 'https://app.roboflow.eu', ...slugs };
const minute = 60_000;

function followed(
  origin: FollowedTraining['origin'],
  phase: Phase,
  changes: Partial<FollowedTraining> = {},
): FollowedTraining {
  return {
    origin,
    training: training({ phase }),
    request,
    route: new FakeRoute(),
    reason: 'as the input says',
    before: undefined,
    versions: [],
    ...changes,
  };
}

describe('the times of a training', () => {
  const watched = { watchedFromMs: 0, activeAtMs: undefined, endedAtMs: 72 * minute };
  const sawItStart = { ...watched, activeAtMs: 2 * minute };
  const waiting = followed('started', 'waiting');
  test.each<
    [
      name: string,
      as: FollowedTraining,
      seen: Seen,
      queued?: number | undefined,
      trained?: number | undefined,
    ]
  >([
    ['are queue and training if the start of the work was seen', waiting, sawItStart, 2, 70],
    ['are all training if it was at work as soon as it began', followed('started', 'active'), watched, 0, 72],
    ['leave out the queue of one attached to', followed('attached', 'waiting'), sawItStart, undefined, 70],
    [
      'are not known of one that was at work when it was attached to',
      followed('attached', 'active'),
      watched,
    ],
    ['are not known if its work fell between two looks', waiting, watched],
  ])('%s', (_, as, seen, queued, trained) => {
    const ended = training({ phase: 'succeeded', status: 'finished' });
    const facts = factsOf(project, as, { kind: 'ended', training: ended, seen });
    expect(facts.queuedMs).toBe(queued && queued * minute);
    expect(facts.trainedMs).toBe(trained && trained * minute);
  });
});

test.each<
  [origin: 'started' | 'attached', createdAtMs: number | undefined, Partial<Seen>, age: number | undefined]
>([
  ['attached', -60 * minute, {}, 60],
  ['attached', 5 * minute, {}, 0],
  ['attached', undefined, {}, undefined],
  ['attached', -60 * minute, { endedAtMs: 72 * minute }, undefined],
  ['started', 0, {}, undefined],
])('the age of one %s that began at %j and was seen %j', (origin, createdAtMs, seen, age) => {
  const found = training({ phase: 'succeeded', status: 'finished', createdAtMs });
  const none = { watchedFromMs: 0, activeAtMs: undefined, endedAtMs: undefined };
  const as = followed(origin, 'succeeded', { training: found });
  const { ageMs } = factsOf(project, as, { kind: 'ended', training: found, seen: { ...none, ...seen } });
  expect(ageMs).toBe(age && age * minute);
});

test.each<[name: string, phase: Phase, modelType: string | undefined, trained: number | undefined]>([
  ['one that was over', 'succeeded', 'rfdetr-nano', 64],
  ['one that was over, of a type that the version does not say', 'stopped', undefined, 64],
  ['one that was over beside the model of another type', 'succeeded', 'yolov11n', undefined],
  ['one in flight, which it cannot be of', 'active', 'rfdetr-nano', undefined],
])("Roboflow's own times count of %s", (_, phase, modelType, trained) => {
  const model = { id: 'hard-hats/7', modelType, start: 1_777_708_800, end: 1_777_708_800 + 64 * 60 };
  const versions = readProjectVersions({ versions: [{ id: 'acme/hard-hats/7', model }] });
  const seen = { watchedFromMs: 0, activeAtMs: undefined, endedAtMs: undefined };
  const ended = training({ phase: 'succeeded', status: 'finished' });
  const facts = factsOf(project, followed('attached', phase, { versions }), {
    kind: 'ended',
    training: ended,
    seen,
  });
  expect(facts).toMatchObject({ queuedMs: undefined, trainedMs: trained && trained * minute });
});

describe('what is told of a training', () => {
  const results = {
    trainingId: 'of the results',
    models: [],
    recommended: new Map(),
    source: 'the models list',
  };

  test('has its page, its route and how it was come by', () => {
    expect(factsOf(project, followed('started', 'waiting'))).toEqual({
      ...slugs,
      version: 7,
      jobId: 't1',
      trainingId: 't1',
      modelType: 'rfdetr-nano',
      status: 'running',
      inFlight: true,
      origin: 'started',
      route: 'trainings, as the input says',
      queuedMs: undefined,
      trainedMs: undefined,
      isStopped: false,
      url: 'https://app.roboflow.eu/acme/hard-hats/7',
      source: undefined,
      datasets: new Map(),
    });
  });

  const page = 'https://app.roboflow.eu/acme/hard-hats/nas-runs/7';
  test.each<[name: string, changes: object, expected: object]>([
    ['no page without a version', { version: undefined }, { url: undefined }],
    ['a page of its own for a search', { modelType: 'rfdetr-nas-parent' }, { url: page }],
    ['the name that Roboflow shows', { modelType: 'yolov11n' }, { modelType: 'yolov11n' }],
    ['that it is over', { phase: 'stopped' }, { inFlight: false, isStopped: true }],
    ['that it may run on', { phase: 'unknown' }, { inFlight: true }],
  ])('has %s', (_, changes, expected) => {
    const told = factsOf(project, followed('attached', 'active', { training: training(changes) }));
    expect(told).toMatchObject(expected);
  });

  test('has the training id of its results, and on jobs no other', () => {
    const route = Object.assign(new FakeRoute(), { name: 'jobs' as const, can: JOBS_CAN });
    const onJobs = followed('started', 'active', { route });
    expect(factsOf(project, onJobs).trainingId).toBeUndefined();
    expect(factsOf(project, onJobs, undefined, results)).toMatchObject({
      jobId: 't1',
      trainingId: 'of the results',
      source: 'the models list',
    });
  });
});
