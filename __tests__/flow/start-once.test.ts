import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FaultAction } from '../../simulator/faults.ts';
import type { OtherTraining, OtherVersion } from '../../simulator/scenario.ts';
import type { Fault } from '../../simulator/simulator.ts';
import { InterruptedError } from '../../src/lib/errors.ts';
import { runs, SEEDS } from '../setup/seeds.ts';
import { REACHED, severalTypes } from './several-world.ts';
import type { RecordingRunner } from './step.ts';
import { openWorld, type World } from './world.ts';

const second = 1_000;
const minute = 60 * second;
const NANO = 'rfdetr-nano';

const ANSWERS = {
  'lost, made': { kind: 'reset', effect: 'after' },
  '503, made': { kind: 'status', status: 503, effect: 'after' },
  '500, made': {
    kind: 'status',
    status: 500,
    body: { error: { message: 'Internal error', code: 'INTERNAL', hint: 'Try again.' } },
    effect: 'after',
  },
  'crash, made': {
    kind: 'status',
    status: 400,
    body: { error: "Cannot read properties of undefined (reading 'id')" },
    effect: 'after',
  },
  'html, made': { kind: 'html', status: 200, effect: 'after' },
  lost: { kind: 'reset' },
  crash: { kind: 'status', status: 400, body: { message: 'TypeError: train.start is not a function' } },
  503: { kind: 'status', status: 503 },
  429: { kind: 'status', status: 429, headers: { 'retry-after': '20' } },
  402: { kind: 'status', status: 402 },
} as const satisfies Readonly<Record<string, FaultAction>>;
type Answer = keyof typeof ANSWERS | 'made';
const MADE = ['lost, made', '503, made', '500, made', 'crash, made', 'html, made'] as const;

/** What happens around the starts of a step. */
interface Scene {
  readonly what: 'start' | 'generate';
  readonly route: 'trainings' | 'jobs';
  readonly types: readonly string[];
  /** To the first requests that make something, in order; all others are answered well. */
  readonly answers: readonly Answer[];
  /** How long lists lag behind what this step makes. */
  readonly lagS: number;
  /** So many seconds after the first request that makes something, somebody else makes one of this type, or of other settings. */
  readonly others: readonly { readonly afterS: number; readonly type: string }[];
  readonly timeoutS: number;
  /** It is interrupted at this request, from 1. */
  readonly interruptAt: number;
  readonly wait: 'job' | 'none';
}

const usual: Scene = {
  what: 'start',
  route: 'trainings',
  types: [NANO],
  answers: [],
  lagS: 3,
  others: [],
  timeoutS: 24 * 3600,
  interruptAt: 9_999,
  wait: 'none',
};

interface Played extends AsyncDisposable {
  readonly world: World;
  readonly step: RecordingRunner;
  readonly post: RecordingRunner;
  /** How many trainings of each type, or versions, this step paid for. */
  readonly made: Readonly<Record<string, number>>;
  /** When the requests that make something were sent, in seconds after the beginning. */
  readonly sentAtS: readonly number[];
}

/** Plays a scene with its post step. */
async function play(scene: Scene): Promise<Played> {
  const { what, route, types, answers, lagS, others, timeoutS, interruptAt, wait } = scene;
  const plan = { queueMs: minute, trainMs: 500 * 60 * minute, refundWindowMs: 500 * 60 * minute };
  const base = severalTypes(REACHED, plan);
  const trainings = others.map(
    ({ afterS, type }): OtherTraining => ({
      version: 7,
      modelType: type,
      plan: base.plan,
      afterStart: 1,
      delayMs: afterS * second,
    }),
  );
  const versions = others.map(
    ({ afterS, type }): OtherVersion => ({
      afterGenerate: 1,
      delayMs: afterS * second,
      ...(type !== NANO && { augmentation: { noise: { percent: 99 } } }),
    }),
  );
  const lag: FaultAction = { kind: 'lag', forMs: lagS * second };
  const faults: Fault[] = [
    ...answers.flatMap((answer, index): Fault[] =>
      answer === 'made' ? [] : [{ route: what, nth: index + 1, do: ANSWERS[answer] }],
    ),
    { route: what === 'start' ? 'list' : 'project', do: lag },
  ];
  const controller = new AbortController();
  let count = 0;
  const world = await openWorld({
    route,
    scenario: what === 'start' ? { ...base, others: trainings } : { ...base, otherVersions: versions },
    faults,
    onAnswer: () => {
      count += 1;
      if (count === interruptAt) controller.abort(new InterruptedError('SIGTERM'));
    },
  });
  const startMs = world.clock.now();
  const inputs = {
    'model-type': types.join('\n'),
    version: what === 'start' ? '7' : 'new',
    timeout: `${timeoutS}s`,
    wait,
    'on-timeout': 'cancel',
    reuse: 'none',
    thresholds: '',
  };
  const step = await world.main(inputs, controller.signal);
  const post = await world.post(step);
  const sent = world.simulator.requests.filter(({ route, method }) => route === what && method === 'POST');
  const begun = world.simulator.started().map(({ requested }) => requested.modelType);
  const generated =
    sent.length === 0 ? [] : world.simulator.versions.filter(({ origin }) => origin === 'generate');
  const made = what === 'start' ? begun : generated.map(() => 'version');
  return {
    world,
    step,
    post,
    made: Object.fromEntries(
      [...new Set(made)].map((each) => [each, made.filter((one) => one === each).length]),
    ),
    sentAtS: sent.map(({ atMs }) => (atMs - startMs) / second),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

/** Trainings of others that this step ended. */
function foreignEnded({ simulator }: World): readonly string[] {
  return simulator.trainings
    .filter(({ origin }) => origin === 'other')
    .filter(({ cancelledAtMs, stopRequestedAtMs }) => (cancelledAtMs ?? stopRequestedAtMs) !== undefined)
    .map(({ id }) => id);
}

const OTHER = 'rfdetr-base';

describe.each([
  ['start', 'trainings'],
  ['start', 'jobs'],
  ['generate', 'trainings'],
] as const)('whatever is made once: %s, route %s', (what, route) => {
  type Row = [
    name: string,
    sends: number,
    made: 0 | 1,
    outcome: 'started' | 'undecided',
    scene: Partial<Scene>,
  ];
  const others = (afterS: number, type = NANO) => ({ others: [{ afterS, type }] });
  // All orders of answers: training/exactly-once.test.ts.
  test.each<Row>([
    ['is made at once', 1, 1, 'started', {}],
    ['is lost, shows after 118 s', 1, 1, 'started', { answers: ['lost, made'], lagS: 118 }],
    ['meets a page of HTML, shows after 60 s', 1, 1, 'started', { answers: ['html, made'], lagS: 60 }],
    ['is made in spite of an error with words', 1, 1, 'started', { answers: ['500, made'] }],
    ['is made in spite of such errors twice', 2, 1, 'started', { answers: [503, '500, made'], lagS: 110 }],
    ['is made by code that broke then', 1, 1, 'started', { answers: ['crash, made'], lagS: 60 }],
    ['is made after code that broke', 2, 1, 'started', { answers: ['crash'] }],
    ['meets a 503, then is made', 2, 1, 'started', { answers: [503] }],
    ['is turned away, then lost and shows', 2, 1, 'started', { answers: [429, 'lost, made'] }],
    ['is lost, shows after a 402', 2, 1, 'started', { answers: ['lost, made', 402], lagS: 130 }],
    ['is not sent again at the timeout', 1, 0, 'undecided', { answers: ['lost'], timeoutS: 120 }],
    ['is turned away until the timeout', 1, 0, 'undecided', { answers: [429], timeoutS: 20 }],
    ['is lost, a stranger shows later', 1, 1, 'undecided', { answers: ['lost, made'], ...others(60) }],
    ['is lost on the way, another shows', 1, 0, 'undecided', { answers: ['lost'], ...others(60, OTHER) }],
    ['is turned away, a stranger is faster', 3, 1, 'started', { answers: [429, 'lost'], ...others(10) }],
  ])('%s', async (_, sends, made, outcome, scene) => {
    await using played = await play({ ...usual, ...scene, what, route });
    expect(played.sentAtS).toHaveLength(sends);
    expect(Object.values(played.made)).toEqual(made === 0 ? [] : [made]);
    expect(played.step.outputs.get('outcome')).toBe(outcome);
    expect(foreignEnded(played.world)).toEqual([]);
  });
});

describe('the starts of several types', () => {
  const types = Object.keys(REACHED);
  test.each<{ name: string; scene: Partial<Scene>; made: readonly string[] }>([
    { name: 'each are sent once', scene: {}, made: types },
    {
      name: 'are sent only until the timeout, if the first takes long',
      scene: { answers: [503], timeoutS: 100 },
      made: [],
    },
    {
      name: 'that lag are told from each other',
      scene: { answers: ['lost, made', 'lost, made', 'lost, made'], lagS: 100 },
      made: types,
    },
    {
      name: 'are sent up to an interruption',
      scene: { answers: ['made'], interruptAt: 15 },
      made: types.slice(0, 1),
    },
  ])('$name', async ({ scene, made }) => {
    await using played = await play({ ...usual, types, ...scene });
    expect(Object.keys(played.made).toSorted()).toEqual([...made].toSorted());
    expect(Object.values(played.made).every((count) => count === 1)).toBe(true);
    expect(played.sentAtS.every((at) => at < (scene.timeoutS ?? usual.timeoutS))).toBe(true);
  });

  test('are recorded only for those that were sent, so that none of somebody else is ended for one of them', async () => {
    const others = types.map((type) => ({ afterS: 0, type }));
    for (let interruptAt = 8; interruptAt < 20; interruptAt += 1) {
      await using played = await play({ ...usual, types, others, interruptAt });
      expect(foreignEnded(played.world), `interrupted at ${interruptAt}`).toEqual([]);
    }
  });
});

const anyScene: fc.Arbitrary<Scene> = fc.record({
  what: fc.constantFrom('start', 'start', 'start', 'generate'),
  route: fc.constant('trainings'),
  types: fc.constantFrom([NANO], [NANO], Object.keys(REACHED)),
  answers: fc.array(fc.constantFrom<Answer>('made', 'lost', 'lost', ...MADE, 503, 429, 429, 402), {
    maxLength: 5,
  }),
  lagS: fc.integer({ min: 0, max: 115 }),
  others: fc.array(
    fc.record({
      afterS: fc.integer({ min: 0, max: 150 }),
      type: fc.constantFrom(NANO, NANO, 'rfdetr-small', OTHER),
    }),
    { maxLength: 2 },
  ),
  timeoutS: fc.constantFrom(1, 20, 60, 120, 150, 300, 24 * 3600),
  interruptAt: fc.oneof(fc.constant(9_999), fc.integer({ min: 1, max: 40 })),
  wait: fc.constantFrom('job' as const, 'none' as const),
});

describe.each(SEEDS)('the starts of a step, whatever happens around them (TEST_SEED=%i)', (seed) => {
  test('are paid for once at most, sent before the timeout, and end nothing of others while ours may still show', async () => {
    await fc.assert(
      fc.asyncProperty(anyScene, async (scene) => {
        await using played = await play({
          ...scene,
          timeoutS: scene.wait === 'job' ? Math.min(scene.timeoutS, 300) : scene.timeoutS,
        });
        const { world, made, sentAtS } = played;
        for (const count of Object.values(made)) expect(count).toBe(1);
        expect(sentAtS.filter((at) => at >= scene.timeoutS)).toEqual([]);
        // Of what shows alone nobody can tell whose it is, if ours did not arrive.
        const lost =
          scene.answers.some((answer) => answer !== 'made' && answer !== 429) || scene.interruptAt < 9_999;
        if (Object.keys(made).length === scene.types.length || !lost) expect(foreignEnded(world)).toEqual([]);
      }),
      { seed, numRuns: runs(40), endOnFailure: true },
    );
  });
});
