import { describe, expect, test } from 'vitest';
import {
  idleStart,
  idleStarts,
  readSavedStart,
  readSavedStarts,
  type StartIdentity,
  type StartState,
} from '../../../src/step/start/start-state.ts';
import { RecordingRunner } from '../../flow/step.ts';
import { training } from '../../training/fake-route.ts';

const identity: StartIdentity = {
  route: 'trainings',
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
const before = { atMs, trainings: [ended, training({ id: 'other' })], results: 'not needed any more' };

/** Everything that can happen to a start. */
const MOVES = {
  starting: (state: StartState) => state.starting(identity, before, atMs + 5),
  unsent: (state: StartState) => state.unsent(),
  started: (state: StartState) => state.started(identity, 'new'),
  settle: (state: StartState) => state.settle(),
} as const;
type Move = keyof typeof MOVES;
const ALL_MOVES: readonly Move[] = ['starting', 'unsent', 'started', 'settle'];

/** What the post step reads after these moves; the last may throw. */
function savedAfter(...moves: readonly Move[]) {
  const runner = new RecordingRunner({});
  const state = idleStart(runner);
  for (const move of moves) MOVES[move](state);
  return readSavedStart(runner);
}

describe('the start of a training, as it is saved for the post step', () => {
  test('is idle if nothing was ever saved', () => {
    expect(readSavedStart(new RecordingRunner({}))).toEqual({ phase: 'idle' });
  });

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

  test('has all that is needed to end the training that was started', () => {
    expect(savedAfter('starting', 'started')).toEqual({ phase: 'started', ...identity, id: 'new' });
  });

  test('never has the key, nor what the version showed', () => {
    const runner = new RecordingRunner({ 'api-key': 'k3y' });
    MOVES.starting(idleStart(runner));
    expect([...runner.state.values()].join()).not.toContain('k3y');
    expect([...runner.state.values()].join()).not.toContain(before.results);
  });

  test.each<[from: readonly Move[], moves: Readonly<Record<Move, string>>]>([
    [[], { starting: 'starting', unsent: 'no move', started: 'no move', settle: 'idle' }],
    [['starting'], { starting: 'starting', unsent: 'idle', started: 'started', settle: 'settled' }],
    [['starting', 'unsent'], { starting: 'starting', unsent: 'no move', started: 'no move', settle: 'idle' }],
    [
      ['starting', 'started'],
      { starting: 'no move', unsent: 'no move', started: 'no move', settle: 'settled' },
    ],
    [
      ['starting', 'started', 'settle'],
      { starting: 'no move', unsent: 'no move', started: 'no move', settle: 'settled' },
    ],
    [
      ['starting', 'settle'],
      { starting: 'no move', unsent: 'no move', started: 'no move', settle: 'settled' },
    ],
  ])('goes on from %s only as it should', (from, moves) => {
    for (const move of ALL_MOVES) {
      const wanted = moves[move];
      if (wanted === 'no move')
        expect(() => savedAfter(...from, move)).toThrow(/^a start cannot go from \w+ to \w+$/);
      else expect(savedAfter(...from, move).phase).toBe(wanted);
    }
  });

  test('is saved nowhere before anything is started', () => {
    const runner = new RecordingRunner({});
    idleStart(runner).settle();
    expect(runner.state).toEqual(new Map());
  });

  test('that cannot be read is a bug, and no idle start', () => {
    for (const text of ['nothing', '{"phase":"begun"}', '{"phase":"started","id":"x"}']) {
      const runner = new RecordingRunner({}, new Map([['start', text]]));
      expect(() => readSavedStart(runner)).toThrow();
    }
  });
});

describe('the starts of several trainings', () => {
  test('are each saved by itself, and how many there may be with the first', () => {
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

  test('are one if the step has one, as it always was', () => {
    const runner = new RecordingRunner({});
    expect(idleStarts(runner, 1)).toHaveLength(1);
    expect(runner.state).toEqual(new Map());
    MOVES.starting(idleStart(runner));
    expect(readSavedStarts(runner)).toEqual([readSavedStart(runner)]);
    expect([...runner.state.keys()]).toEqual(['start']);
  });
});
