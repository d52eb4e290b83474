import { describe, expect, test } from 'vitest';
import type { Comment, GithubOptions } from '../../../simulator/github.ts';
import { undecided } from '../../../src/report/conclusion.ts';
import { judged } from '../../report/cases.ts';
import { atEachRequest, commentsAfter, Scene, type Step, type Writing } from '../scene.ts';

const passed = judged({ thresholds: 'map50 >= 80' });
const became = 'Training job_1 was cancelled.';

interface Kill {
  /** Which request of main it is killed at, from 1, and whether that has had its effect. */
  readonly nth: number;
  readonly when: 'before' | 'after';
  /** What is there at the start. */
  readonly comments: readonly Comment[];
}

/** Main, killed at one request, and then its post step; false where main made fewer requests. */
async function kill(
  { nth, when, comments }: Kill,
  check: (scene: Scene, isConcluding: boolean) => void,
): Promise<boolean> {
  let step: Step | undefined;
  let saved: ReadonlyMap<string, string> | undefined;
  const die = (count: number): Promise<void> | undefined => {
    if (count !== nth || step === undefined) return undefined;
    saved = new Map(step.state);
    step.interrupt();
    return new Promise(() => {});
  };
  const options: GithubOptions = {
    comments,
    onRequest: (_, count) => (when === 'before' ? die(count) : undefined),
    onAnswer: (_, count) => (when === 'after' ? die(count) : undefined),
  };
  await using scene = await Scene.start(options);
  step = await scene.step();
  await step.announce();
  const isConcluding = saved === undefined;
  if (isConcluding) await step.conclude(passed);
  if (saved === undefined) return false;
  await step.post(became, saved);
  check(scene, isConcluding);
  return true;
}

describe('a step that is killed', () => {
  test.each(['before', 'after'] as const)(
    'at any request (%s its effect) leaves no "under way", and one comment at most',
    async (when) => {
      for (const comments of [[], await commentsAfter({ id: 1 })])
        await atEachRequest(7, (nth) =>
          kill({ nth, when, comments }, (scene, isConcluding) => {
            const place = `request ${nth}, ${comments.length} comments there`;
            const said = scene.said();
            expect(said.length, place).toBeLessThanOrEqual(1);
            expect(said[0]?.marker?.phase, place).not.toBe('under-way');
            if (isConcluding) expect(said[0]?.heading, place).toContain('Passed');
          }),
        );
    },
    60_000,
  );

  test('while the training goes on says that it was not judged, and what became of the training', async () => {
    await using scene = await Scene.start();
    const step = await scene.step();
    await step.announce();
    expect(scene.said()).toMatchObject([
      { marker: { phase: 'under-way' }, heading: '### ⏳ Training: under way' },
    ]);
    await step.post(became);
    const lines = scene.github.comments[0]?.body.split('\n').slice(1);
    expect(lines).toEqual([
      '### ⚠️ Not judged: the step ended before it was judged',
      '',
      `${became} Of [this workflow run](https://github.example/acme/site-safety/actions/runs/42/attempts/1) for commit \`6dcb09b\`. To judge the commit, re-run its job.`,
    ]);
  });

  test.each<readonly [string, Writing]>([
    ['a newer run', { id: 43 }],
    ['a newer attempt', { attempt: 2 }],
  ])('leaves the comment of %s as it is', async (_, writing) => {
    await using scene = await Scene.start();
    const killed = await scene.step();
    await killed.announce();
    await scene.announce(writing);
    const before = scene.github.comments[0]?.body;
    await killed.post(became);
    expect(scene.github.comments.map(({ body }) => body)).toEqual([before]);
  });

  test('leaves deleted what a person deleted', async () => {
    await using scene = await Scene.start();
    const killed = await scene.step();
    await killed.announce();
    await scene.deleteComment();
    await killed.post(became);
    expect(scene.github.comments).toEqual([]);
  });
});

describe('the post step', () => {
  test.each<readonly [string, (step: Step) => Promise<unknown>]>([
    ['after a verdict that is written', (step) => step.conclude()],
    ['where main began no comment', async () => {}],
  ])('asks nothing of GitHub %s', async (_, before) => {
    await using scene = await Scene.start();
    const step = await scene.step();
    await before(step);
    const asked = scene.asked().length;
    const log = await step.post(became);
    expect(scene.asked()).toHaveLength(asked);
    expect(log).toMatchObject({ infos: [], notices: [] });
  });
});

describe('a cancel', () => {
  const interrupted = undecided('interrupted');

  test.each<readonly [string, boolean]>([
    ['while the training goes on', true],
    ['before anything was said', false],
  ])(
    '%s leaves the comment to the post step, which says what became of the training',
    async (_, isAnnounced) => {
      await using scene = await Scene.start({ comments: await commentsAfter({ id: 41 }) });
      const step = await scene.step();
      if (isAnnounced) await step.announce();
      step.interrupt();
      await step.announce();
      const asked = scene.asked().length;
      const log = await step.conclude(interrupted);
      expect(scene.asked()).toHaveLength(asked);
      expect(log).toMatchObject({ notices: [], warnings: [], failures: [] });
      expect(log.infos).toEqual([expect.stringContaining('The post step of this job looks at it again.')]);
      await step.post(became);
      expect(scene.said()).toMatchObject([
        { marker: { run: 42, phase: 'ended' }, heading: '### ⚠️ Not judged: interrupted' },
      ]);
      expect(scene.github.comments[0]?.body).toContain(became);
    },
  );

  test('in the middle of the last write is heeded at once', async () => {
    let step: Step | undefined;
    await using scene = await Scene.start({
      onRequest: ({ route }) => {
        if (route !== 'create-comment') return undefined;
        step?.interrupt();
        return new Promise(() => {});
      },
    });
    step = await scene.step();
    const beganMs = scene.clock.now();
    const log = await step.conclude();
    expect(scene.clock.now()).toBe(beganMs);
    expect(scene.routes().at(-1)).toBe('create-comment');
    expect(log).toMatchObject({ notices: [], warnings: [], failures: [] });
    expect(log.infos).toEqual([expect.stringContaining('The post step of this job looks at it again.')]);
  });

  test('in a pause of the last write is heeded at once', async () => {
    await using scene = await Scene.start({ faults: { '*': { kind: 'status', status: 503, message: '' } } });
    const step = await scene.step();
    const concluded = step.conclude();
    const beganMs = scene.clock.now();
    await scene.clock.during(() => scene.clock.sleep(5_000));
    step.interrupt();
    await concluded;
    expect(scene.clock.now() - beganMs).toBeLessThanOrEqual(5_000);
  });
});
