import { describe, expect, test } from 'vitest';
import { type Answer, outcomeOf, Server } from './once-server.ts';

describe('something new that is not certainly ours', () => {
  const doubt = 'thing x is new, and somebody else may have made it.';
  test.each<{
    name: string;
    answers: readonly Answer[];
    lag?: number;
    doubt: (look: number) => string | undefined;
    expected: unknown;
    creates: number;
    seconds: number;
  }>([
    {
      name: 'stops every other request, and is named',
      answers: ['lost', 'made'],
      doubt: () => doubt,
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: `It is not clear whether a thing was made: ${doubt}`,
        hint: 'Look for it yourself.',
      }),
      creates: 1,
      seconds: 120,
    },
    {
      name: 'stops every other request if only the last look shows it',
      answers: ['lost', 'made'],
      doubt: (look) => (look === 13 ? doubt : undefined),
      expected: expect.objectContaining({ name: 'UnclearError' }),
      creates: 1,
      seconds: 120,
    },
    {
      name: 'does not hide ours, which shows later',
      answers: ['lost-arrived', 'made'],
      lag: 5,
      doubt: () => doubt,
      expected: 'thing 1',
      creates: 1,
      seconds: 50,
    },
    {
      name: 'stops every other request also if a later list has lost it',
      answers: ['lost', 'made'],
      doubt: (look) => (look < 5 ? doubt : undefined),
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: `It is not clear whether a thing was made: ${doubt}`,
      }),
      creates: 1,
      seconds: 120,
    },
    {
      name: 'is named too if it shows only after a refusal',
      answers: ['lost', 'refused'],
      doubt: (look) => (look > 13 ? doubt : undefined),
      expected: expect.objectContaining({
        name: 'UnclearError',
        message: `After an unclear answer Roboflow refused to make the thing: Error: refused 2. It is not clear whether the first request made one: ${doubt}`,
        hint: 'Look for it yourself.',
      }),
      creates: 2,
      seconds: 120,
    },
  ])('$name', async ({ answers, lag, doubt: doubtAt, expected, creates, seconds }) => {
    const server = new Server(answers, lag);
    server.doubt = doubtAt;
    const outcome = await outcomeOf(server);
    expect(outcome.result).toEqual(expected);
    expect(server.creates).toBe(creates);
    expect(outcome.seconds).toBe(seconds);
  });
});
