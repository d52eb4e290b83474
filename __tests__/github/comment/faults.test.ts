import { describe, expect, test } from 'vitest';
import type { Comment, GithubFault, GithubOptions } from '../../../simulator/github.ts';
import { GITHUB_DEADLINE_MS } from '../../../src/github/github-session.ts';
import { judged } from '../../report/cases.ts';
import { atEachRequest, commentsAfter, pushEvent, Scene } from '../scene.ts';

const unavailable = { kind: 'status', status: 503, message: 'Unavailable' } as const;
const passed = judged({ thresholds: 'map50 >= 80' });

/** A step in which the `nth` request meets `fault`; false if it made fewer. */
async function withFaultAt(
  nth: number,
  fault: GithubFault,
  comments: readonly Comment[],
  check: (scene: Scene, notices: readonly string[]) => void,
): Promise<boolean> {
  await using scene = await Scene.start({
    comments,
    faultAt: (_, count) => (count === nth ? fault : undefined),
  });
  const step = await scene.step({ event: pushEvent });
  await step.announce();
  await step.conclude(passed);
  const isReached = scene.github.requests.length >= nth;
  if (isReached) check(scene, step.log.notices);
  return isReached;
}

describe('one request of any that fails', () => {
  test.each<readonly [string, GithubFault]>([
    ['answers 502', { kind: 'status', status: 502, message: 'Bad Gateway' }],
    ['answers 503, and has its effect', { ...unavailable, hasEffect: true }],
    ['hits the secondary limit', { kind: 'secondary-rate-limit', retryAfterS: 30 }],
    ["shows a proxy's page", { kind: 'html', status: 200 }],
    ['is cut', { kind: 'reset' }],
    ['is cut, and has its effect', { kind: 'reset', hasEffect: true }],
    ['is cut in its answer', { kind: 'cut', hasEffect: true }],
    ['hangs', { kind: 'hang' }],
  ])(
    'leaves one comment with the verdict, and no notice, when it %s',
    async (_, fault) => {
      // What is there matters if the request may have had its effect; one that hangs stands for all that had none.
      const mayHaveEffect = fault.hasEffect === true || fault.kind === 'hang';
      for (const comments of mayHaveEffect ? [[], await commentsAfter({ id: 1 })] : [[]])
        await atEachRequest(7, (nth) =>
          withFaultAt(nth, fault, comments, (scene, notices) => {
            const place = `request ${nth}, ${comments.length} comments there`;
            expect(scene.said(), place).toMatchObject([
              { marker: { run: 42, phase: 'judged' }, heading: expect.stringContaining('Passed') },
            ]);
            expect(notices, place).toEqual([]);
          }),
        );
    },
    60_000,
  );
});

describe('patience', () => {
  test.each<GithubFault>([unavailable, { kind: 'html', status: 502 }, { kind: 'reset' }, { kind: 'cut' }])(
    'ends after two minutes of $kind, and leaves the rest to the post step, which tells one notice',
    async (fault) => {
      await using scene = await Scene.start({ faults: { '*': fault } });
      const beganMs = scene.clock.now();
      const step = await scene.step();
      await step.conclude();
      expect(scene.clock.now() - beganMs).toBeGreaterThan(60_000);
      expect(scene.clock.now() - beganMs).toBeLessThanOrEqual(120_000);
      expect(step.log).toMatchObject({ notices: [], warnings: [], failures: [] });
      const post = await step.post();
      expect(post).toMatchObject({
        notices: [expect.stringMatching(/was not written: GitHub .*The report is in the job summary/s)],
        warnings: [],
        failures: [],
      });
    },
  );

  test('of the comment that the training goes on ends with the step', async () => {
    let isDown = true;
    await using scene: Scene = await Scene.start({ faultAt: () => (isDown ? unavailable : undefined) });
    const step = await scene.step();
    const announced = step.announce();
    await scene.clock.during(() => scene.clock.sleep(5_000));
    isDown = false;
    await Promise.all([announced, step.conclude(passed)]);
    expect(scene.said()).toMatchObject([{ marker: { phase: 'judged' } }]);
    expect(step.log.notices).toEqual([]);
  });
});

test('a comment that was sent, got no answer, and is created late leaves one', async () => {
  let isFirst = true;
  const options: GithubOptions = {
    onRequest: async ({ route }) => {
      if (route !== 'create-comment' || !isFirst) return;
      isFirst = false;
      scene.clock.pass(GITHUB_DEADLINE_MS);
      await scene.clock.during(() => scene.clock.sleep(5_000));
    },
  };
  await using scene: Scene = await Scene.start(options);
  await scene.write({ conclusion: passed });
  expect(scene.routes()).toContain('delete-comment');
  expect(scene.said()).toMatchObject([{ marker: { phase: 'judged' } }]);
});

describe('a verdict that main could not write', () => {
  test.each<readonly [string, boolean]>([
    ['in place of what said that the training goes on', true],
    ['also where there was no comment', false],
  ])('is written by the post step, with a link to the report, %s', async (_, isAnnounced) => {
    let isDown = false;
    await using scene = await Scene.start({ faultAt: () => (isDown ? unavailable : undefined) });
    const step = await scene.step();
    if (isAnnounced) await step.announce();
    isDown = true;
    const log = await step.conclude(passed);
    expect(scene.said().map(({ marker }) => marker?.phase)).toEqual(isAnnounced ? ['under-way'] : []);
    expect(log.infos.at(-1)).toContain('The post step of this job looks at it again.');
    isDown = false;
    await step.post();
    expect(scene.said()).toMatchObject([{ marker: { phase: 'ended' } }]);
    const [, heading, , where] = scene.github.comments[0]?.body.split('\n') ?? [];
    expect(heading).toContain('Passed');
    expect(where).toContain(
      'The report is in the summary of [this workflow run](https://github.example/acme/site-safety/actions/runs/42/attempts/1)',
    );
  });

  test('is not replaced by the post step where it was written all the same, with its report', async () => {
    let isDown = false;
    let isOver = false;
    await using scene = await Scene.start({
      faultAt: ({ route }) => {
        isDown ||= route === 'create-comment';
        return isDown && !isOver ? { ...unavailable, hasEffect: true } : undefined;
      },
    });
    const step = await scene.step();
    await step.conclude(passed);
    isOver = true;
    const before = scene.github.comments.map(({ body }) => body);
    expect(before).toEqual([expect.stringContaining('full report')]);
    await step.post('Training job_1 was cancelled.');
    expect(scene.github.comments.map(({ body }) => body)).toEqual(before);
  });
});
