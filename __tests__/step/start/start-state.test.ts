import { describe, expect, test } from 'vitest';
import {
  idleStarts,
  readSavedStarts,
  type StartIdentity,
  type StartState,
} from '../../../src/step/start/start-state.ts';
import { RecordingRunner } from '../../flow/step.ts';
import { training } from '../../training/fake-route.ts';

const identity: StartIdentity = {
  route: 'trainings',
  app: 'https://app.roboflow.com',
  workspace: 'acme',
  project: 'hard-hats',
  apiUrl: 'https://api.roboflow.com/',
  auth: 'header',
  onCancel: 'cancel',
  version: 7,
  modelType: 'rfdetr-nano',
};
const atMs = Date.UTC(2027, 0, 4, 9);
const ended = training({ id: 'old', phase: 'failed', status: 'failed', createdAtMs: atMs - 1 });
const before = { atMs, trainings: [ended, training({ id: 'other' })], results: undefined };

/** Everything that can happen to a start. */
const MOVES = {
  starting: (state: StartState) => state.starting(identity, before, atMs + 5),
  unsent: (state: StartState) => state.unsent(),
  started: (state: StartState) => state.started(identity, 'new'),
  settle: (state: StartState) => state.settle(),
} as const;
type Move = keyof typeof MOVES;

/** What the post step reads after these moves of the only start. */
function savedAfter(...moves: readonly Move[]) {
  const runner = new RecordingRunner({});
  for (const state of idleStarts(runner, 1)) for (const move of moves) MOVES[move](state);
  return readSavedStarts(runner)[0];
}

describe('the start of a training, as it is saved for the post step', () => {
  test('has all that is needed to find what a start with an unknown answer made', () => {
    expect(savedAfter('starting')).toEqual({
      phase: 'starting',
      ...identity,
      atMs,
      known: [
        { id: 'old', createdAtMs: atMs - 1, hasEnded: true },
        { id: 'other', hasEnded: false },
      ],
      sentAtMs: atMs + 5,
    });
  });

  test('never has the key, nor what the version showed', () => {
    const runner = new RecordingRunner({ 'api-key': 'k3y' });
    for (const state of idleStarts(runner, 1)) MOVES.starting(state);
    expect([...runner.state.values()].join()).not.toContain('k3y');
    expect([...runner.state.values()].join()).not.toContain(before.results);
  });

  test.each<{ moves: readonly Move[]; saved: object | undefined }>([
    { moves: [], saved: undefined },
    { moves: ['settle'], saved: undefined },
    { moves: ['starting', 'unsent'], saved: { phase: 'idle' } },
    { moves: ['starting', 'unsent', 'settle'], saved: { phase: 'idle' } },
    { moves: ['starting', 'started'], saved: { phase: 'started', ...identity, id: 'new' } },
    { moves: ['starting', 'started', 'settle'], saved: { phase: 'settled', id: 'new' } },
    { moves: ['starting', 'started', 'settle', 'settle'], saved: { phase: 'settled', id: 'new' } },
    { moves: ['starting', 'settle'], saved: { phase: 'settled' } },
  ])('after $moves is $saved', ({ moves, saved }) => {
    expect(savedAfter(...moves)).toEqual(saved);
  });

  test.each(['nothing', '[{"phase":"begun"}]', '[{"phase":"started","id":"x"}]', '{"phase":"idle"}'])(
    'that cannot be read is a bug, and no idle start: %s',
    (text) => {
      expect(() => readSavedStarts(new RecordingRunner({}, new Map([['starts', text]])))).toThrow();
    },
  );
});

describe('the starts of several trainings', () => {
  test('are saved together, and each knows what the others made', () => {
    const runner = new RecordingRunner({});
    const [, second, third] = idleStarts(runner, 3);
    expect(runner.state).toEqual(new Map());
    if (second === undefined || third === undefined) throw new Error('three were asked for');
    MOVES.starting(third);
    expect(readSavedStarts(runner).map(({ phase }) => phase)).toEqual(['idle', 'idle', 'starting']);
    MOVES.starting(second);
    MOVES.started(second);
    expect(readSavedStarts(runner).map(({ phase }) => phase)).toEqual(['idle', 'started', 'starting']);
    const known = () => readSavedStarts(runner).flatMap((start) => ('known' in start ? start.known : []));
    expect(known()).toContainEqual({ id: 'new', hasEnded: false });
    second.settle();
    expect(readSavedStarts(runner).map(({ phase }) => phase)).toEqual(['idle', 'settled', 'starting']);
    expect(known()).toContainEqual({ id: 'new', hasEnded: false });
  });
});
