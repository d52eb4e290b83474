import { describe, expect, test } from 'vitest';
import type { Creation } from '../../src/training/exactly-once.ts';
import { startTraining } from '../../src/training/start-training.ts';
import type { Training } from '../../src/training/training.ts';
import { VirtualClock } from '../flow/clock.ts';
import { FakeRoute, KeptLog, request, training } from './fake-route.ts';

const minute = 60_000;
const hour = 60 * minute;

/** What one request comes to: made, or else what shows on the version afterwards. */
type Answer =
  | 'created'
  | { readonly kind: 'unsent' | 'unclear'; readonly shows?: Training }
  | { readonly kind: 'refused' };

/** A start that meets these answers one after the other, and what was recorded of it. */
async function startWith(answers: readonly Answer[], first: readonly Training[] = []) {
  const clock = new VirtualClock();
  const route = new FakeRoute();
  route.known = [...first];
  route.nowMs = clock.now();
  const create = route.create.bind(route);
  let creates = 0;
  route.create = async (wanted): Promise<Creation<Training>> => {
    const answer = answers[creates] ?? 'created';
    creates += 1;
    if (answer === 'created') return create(wanted);
    const error = new Error(`${answer.kind} ${creates}`);
    if (answer.kind === 'refused') throw error;
    if (answer.shows !== undefined) route.known.push(answer.shows);
    return answer.kind === 'unsent'
      ? { kind: 'unsent', error, pauseMs: () => minute }
      : { kind: 'unclear', error };
  };
  const recorded: string[] = [];
  const record = {
    starting: (before: { readonly trainings: readonly Training[] }) =>
      recorded.push(`starting after ${before.trainings.map(({ id }) => id).join(' ') || 'none'}`),
    unsent: () => recorded.push('unsent'),
    started: ({ id }: Training) => recorded.push(`started ${id}`),
  };
  const before = await route.before(7, first);
  const context = { clock, log: new KeptLog(), signal: new AbortController().signal };
  const timeoutAtMs = clock.now() + hour;
  const result = await startTraining(request, before, route, { record, timeoutAtMs }, context).catch(
    (error: unknown) => error,
  );
  return { result, recorded, creates, clock };
}

const other = training({ id: 'other', modelType: 'rfdetr-small' });

describe('a start', () => {
  test('is recorded before it is sent, with what was there, and when it is done', async () => {
    const failed = training({ id: 'failed', phase: 'failed', status: 'failed' });
    const { result, recorded, clock } = await startWith([], [failed]);
    expect(recorded).toEqual(['starting after failed', 'started new']);
    expect(result).toEqual({
      training: training({ id: 'new', phase: 'waiting', createdAtMs: clock.now() }),
      before: { atMs: clock.now(), trainings: [failed], results: undefined },
    });
  });

  test.each<{ name: string; answers: readonly Answer[]; recorded: readonly string[] }>([
    {
      name: 'is not recorded in the pause before another try, and what others start in it is not taken for ours',
      answers: [
        { kind: 'unsent', shows: training({ id: 'theirs' }) },
        { kind: 'unsent', shows: other },
      ],
      recorded: [
        'starting after none',
        'unsent',
        'starting after theirs',
        'unsent',
        'starting after theirs other',
        'started new',
      ],
    },
    {
      name: 'stays recorded after an unclear answer, whatever comes next',
      answers: [{ kind: 'unclear' }, { kind: 'unsent' }],
      recorded: ['starting after none', 'starting after none', 'starting after none', 'started new'],
    },
    {
      name: 'adopts what an unclear answer made',
      answers: [{ kind: 'unclear', shows: training({ id: 'made' }) }],
      recorded: ['starting after none', 'started made'],
    },
    {
      name: 'adopts one that the server names as a size of the family',
      answers: [{ kind: 'unclear', shows: training({ id: 'made', modelType: 'rfdetr' }) }],
      recorded: ['starting after none', 'started made'],
    },
  ])('$name', async ({ answers, recorded }) => {
    expect((await startWith(answers)).recorded).toEqual(recorded);
  });

  test.each<{ name: string; shows: Training; says: string }>([
    {
      name: 'of another type',
      shows: other,
      says: 'training other is new on version 7, but it trains rfdetr-small',
    },
    {
      name: 'dated before the start',
      shows: training({ id: 'early', createdAtMs: 0 }),
      says: 'training early is new on version 7, but it is dated before the start was sent',
    },
  ])(
    'is not sent again after an unclear answer if a training shows that is new and $name',
    async ({ shows, says }) => {
      const { result, recorded, creates } = await startWith([{ kind: 'unclear', shows }]);
      expect(result).toMatchObject({ name: 'UnclearError', message: expect.stringContaining(says) });
      expect(recorded).toEqual(['starting after none']);
      expect(creates).toBe(1);
    },
  );

  test('that is refused is recorded no further', async () => {
    const { result, recorded, creates } = await startWith([{ kind: 'refused' }]);
    expect(result).toMatchObject({ message: 'refused 1' });
    expect(recorded).toEqual(['starting after none']);
    expect(creates).toBe(1);
  });
});
