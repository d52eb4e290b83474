import { describe, expect, test } from 'vitest';
import { formatRule } from '../../src/gate/rules.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from '../flow/clock.ts';
import { RecordedComment } from '../flow/comment.ts';
import { RecordingRunner } from '../flow/step.ts';
import { enough, type Given, inputs, key, mistakes, mistakesOf, namesIn, result } from './given.ts';

/** What the step does with nothing but `given`, and says in its `comment`. */
async function stepAfter(given: Given, comment = new RecordedComment()): Promise<RecordingRunner> {
  const runner = new RecordingRunner(given);
  const { signal } = new AbortController();
  await main({
    runner,
    context: { clock: new VirtualClock(), log: runner.log, signal },
    requestDeadlineMs: 60,
    rerunSinceMs: undefined,
    comment,
  });
  return runner;
}

test('inputs that are not set have the defaults of the contract', () => {
  expect(inputs()).toMatchObject({
    apiKey: key,
    workspace: undefined,
    project: 'hats',
    run: {
      kind: 'start',
      version: { kind: 'number', number: 7 },
      modelType: 'rfdetr-nano',
      epochs: undefined,
      checkpoint: undefined,
      speed: undefined,
      recipe: undefined,
      reuse: 'running',
    },
    route: 'auto',
    rules: [],
    baseline: undefined,
    targets: [],
    wait: 'job',
    timeoutMs: 19_800_000,
    pollIntervalMs: undefined,
    onCancel: 'cancel',
    onTimeout: 'leave',
    failBuild: true,
    comment: undefined,
    auth: 'header',
  });
  expect(inputs().apiUrl.href).toBe('https://api.roboflow.com/');
});

test('inputs that are set are read', () => {
  const read = inputs({
    workspace: 'acme',
    epochs: '120',
    checkpoint: 'acme/hats/6',
    speed: 'Accurate',
    reuse: 'finished',
    thresholds: 'map50 >= 80\nwarn: recall >= 70',
    hardware: 't4 <= 10 ms, Jetson Orin',
    wait: 'none',
    timeout: '2h',
    'poll-interval': '30s',
    'on-cancel': 'stop',
    'on-timeout': 'cancel',
    'fail-build': 'false',
    route: 'Trainings',
    baseline: 'Previous',
    comment: 'true',
    'github-token': 'ghs_1',
    'train-recipe': '{"hyperparameters": {"batch_size": 4}}',
    'api-url': 'https://api.roboflow.eu/gateway/',
    auth: 'query',
  });
  expect(read).toMatchObject({
    workspace: 'acme',
    run: { epochs: 120, checkpoint: 'acme/hats/6', speed: 'accurate', reuse: 'finished' },
    route: 'trainings',
    baseline: { kind: 'previous' },
    targets: [
      { hardware: 't4', budgetMs: 10 },
      { hardware: 'Jetson Orin', budgetMs: undefined },
    ],
    wait: 'none',
    timeoutMs: 7_200_000,
    pollIntervalMs: 30_000,
    onCancel: 'stop',
    onTimeout: 'cancel',
    failBuild: false,
    comment: { token: 'ghs_1', project: 'hats', modelType: 'rfdetr-nano' },
    auth: 'query',
  });
  expect(read.run).toMatchObject({ recipe: { hyperparameters: { batch_size: 4 } } });
  expect(read.rules.map(formatRule)).toEqual(['map50 >= 80', 'warn: recall >= 70']);
  expect(read.apiUrl.href).toBe('https://api.roboflow.eu/gateway/');
});

describe('mistakes', () => {
  const allWrong: Given = {
    'api-key': `${key} with blanks`,
    workspace: 'not a slug',
    project: 'a/b/c',
    version: 'seven',
    preprocessing: '[]',
    augmentation: 'none',
    'train-recipe': '{',
    route: 'both',
    baseline: 'best',
    comment: 'yes',
    'model-type': 'rfdetr nano',
    epochs: '0',
    speed: 'fastest',
    reuse: 'runing',
    thresholds: 'map50 >= 80\nrecall >= 0.8',
    hardware: 't4, T4',
    wait: 'forever',
    timeout: 'long',
    'poll-interval': '5',
    'on-cancel': 'kill',
    'on-timeout': 'ignore',
    'fail-build': 'no',
    'on-missing-key': 'ignore',
    'api-url': 'http://api.roboflow.com',
    auth: 'cookie',
  };

  test('in every input at once are told together, each with its name', () => {
    expect(namesIn(mistakesOf(allWrong))).toEqual(Object.keys(allWrong).toSorted());
  });

  test('in every input at once are told in one annotation, and nothing is asked of the API', async () => {
    const step = await stepAfter(allWrong);
    const [text = '', ...more] = step.failures;
    expect(more).toEqual([]);
    expect(text).toMatch(/^Undecided: 27 mistakes in the inputs, so nothing was started:\n- /);
    for (const name of Object.keys(allWrong)) expect(text).toMatch(new RegExp(`\n- ${name}[:,]`));
    expect(step.outputs.get('outcome')).toBe('undecided');
  });

  test('never show the key', async () => {
    expect(mistakesOf(allWrong).join('\n')).not.toContain(key);
    expect(mistakes({ 'api-key': `${key}\n${key}` }).join('\n')).not.toContain(key);
    expect((await stepAfter(allWrong)).written()).not.toContain(key);
  });

  describe('that hold the key', () => {
    const apiKey = 'Rf-K3y/0123456789+Abc';
    const names = Object.keys(allWrong).filter((name) => name !== 'api-key' && name !== 'job-id');
    test.each([...names, 'job-id'])('in %s show nothing of it', (name) => {
      const lines = [`${apiKey} <=`, `{ "${apiKey}" }`, `/${encodeURIComponent(apiKey)}?`]
        .map((value) => result({ ...enough, 'api-key': apiKey, [name]: value }))
        .flatMap((read) => (read.kind === 'mistakes' ? read.lines : []));
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join('\n').toLowerCase()).not.toContain(apiKey.slice(0, 6).toLowerCase());
    });
  });

  test.each(['\u{feff}', '\u{200b}', '\u{a0}', '\u{2060}\u{200d}'])(
    'are not made of %j around a value',
    (around) => {
      const given: Given = {
        ...enough,
        workspace: 'acme',
        baseline: 'previous',
        reuse: 'none',
        'fail-build': 'false',
        timeout: '2h',
        thresholds: 'map50 >= 80',
        hardware: 't4 <= 10 ms',
        'api-url': 'https://api.roboflow.eu',
      };
      const wrapped = Object.entries(given).map(([name, value]) =>
        name === 'api-key' ? [name, value] : [name, `${around}${value}${around}`],
      );
      expect(inputs(Object.fromEntries(wrapped))).toEqual(inputs(given));
    },
  );

  test('are told one a line, with the line of an input that has several', async () => {
    const given = { ...enough, thresholds: '# gate\n\nmap_50 ≥ 80', 'fail-build': 'nope' };
    expect((await stepAfter(given)).failures).toEqual([
      [
        'Undecided: 2 mistakes in the inputs, so nothing was started:',
        '- thresholds, line 3: "map_50 ≥ 80": a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"; did you mean "map50 >= 80"?',
        '- fail-build: "nope" is not valid; valid: true, false',
      ].join('\n'),
    ]);
  });

  test('that are one are told as one', async () => {
    expect((await stepAfter({ ...enough, auth: 'head' })).failures).toEqual([
      'Undecided: a mistake in the inputs, so nothing was started:\n- auth: "head" is not valid; valid: header, query; did you mean "header"?',
    ]);
  });

  test.each<{ name: string; given: Given }>([
    { name: 'a rule is wrong', given: { thresholds: 'map50 > = eighty' } },
    { name: 'the recipe is broken', given: { 'train-recipe': '{' } },
    { name: 'the key is empty', given: { 'api-key': '' } },
    { name: 'the workspace stands in the project, and is wrong', given: { project: '-/hats' } },
  ])('are in the same comment as the verdict of a right run where $name', async ({ given }) => {
    const asked = { ...enough, comment: 'true', 'github-token': 'ghs_1' };
    const comment = new RecordedComment();
    const step = await stepAfter({ ...asked, ...given }, comment);
    expect(step.failures).toHaveLength(1);
    const conclusion = { kind: 'undecided', details: mistakesOf({ ...asked, ...given }) };
    expect(comment.said).toMatchObject([
      { kind: 'concluded', conclusion, run: undefined, inputs: inputs(asked).comment },
    ]);
  });

  test.each<{ name: string; given: Given }>([
    { name: 'none is asked for', given: { auth: 'head' } },
    { name: 'the wish for one is wrong', given: { comment: 'yes' } },
    { name: 'the step is skipped', given: { comment: 'true', 'api-key': '', 'on-missing-key': 'skip' } },
  ])('are in no comment where $name', async ({ given }) => {
    const comment = new RecordedComment();
    await stepAfter({ ...enough, ...given }, comment);
    expect(comment.said).toEqual([]);
  });

  test('fail the step also where rules that do not hold would not', async () => {
    const step = await stepAfter({ ...enough, auth: 'head', 'fail-build': 'false' });
    expect(step.failures).toHaveLength(1);
  });

  test('of nothing set name the three inputs that are needed besides the key', () => {
    expect(mistakesOf({}).map((line) => line.split(':')[0])).toEqual([
      'api-key',
      'project',
      'version',
      'model-type',
    ]);
  });

  test.each<{ name: string; given: Given; expected: readonly string[] }>([
    {
      name: 'a choice that is no slip of a valid one has no hint',
      given: { wait: 'eternity' },
      expected: ['wait: "eternity" is not valid; valid: job, none'],
    },
    {
      name: 'a choice that is a slip has a hint',
      given: { reuse: 'runing' },
      expected: ['reuse: "runing" is not valid; valid: none, running, finished; did you mean "running"?'],
    },
    {
      name: 'epochs are whole',
      given: { epochs: '1.5' },
      expected: ['epochs: "1.5" is not valid; valid: a whole number from 1'],
    },
    {
      name: 'epochs are no word',
      given: { epochs: '1e2' },
      expected: ['epochs: "1e2" is not valid; valid: a whole number from 1'],
    },
    {
      name: 'speed is fast or accurate',
      given: { speed: 'slow' },
      expected: ['speed: "slow" is not valid; valid: fast, accurate'],
    },
    {
      name: 'two rules may be wrong on two lines',
      given: { thresholds: 'map50 >= 0.8\n\nlatency <= 10 %' },
      expected: [
        'thresholds, line 1: "map50 >= 0.8": metrics are percentages; write 80, not 0.8; did you mean "map50 >= 80"?',
        'thresholds, line 3: "latency <= 10 %": % does not fit latency, which is in ms; did you mean "latency <= 10 ms"?',
      ],
    },
    {
      name: 'a model type has no blanks',
      given: { 'model-type': 'rfdetr nano' },
      expected: ['model-type: "rfdetr nano" is not a model type; an example is rfdetr-nano'],
    },
  ])('$name', ({ given, expected }) => {
    expect(mistakes(given)).toEqual(expected);
  });
});

test.each([
  { text: 'true', expected: true },
  { text: 'TRUE', expected: true },
  { text: 'false', expected: false },
  { text: 'False', expected: false },
  { text: '', expected: true },
])('fail-build "$text" is $expected', ({ text, expected }) => {
  expect(inputs({ 'fail-build': text }).failBuild).toBe(expected);
});

test.each(['no', '0', 'off', 'falsey', 'TRUEE'])('fail-build "%s" is refused rather than guessed', (text) => {
  expect(mistakes({ 'fail-build': text })).toEqual([
    `fail-build: "${text}" is not valid; valid: true, false`,
  ]);
});

test.each([
  { text: '', expected: false },
  { text: 'True', expected: true },
  { text: 'false', expected: false },
])('comment "$text" is $expected', ({ text, expected }) => {
  expect(inputs({ comment: text }).comment !== undefined).toBe(expected);
});

test.each(['yes', '1', 'on', 'always'])('comment "%s" is refused rather than guessed', (text) => {
  expect(mistakes({ comment: text })).toEqual([`comment: "${text}" is not valid; valid: true, false`]);
});

test('the token for comments is taken as it is, but for blanks around it', () => {
  expect(inputs({ comment: 'true', 'github-token': ' ghs_1\n' }).comment?.token).toBe('ghs_1');
});
