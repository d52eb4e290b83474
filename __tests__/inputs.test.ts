import { describe, expect, test } from 'vitest';
import { InputError } from '../src/errors.ts';
import { formatRule } from '../src/gate/rules.ts';
import { type Inputs, isLoopback, readInputs } from '../src/inputs.ts';

type Given = Readonly<Record<string, string>>;

const key = 'k3y-that-must-not-show';
const enough: Given = { 'api-key': key, project: 'hats', version: '7', 'model-type': 'rfdetr-nano' };

function result(given: Given) {
  return readInputs((name) => given[name] ?? '');
}

/** The inputs that `given` changes from the fewest that are enough. */
function inputs(given: Given = {}): Inputs {
  const read = result({ ...enough, ...given });
  if (read.kind !== 'inputs') throw new Error('no key');
  return read.inputs;
}

function errorOf(given: Given): InputError {
  try {
    result(given);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('the inputs were taken');
}

/** The mistakes that `given` makes. */
function mistakes(given: Given): readonly string[] {
  return errorOf({ ...enough, ...given }).mistakes.map(
    ({ input, line, problem }) => `${input}${line === undefined ? '' : `, line ${line}`}: ${problem}`,
  );
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
      reuse: 'running',
    },
    rules: [],
    targets: [],
    wait: 'job',
    timeoutMs: 19_800_000,
    pollIntervalMs: undefined,
    onCancel: 'cancel',
    onTimeout: 'leave',
    failBuild: true,
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
    'api-url': 'https://api.roboflow.eu/gateway/',
    auth: 'query',
  });
  expect(read).toMatchObject({
    workspace: 'acme',
    run: { epochs: 120, checkpoint: 'acme/hats/6', speed: 'accurate', reuse: 'finished' },
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
    auth: 'query',
  });
  expect(read.rules.map(formatRule)).toEqual(['map50 >= 80', 'warn: recall >= 70']);
  expect(read.apiUrl.href).toBe('https://api.roboflow.eu/gateway/');
});

describe('mistakes', () => {
  const allWrong: Given = {
    'api-key': `${key} with blanks`,
    workspace: 'not a slug',
    project: 'a/b/c',
    version: 'seven',
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

  test('in every input at once are told in one error that names each', () => {
    const error = errorOf(allWrong);
    expect([...new Set(error.mistakes.map(({ input }) => input))].toSorted()).toEqual(
      Object.keys(allWrong).toSorted(),
    );
    for (const name of Object.keys(allWrong)) expect(error.message).toContain(`- ${name}`);
    expect(error.message).toMatch(/^19 inputs are not valid, so nothing was started:\n/);
  });

  test('never show the key', () => {
    expect(errorOf(allWrong).message).not.toContain(key);
    expect(errorOf({ ...enough, 'api-key': `${key}\n${key}` }).message).not.toContain(key);
  });

  test('are told one a line, with the line of an input that has several', () => {
    expect(errorOf({ ...enough, thresholds: '# gate\n\nmap_50 ≥ 80', 'fail-build': 'nope' }).message).toBe(
      [
        '2 inputs are not valid, so nothing was started:',
        '- thresholds, line 3: "map_50 ≥ 80": a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"; did you mean "map50 >= 80"?',
        '- fail-build: "nope" is not valid; valid: true, false',
      ].join('\n'),
    );
  });

  test('that are one are told in one line', () => {
    expect(errorOf({ ...enough, auth: 'head' }).message).toBe(
      'An input is not valid, so nothing was started. auth: "head" is not valid; valid: header, query; did you mean "header"?',
    );
  });

  test('of nothing set name the three inputs that are needed besides the key', () => {
    expect(errorOf({}).mistakes.map(({ input }) => input)).toEqual([
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

describe('the key', () => {
  test('that is empty is a mistake, with what to do', () => {
    expect(mistakes({ 'api-key': '' })).toEqual([
      'api-key: is empty; set it to a Roboflow private key from a secret, such as secrets.ROBOFLOW_API_KEY. Pull requests from forks and Dependabot get no secrets: "on-missing-key: skip" lets those pass unjudged',
    ]);
  });

  test.each(['', '  ', '\n'])('that is %j skips where the workflow asked for that', (apiKey) => {
    expect(result({ ...enough, 'api-key': apiKey, 'on-missing-key': 'skip' })).toEqual({ kind: 'no-key' });
  });

  test('that is there is used, also where the workflow would skip without', () => {
    expect(inputs({ 'on-missing-key': 'skip' }).apiKey).toBe(key);
  });

  test('that is empty skips only with inputs that are valid', () => {
    expect(mistakes({ 'api-key': '', 'on-missing-key': 'skip', auth: 'none' })).toEqual([
      'auth: "none" is not valid; valid: header, query',
    ]);
  });

  test('that is empty is still a mistake where the wish to skip is misspelled', () => {
    expect(mistakes({ 'api-key': '', 'on-missing-key': 'skp' }).map((text) => text.split(':')[0])).toEqual([
      'on-missing-key',
      'api-key',
    ]);
  });

  test.each(['a b', 'a\tb', 'a\nb', 'a\u{0}b', 'schlüssel', '\u{feff}abc\u{200b}x'])(
    'is refused as %j',
    (apiKey) => {
      expect(mistakes({ 'api-key': apiKey })).toEqual([
        'api-key: has blanks, line breaks or other characters that no key has',
      ]);
    },
  );

  test('is taken without the line end that secrets often have', () => {
    expect(inputs({ 'api-key': `${key}\n` }).apiKey).toBe(key);
  });
});

describe('the project', () => {
  test.each<{ given: Given; workspace: string | undefined; project: string }>([
    { given: { project: 'hats' }, workspace: undefined, project: 'hats' },
    { given: { project: 'acme/hats' }, workspace: 'acme', project: 'hats' },
    { given: { project: 'acme/hats', workspace: 'acme' }, workspace: 'acme', project: 'hats' },
    { given: { project: 'hats', workspace: 'acme' }, workspace: 'acme', project: 'hats' },
    { given: { project: 'https://app.roboflow.com/acme/hats' }, workspace: 'acme', project: 'hats' },
    { given: { project: 'Hard_Hats-2.v' }, workspace: undefined, project: 'Hard_Hats-2.v' },
    { given: { project: '  hats  ' }, workspace: undefined, project: 'hats' },
  ])('may be given as $given', ({ given, workspace, project }) => {
    expect(inputs(given)).toMatchObject({ workspace, project });
  });

  test.each([
    'a/b/c',
    'acme/',
    '/hats',
    '/',
    'hard hats',
    '..',
    'acme/..',
    '../hats',
    '-hats',
    'hats?x=1',
    'hats#1',
    'hats%2f',
    'hüte',
    'http://app.roboflow.com/acme/hats',
    'https://evil.example/acme/hats',
  ])('is refused as "%s"', (project) => {
    expect(mistakes({ project })).toEqual([
      `project: "${project}" is not a project's slug; write "project" or "workspace/project", as in the project's address`,
    ]);
  });

  test('is needed', () => {
    expect(mistakes({ project: '' })).toEqual([
      'project: is empty; set it to the slug of a Roboflow project, as in its address: app.roboflow.com/WORKSPACE/PROJECT',
    ]);
  });

  test('must not name another workspace than the workspace input', () => {
    expect(mistakes({ project: 'acme/hats', workspace: 'other' })).toEqual([
      'workspace: "other" is not the workspace in project, "acme"; leave one of them out',
    ]);
  });

  test.each(['acme/hats', 'ac me', '..', '-acme'])('is not looked for in the workspace "%s"', (workspace) => {
    expect(mistakes({ workspace })).toEqual([
      `workspace: "${workspace}" is not a workspace's slug; write it as in its address: app.roboflow.com/WORKSPACE`,
    ]);
  });
});

describe('the version', () => {
  test.each([
    { text: '1', expected: { kind: 'number', number: 1 } },
    { text: '123', expected: { kind: 'number', number: 123 } },
    { text: 'latest', expected: { kind: 'latest' } },
    { text: 'Latest', expected: { kind: 'latest' } },
  ])('may be "$text"', ({ text, expected }) => {
    expect(inputs({ version: text }).run.version).toEqual(expected);
  });

  test.each(['0', '-1', '7.0', '07', 'v7', '1e2', '0x7', 'acme/hats/7', '12345678901234567890'])(
    'is refused as "%s"',
    (version) => {
      const [mistake, ...more] = mistakes({ version });
      expect(mistake).toContain(`version: "${version}" is not valid; valid: `);
      expect(more).toEqual([]);
    },
  );

  test('that is a slip has a hint', () => {
    expect(mistakes({ version: 'lastest' })[0]).toMatch(/; did you mean "latest"\?$/);
  });
});

describe('a job to attach to', () => {
  test('needs neither version nor model type', () => {
    expect(inputs({ 'job-id': 'job_x1', version: '', 'model-type': '' }).run).toEqual({
      kind: 'attach',
      jobId: 'job_x1',
      version: undefined,
    });
  });

  test('may come with the version that it should train', () => {
    expect(inputs({ 'job-id': 'job_x1', version: '7' }).run).toMatchObject({
      version: { kind: 'number', number: 7 },
    });
  });

  test.each(['a b', 'a/b', 'a?b', 'a#b', '..', '.'])(
    'has no id "%s", which is a path and not a name',
    (jobId) => {
      expect(mistakes({ 'job-id': jobId })).toEqual([`job-id: "${jobId}" is not a job's id`]);
    },
  );
});

describe('hardware', () => {
  test.each<{ text: string; expected: readonly (readonly [string, number | undefined])[] }>([
    { text: '', expected: [] },
    { text: 't4', expected: [['t4', undefined]] },
    {
      text: 't4,l4',
      expected: [
        ['t4', undefined],
        ['l4', undefined],
      ],
    },
    {
      text: 't4\nl4\n',
      expected: [
        ['t4', undefined],
        ['l4', undefined],
      ],
    },
    {
      text: 't4\r\nl4 <= 5 ms\r\n',
      expected: [
        ['t4', undefined],
        ['l4', 5],
      ],
    },
    { text: 't4 <= 10 ms', expected: [['t4', 10]] },
    { text: 't4<=10ms', expected: [['t4', 10]] },
    { text: 't4 <= 7.5', expected: [['t4', 7.5]] },
    { text: 'T4 <= 10 MS', expected: [['T4', 10]] },
    {
      text: 'Jetson Orin Nano <= 33.3 ms, t4',
      expected: [
        ['Jetson Orin Nano', 33.3],
        ['t4', undefined],
      ],
    },
    { text: '# edge\nt4 # cloud\n\n,', expected: [['t4', undefined]] },
    { text: 't4 # the cloud, not the edge', expected: [['t4', undefined]] },
  ])('"$text" is read', ({ text, expected }) => {
    expect(inputs({ hardware: text }).targets.map(({ hardware, budgetMs }) => [hardware, budgetMs])).toEqual(
      expected,
    );
  });

  test.each([
    't4 < 10 ms',
    't4 >= 10 ms',
    't4 = 10',
    't4 <= 0 ms',
    't4 <= 10 s',
    't4 <=',
    '<= 10 ms',
    't4 <= -1',
    't4 ≤ 10 ms',
  ])('"%s" is refused', (hardware) => {
    expect(mistakes({ hardware })).toEqual([
      `hardware: "${hardware}" is not valid; write a hardware name such as t4, or one with a latency budget such as "t4 <= 10 ms"`,
    ]);
  });

  test('with a decimal comma is not taken for a smaller budget and a second hardware', () => {
    expect(errorOf({ ...enough, hardware: 't4 <= 7,5 ms' }).mistakes.map(({ input }) => input)).toEqual([
      'hardware',
    ]);
  });

  test('stands there once, however it is spelled', () => {
    expect(mistakes({ hardware: 't4 <= 10 ms\nT4' })).toEqual(['hardware: "T4" stands there twice']);
  });
});

describe('times', () => {
  test.each([
    { given: { timeout: '90s' }, timeoutMs: 90_000, pollIntervalMs: undefined },
    { given: { timeout: '24d' }, timeoutMs: 2_073_600_000, pollIntervalMs: undefined },
    { given: { 'poll-interval': '5h29m59s' }, timeoutMs: 19_800_000, pollIntervalMs: 19_799_000 },
    { given: { timeout: '2s', 'poll-interval': '500ms' }, timeoutMs: 2_000, pollIntervalMs: 500 },
  ])('$given are read', ({ given, timeoutMs, pollIntervalMs }) => {
    expect(inputs(given)).toMatchObject({ timeoutMs, pollIntervalMs });
  });

  const units = 'is not a duration; write numbers with units, such as 500ms, 90s, 15m or 5h30m';
  test.each<{ given: Given; expected: readonly string[] }>([
    { given: { timeout: '90' }, expected: [`timeout: "90" ${units}`] },
    { given: { timeout: '5 hours' }, expected: [`timeout: "5 hours" ${units}`] },
    { given: { timeout: '-5m' }, expected: [`timeout: "-5m" ${units}`] },
    { given: { timeout: '0s' }, expected: ['timeout: "0s" must be longer than nothing'] },
    { given: { timeout: '25d' }, expected: ['timeout: "25d" is longer than 24 d'] },
    { given: { 'poll-interval': '10' }, expected: [`poll-interval: "10" ${units}`] },
    { given: { 'poll-interval': '0ms' }, expected: ['poll-interval: "0ms" must be longer than nothing'] },
    {
      given: { timeout: '10s', 'poll-interval': '10s' },
      expected: ['timeout: "10s" must be longer than poll-interval, "10s"'],
    },
    {
      given: { timeout: '1m', 'poll-interval': '1h' },
      expected: ['timeout: "1m" must be longer than poll-interval, "1h"'],
    },
    {
      given: { timeout: '', 'poll-interval': '6h' },
      expected: ['timeout: "5h30m" must be longer than poll-interval, "6h"'],
    },
    {
      given: { timeout: 'x', 'poll-interval': 'y' },
      expected: [`timeout: "x" ${units}`, `poll-interval: "y" ${units}`],
    },
  ])('$given are refused', ({ given, expected }) => {
    expect(mistakes(given)).toEqual(expected);
  });
});

describe('the address of the API', () => {
  test.each([
    { text: 'https://api.roboflow.eu', expected: 'https://api.roboflow.eu/' },
    {
      text: 'https://gateway.example:8443/roboflow/api',
      expected: 'https://gateway.example:8443/roboflow/api',
    },
    { text: 'HTTPS://API.ROBOFLOW.COM', expected: 'https://api.roboflow.com/' },
    { text: 'http://localhost:8080', expected: 'http://localhost:8080/' },
    { text: 'http://127.0.0.1:8080/x', expected: 'http://127.0.0.1:8080/x' },
    { text: 'http://127.9.8.7', expected: 'http://127.9.8.7/' },
    { text: 'http://[::1]:8080', expected: 'http://[::1]:8080/' },
  ])('may be $text', ({ text, expected }) => {
    expect(inputs({ 'api-url': text }).apiUrl.href).toBe(expected);
  });

  test.each([
    'http://api.roboflow.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://evil.example/localhost',
    'http://10.0.0.1',
    'http://0.0.0.0',
    'http://128.0.0.1',
    'http://[::2]',
  ])('must be encrypted: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      `api-url: "${text}" would send the key unencrypted; use https (plain http is only for loopback)`,
    ]);
  });

  test.each([
    'api.roboflow.com',
    'ftp://api.roboflow.com',
    'file:///etc/passwd',
    'https://',
    'javascript:alert(1)',
    '//x',
  ])('must be a URL: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      `api-url: "${text}" is not a URL; an example is https://api.roboflow.com`,
    ]);
  });

  test.each([
    'https://user:secret@api.roboflow.com',
    'https://user@api.roboflow.com',
    'https://api.roboflow.com?api_key=secret',
    'https://api.roboflow.com/#secret',
    'http://localhost:1/?x=secret',
    'http://api.roboflow.com@localhost',
  ])('must be scheme, host and path only, and what is more is not shown: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      'api-url: must be scheme, host and path only, without credentials, "?" or "#"',
    ]);
  });
});

test.each([
  { url: 'http://localhost', expected: true },
  { url: 'http://LOCALHOST:80', expected: true },
  { url: 'http://127.0.0.1', expected: true },
  { url: 'http://127.255.255.254', expected: true },
  { url: 'http://[::1]', expected: true },
  { url: 'http://localhost.example', expected: false },
  { url: 'http://xlocalhost', expected: false },
  { url: 'http://127.0.0.1.example', expected: false },
  { url: 'http://1.127.0.0', expected: false },
  { url: 'http://[::]', expected: false },
  { url: 'https://api.roboflow.com', expected: false },
])('$url leads to this machine: $expected', ({ url, expected }) => {
  expect(isLoopback(new URL(url))).toBe(expected);
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

test.each(['no', '0', 'off', 'falsey'])('fail-build "%s" is refused rather than guessed', (text) => {
  expect(mistakes({ 'fail-build': text })).toEqual([
    `fail-build: "${text}" is not valid; valid: true, false`,
  ]);
});
