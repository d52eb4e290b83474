import { describe, expect, test } from 'vitest';
import type {
  Comment,
  GithubFault,
  GithubOptions,
  GithubRequest,
  GithubRoute,
} from '../../../simulator/github.ts';
import { GITHUB_DEADLINE_MS } from '../../../src/github/github-session.ts';
import { undecided } from '../../../src/report/conclusion.ts';
import { atEachRequest, commentsAfter, laterSha, Scene, type Step, type Writing } from '../scene.ts';
import { SharedClock } from '../shared-clock.ts';

/** A token of its own tells whose request it is; all write as the workflow's bot. */
const tokenOf = (name: string) => `ghs_${name}`;
const bot = { login: 'github-actions[bot]', type: 'Bot' } as const;

function isOf(name: string, { headers }: GithubRequest): boolean {
  return headers.authorization === `token ${tokenOf(name)}`;
}

function verdict(name: string) {
  return undecided(`verdict of ${name}`);
}

function headings(scene: Scene): readonly (string | undefined)[] {
  return scene.said().map(({ heading }) => heading);
}

/** All orders of `items`. */
function ordersOf<Item>(items: readonly Item[]): readonly (readonly Item[])[] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    ordersOf(items.filter((each) => each !== item)).map((rest) => [item, ...rest]),
  );
}

describe('runs that end one after the other', () => {
  const runs: Readonly<Record<string, Writing>> = {
    'an older run': { id: 41 },
    'a newer run': { id: 42 },
    'its second attempt': { id: 42, attempt: 2 },
  };

  test.each(ordersOf(Object.keys(runs)))('leave the newest verdict: %s, %s, %s', async (...order) => {
    await using scene = await Scene.start();
    const steps = new Map<string, Step>();
    for (const [name, run] of Object.entries(runs)) steps.set(name, await scene.step(run));
    for (const step of steps.values()) await step.announce();
    for (const name of order) await steps.get(name)?.conclude(verdict(name));
    expect(headings(scene)).toEqual(['### ⚠️ Not judged: verdict of its second attempt']);
  });

  test.each(ordersOf(['old', 'new'] as const))('leave the verdict on the head: %s, %s', async (...order) => {
    await using scene = await Scene.start();
    // Somebody ran the older commit again: the newer run is about what is no longer the head.
    const steps = { old: await scene.step({ id: 43 }), new: await scene.step({ id: 42, sha: laterSha }) };
    await steps.old.announce();
    scene.github.push(12, laterSha);
    await steps.new.announce();
    for (const name of order) await steps[name].conclude(verdict(name));
    expect(headings(scene)).toEqual(['### ⚠️ Not judged: verdict of new']);
  });

  test('tell in the log when a newer one stands', async () => {
    await using scene = await Scene.start();
    await scene.announce({ id: 43 });
    const beganMs = scene.clock.now();
    const log = await scene.write({ id: 42 });
    expect(scene.clock.now()).toBe(beganMs);
    expect(log.infos).toEqual(['The comment on pull request #12 is of a newer workflow run, and stays.']);
    expect(log.notices).toEqual([]);
  });

  test.each<[said: string, earlier: Writing | undefined, looks: number]>([
    ['an earlier step of this run', undefined, 1],
    ['another run', { id: 41 }, 3],
  ])(
    'look again for a second writer only where one may be: after what %s said that it goes on',
    async (_, earlier, looks) => {
      await using scene = await Scene.start();
      const step = await scene.step();
      await (earlier === undefined ? step.announce() : scene.announce(earlier));
      const asked = scene.routes().length;
      await step.conclude(verdict('ours'));
      expect(
        scene
          .routes()
          .slice(asked)
          .filter((route) => route === 'list-comments'),
      ).toHaveLength(looks);
      expect(headings(scene)).toEqual(['### ⚠️ Not judged: verdict of ours']);
    },
  );

  test('give up a fight that nobody wins, and leave it to the post step', async () => {
    const [old] = await commentsAfter({ id: 41 });
    const body = old?.body.replace('phase=judged', 'phase=under-way');
    await using scene: Scene = await Scene.start({
      comments: [{ pullRequest: 12, author: bot, body: body ?? '' }],
      tokens: { [tokenOf('ours')]: bot, [tokenOf('other')]: bot },
      onAnswer: async (request) => {
        if (request.route !== 'update-comment' || !isOf('ours', request)) return;
        const url = `${scene.github.url}${request.path}`;
        const headers = { authorization: `token ${tokenOf('other')}`, 'content-type': 'application/json' };
        await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ body }) });
      },
    });
    const { infos } = await scene.write({ token: tokenOf('ours') });
    expect(infos.at(-1)).toBe(
      'The comment may not be up to date: other steps kept changing the same comment. The post step of this job looks at it again.',
    );
    expect(
      scene.github.requests.filter((request) => request.route === 'update-comment' && isOf('ours', request)),
    ).toHaveLength(12);
  });

  test('leave what may not be changed, and begin no second one', async () => {
    const refused = {
      kind: 'status',
      status: 403,
      message: 'Resource not accessible by integration',
    } as const;
    const comments = await commentsAfter({ id: 41 });
    await using scene = await Scene.start({ comments, faults: { 'update-comment': refused } });
    const { notices } = await scene.write({ id: 42 });
    expect(notices).toEqual([expect.stringContaining('pull-requests: write')]);
    expect(scene.said().map(({ marker }) => marker?.run)).toEqual([41]);
  });

  test('leave one where two are there, of which one may not be deleted', async () => {
    const [older, oldest] = await Promise.all([commentsAfter({ id: 41 }), commentsAfter({ id: 40 })]);
    const comments = [...older, ...oldest].map(({ id: _, ...comment }) => comment);
    const refused = {
      kind: 'status',
      status: 403,
      message: 'Resource not accessible by integration',
    } as const;
    for (const [faults, left] of [
      [{}, [42]],
      [{ 'delete-comment': refused }, [42, 40]],
    ] as const) {
      await using scene = await Scene.start({ comments, faults });
      const { notices } = await scene.write({ id: 42 });
      expect(notices).toEqual([]);
      expect(scene.said().map(({ marker }) => marker?.run)).toEqual(left);
    }
  });
});

describe('a verdict on a commit that is no longer the head', () => {
  const pushed = (scene: Scene) => scene.github.push(12, laterSha);

  test('gives way to the next one', async () => {
    await using scene = await Scene.start();
    const step = await scene.step();
    pushed(scene);
    await step.conclude();
    await scene.write({ id: 43, sha: laterSha });
    expect(scene.said()).toMatchObject([{ marker: { sha: laterSha } }]);
  });

  test.each<{ asked: GithubRoute; fault?: GithubFault }>([
    { asked: 'pull-request' },
    { asked: 'create-comment', fault: { kind: 'secondary-rate-limit', retryAfterS: 60 } },
    { asked: 'create-comment', fault: { kind: 'status', status: 502, message: 'Bad Gateway' } },
  ])('takes no newer verdict for older, if that came while it asked for $asked', async ({ asked, fault }) => {
    let other: Promise<unknown> | undefined;
    await using scene: Scene = await Scene.start({
      tokens: { [tokenOf('late')]: bot, [tokenOf('head')]: bot },
      onAnswer: async (request) => {
        if (other !== undefined || request.route !== asked || !isOf('late', request)) return;
        pushed(scene);
        other = onHead.conclude(verdict('head'));
        await other;
      },
      faultAt: (request) => (other === undefined && request.route === asked ? fault : undefined),
    });
    const onHead = await scene.step({ id: 42, sha: laterSha, token: tokenOf('head') });
    const late = await scene.step({ id: 43, token: tokenOf('late') });
    await late.conclude(verdict('late'));
    expect(headings(scene)).toEqual(['### ⚠️ Not judged: verdict of head']);
    expect(late.log.infos.at(-1)).toContain('stays');
  });
});

/** How long a request is held: nearly as long as one may take. */
const HELD_MS = GITHUB_DEADLINE_MS - 100;

interface Race {
  readonly first: Writing;
  readonly second: Writing;
  /** Which request of the end of the first run is held, from 1, and whether it has had its effect by then. */
  readonly nth: number;
  readonly when: 'before' | 'after';
  /** What is there at the start. */
  readonly comments: readonly Comment[];
}

/** Runs all of the second one while a request of the first is held; false where the first made fewer requests. */
async function race(
  { first, second, nth, when, comments }: Race,
  check: (scene: Scene) => void,
): Promise<boolean> {
  const clock = new SharedClock();
  let isEnding = false;
  let count = 0;
  let other: Promise<unknown> | undefined;
  const hold = async (request: GithubRequest) => {
    if (!isEnding || !isOf('first', request) || count !== nth || other) return;
    other = secondStep.announce().then(() => secondStep.conclude(verdict('second')));
    await clock.sleep(HELD_MS);
  };
  const options: GithubOptions = {
    comments,
    tokens: { [tokenOf('first')]: bot, [tokenOf('second')]: bot },
    onRequest: async (request) => {
      if (isEnding && isOf('first', request)) count += 1;
      if (when === 'before') await hold(request);
    },
    onAnswer: async (request) => {
      if (when === 'after') await hold(request);
    },
  };
  await using scene = await Scene.start(options, clock);
  const secondStep = await scene.step({ ...second, token: tokenOf('second') });
  const firstStep = await scene.step({ ...first, token: tokenOf('first') });
  await firstStep.announce();
  isEnding = true;
  await firstStep.conclude(verdict('first'));
  await other;
  if (other) check(scene);
  return other !== undefined;
}

describe('a run that comes while another ends', () => {
  const older: Writing = { id: 41 };
  const newer: Writing = { id: 42 };

  test.each<{ name: string; first: Writing; second: Writing; stands: string }>([
    { name: 'the older one is held', first: older, second: newer, stands: 'second' },
    { name: 'the newer one is held', first: newer, second: older, stands: 'first' },
  ])(
    'leaves one comment, the newer, when $name at any of its requests',
    async ({ first, second, stands }) => {
      const earlier = await commentsAfter({ id: 1, token: 'ghs_earlier' }, { tokens: { ghs_earlier: bot } });
      for (const comments of [[], earlier])
        for (const when of ['before', 'after'] as const)
          await atEachRequest(3, (nth) =>
            race({ first, second, nth, when, comments }, (scene) => {
              const place = `held ${when} request ${nth}, ${comments.length} comments there`;
              expect(headings(scene), place).toEqual([`### ⚠️ Not judged: verdict of ${stands}`]);
            }),
          );
    },
    60_000,
  );
});
