import { describe, expect, test } from 'vitest';
import { factsOf } from '../../src/step/run-facts.ts';
import type { Begun } from '../../src/step/start.ts';
import type { Phase } from '../../src/training/training.ts';
import type { Seen } from '../../src/training/wait.ts';
import { FakeRoute, request, training } from '../training/fake-route.ts';

const project = { workspace: 'acme', project: 'hard-hats' };
const minute = 60_000;

function begunAs(origin: Begun['origin'], phase: Phase): Begun {
  return { origin, training: training({ phase }), request, route: new FakeRoute(), routeReason: 'trainings' };
}

describe('the times of a run', () => {
  const watched = { watchedFromMs: 0, activeAtMs: undefined, endedAtMs: 72 * minute };
  const sawItStart = { ...watched, activeAtMs: 2 * minute };
  test.each<{ name: string; begun: Begun; seen: Seen; queued?: number; trained?: number }>([
    {
      name: 'are queue and training where the start of the work was seen',
      begun: begunAs('started', 'waiting'),
      seen: sawItStart,
      queued: 2 * minute,
      trained: 70 * minute,
    },
    {
      name: 'are all training where it was at work as soon as it was started',
      begun: begunAs('started', 'active'),
      seen: watched,
      queued: 0,
      trained: 72 * minute,
    },
    {
      name: 'leave out the queue of a run that was attached to',
      begun: begunAs('attached', 'waiting'),
      seen: sawItStart,
      trained: 70 * minute,
    },
    {
      name: 'are not known of a run that was at work when it was attached to',
      begun: begunAs('attached', 'active'),
      seen: watched,
    },
    {
      name: 'are not known where its work fell between two looks',
      begun: begunAs('started', 'waiting'),
      seen: watched,
    },
  ])('$name', ({ begun, seen, queued, trained }) => {
    const ended = training({ phase: 'succeeded', status: 'finished' });
    const facts = factsOf(project, begun, { kind: 'ended', training: ended, seen });
    expect(facts.queuedMs).toBe(queued);
    expect(facts.trainedMs).toBe(trained);
  });
});
