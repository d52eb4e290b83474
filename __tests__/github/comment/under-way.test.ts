import { describe, expect, test } from 'vitest';
import { actionsBot, type GithubOptions } from '../../../simulator/github.ts';
import { pushEvent, Scene, type Writing } from '../scene.ts';

const unavailable = { kind: 'status', status: 503, message: 'Unavailable' } as const;

describe('a training that goes on', () => {
  test('is said in the first comment, with the run that will judge it', async () => {
    await using scene = await Scene.start({
      comments: [{ pullRequest: 12, author: actionsBot, body: 'Welcome!' }],
    });
    const log = await scene.announce();
    expect(scene.github.comments.map(({ body }) => body.split('\n').slice(1))).toEqual([
      [],
      [
        '### ⏳ Training: under way',
        '',
        '[This workflow run](https://github.example/acme/site-safety/actions/runs/42/attempts/1) for commit `6dcb09b` writes the verdict here when the training has ended.',
      ],
    ]);
    expect(log).toMatchObject({ infos: [], notices: [], warnings: [], failures: [] });
  });

  test('is said in place of the verdict of an earlier run, which is of another commit', async () => {
    await using scene = await Scene.start();
    await scene.write({ id: 41 });
    await scene.announce({ id: 42 });
    expect(scene.said()).toMatchObject([{ marker: { run: 42, phase: 'under-way' } }]);
  });

  test('is said once, also where runs before it never came to a verdict', async () => {
    await using scene = await Scene.start();
    for (const attempt of [1, 2, 3]) await scene.announce({ attempt });
    expect(scene.said()).toMatchObject([{ marker: { attempt: 3 } }]);
  });

  test('is not said in place of a newer run', async () => {
    await using scene = await Scene.start();
    await scene.write({ id: 43 });
    await scene.announce({ id: 42 });
    expect(scene.said()).toMatchObject([{ marker: { run: 43, phase: 'judged' } }]);
  });

  test('is replaced by how the step ended', async () => {
    await using scene = await Scene.start();
    const step = await scene.step();
    await step.announce();
    await step.conclude();
    expect(scene.said()).toMatchObject([
      { marker: { phase: 'judged' }, heading: expect.stringContaining('Passed') },
    ]);
  });

  test.each<{ name: string; options: GithubOptions; writing: Writing }>([
    { name: 'GitHub is down', options: { faults: { '*': unavailable } }, writing: {} },
    {
      name: 'GitHub hangs',
      options: { faults: { '*': { kind: 'hang' } } },
      writing: {},
    },
    { name: 'the token may not', options: { tokens: {} }, writing: {} },
    { name: 'there is no token', options: {}, writing: { token: '' } },
  ])('is no reason for a notice where $name', async ({ options, writing }) => {
    await using scene = await Scene.start(options);
    const log = await scene.announce(writing);
    expect(log).toMatchObject({ notices: [], warnings: [], failures: [] });
    expect(log.details).toHaveLength(1);
  });

  test('is said nowhere where there is no pull request', async () => {
    await using scene = await Scene.start({ pullRequests: [] });
    const log = await scene.announce({ event: pushEvent });
    expect(scene.routes()).toEqual(['list-pull-requests']);
    expect(log).toMatchObject({ infos: [], notices: [], warnings: [] });
  });
});
