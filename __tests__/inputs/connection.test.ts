import { describe, expect, test } from 'vitest';
import { enough, type Given, inputs, key, mistakes, result } from './given.ts';

describe('the key', () => {
  const notSet =
    'api-key: is empty: the secret is not set, its name is misspelt, or the job does not name the environment that holds it. Set it to a Roboflow private key from a secret, such as secrets.ROBOFLOW_API_KEY';
  const withheldFrom = (what: string) =>
    `api-key: is empty: GitHub gives no secrets to ${what}. With "on-missing-key: skip" such a run ends as skipped, and nothing is judged`;
  const withheld = { fork: 'a pull request from a fork', dependabot: 'Dependabot' };

  // Where GitHub gives secrets, an empty one is a slip, and to skip would be green for ever.
  test.each([
    ['', undefined, notSet],
    ['fail', undefined, notSet],
    ['skip', undefined, notSet],
    ['', 'fork', withheldFrom(withheld.fork)],
    ['fail', 'dependabot', withheldFrom(withheld.dependabot)],
  ] as const)(
    'that is empty is a mistake with on-missing-key "%s", secrets withheld from: %s',
    (value, from, says) => {
      expect(mistakes({ 'api-key': '', 'on-missing-key': value }, {}, from)).toEqual([says]);
    },
  );

  test.each([
    ['', 'fork'],
    ['  ', 'dependabot'],
    ['\n', 'dependabot'],
  ] as const)(
    'that is %j skips if on-missing-key is skip and secrets are withheld from %s',
    (apiKey, from) => {
      const given = { ...enough, 'api-key': apiKey, 'on-missing-key': 'skip' };
      expect(result(given, {}, from)).toEqual({
        kind: 'no-key',
        why: `GitHub gives no secrets to ${withheld[from]}`,
      });
    },
  );

  test('that is there is used, also if on-missing-key is skip', () => {
    expect(inputs({ 'on-missing-key': 'skip' }).apiKey).toBe(key);
    const withheldToo = result({ ...enough, 'on-missing-key': 'skip' }, {}, 'fork');
    expect(withheldToo).toMatchObject({ kind: 'inputs', inputs: { apiKey: key } });
  });

  test('that is empty skips only with inputs that are valid', () => {
    expect(mistakes({ 'api-key': '', 'on-missing-key': 'skip', auth: 'none' }, {}, 'fork')).toEqual([
      'auth: "none" is not valid; valid: header, query',
    ]);
  });

  test('that is empty is still a mistake if "skip" has a typo', () => {
    const told = mistakes({ 'api-key': '', 'on-missing-key': 'skp' });
    expect(told.map((text) => text.split(':')[0])).toEqual(['on-missing-key', 'api-key']);
  });

  test.each(['a b', 'a\tb', 'a\nb', 'a\u{0}b', 'schlüssel', '\u{feff}abc\u{200b}x'])(
    'is refused as %j',
    (apiKey) => {
      expect(mistakes({ 'api-key': apiKey })).toEqual([
        'api-key: has spaces, line breaks or other characters that no key has',
      ]);
    },
  );

  test('is taken without the line end that secrets often have', () => {
    expect(inputs({ 'api-key': `${key}\n` }).apiKey).toBe(key);
  });
});

describe('the project', () => {
  test.each<[given: Given, workspace: string | undefined, project: string]>([
    [{ project: 'hats' }, undefined, 'hats'],
    [{ project: 'acme/hats' }, 'acme', 'hats'],
    [{ project: 'acme/hats', workspace: 'acme' }, 'acme', 'hats'],
    [{ project: 'hats', workspace: 'acme' }, 'acme', 'hats'],
    [{ project: 'https://app.roboflow.com/acme/hats' }, 'acme', 'hats'],
    [{ project: 'Hard_Hats-2.v' }, undefined, 'Hard_Hats-2.v'],
    [{ project: '  hats  ' }, undefined, 'hats'],
    [{ project: 'acme/-wdzpn' }, 'acme', '-wdzpn'],
    [{ project: '-wdzpn', workspace: '-jwzpw' }, '-jwzpw', '-wdzpn'],
    [{ project: 'https://app.roboflow.com/-jwzpw/-wdzpn/7' }, '-jwzpw', '-wdzpn'],
    [{ project: 'https://app.roboflow.eu/acme/hats/7?tab=models#top' }, 'acme', 'hats'],
    [{ project: 'https://app.roboflow.com/acme/hats?x=1' }, 'acme', 'hats'],
    [{ project: '_/hüte' }, '_', 'hüte'],
    [{ project: '安全帽/~hats.' }, '安全帽', '~hats.'],
  ])('may be given as %s', (given, workspace, project) => {
    expect(inputs(given)).toMatchObject({ workspace, project });
  });

  test.each([
    ...['a/b/c', 'acme/', '/hats', '/', 'hard hats', '..', 'acme/..', '../hats', '.', './hats'],
    ...['acme\\hats', 'ha\u200bts'],
    'h'.repeat(129),
    'hats?x=1',
    'hats#1',
    'hats%2f',
    '%2e%2e',
    'http://app.roboflow.com/acme/hats',
    'https://evil.example/acme/hats',
    'https://app.roboflow.com/acme',
    'https://app.roboflow.com/acme/?x=1',
    '/acme/hats',
  ])('is refused as "%s"', (project) => {
    expect(mistakes({ project })).toEqual([
      `project: "${project}" is not the slug of a project; write "project" or "workspace/project", as in the project's address`,
    ]);
  });

  test.each<[given: Given, mistake: string]>([
    [
      { project: '' },
      'project: is empty; set it to the slug of a Roboflow project, as in its address: app.roboflow.com/WORKSPACE/PROJECT',
    ],
    [
      { project: 'acme/hats', workspace: 'other' },
      'workspace: "other" is not the workspace in project, "acme"; leave one of them out',
    ],
  ])('is needed, and must not name another workspace: %o', (given, mistake) => {
    expect(mistakes(given)).toEqual([mistake]);
  });

  test.each(['acme/hats', 'ac me', '..', 'ac\tme', 'acme?'])(
    'is not looked for in the workspace "%s"',
    (workspace) => {
      expect(mistakes({ workspace })).toEqual([
        `workspace: "${workspace}" is not the slug of a workspace; write it as in its address: app.roboflow.com/WORKSPACE`,
      ]);
    },
  );
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
  test.each<[given: Given, expected: readonly string[]]>([
    [{ timeout: '90' }, [`timeout: "90" ${units}`]],
    [{ timeout: '5 hours' }, [`timeout: "5 hours" ${units}`]],
    [{ timeout: '-5m' }, [`timeout: "-5m" ${units}`]],
    [{ timeout: '0s' }, ['timeout: "0s" must be longer than 0']],
    [{ timeout: '25d' }, ['timeout: "25d" is longer than 24 d']],
    [{ 'poll-interval': '10' }, [`poll-interval: "10" ${units}`]],
    [{ 'poll-interval': '0ms' }, ['poll-interval: "0ms" must be longer than 0']],
    [{ timeout: '10s', 'poll-interval': '10s' }, ['timeout: "10s" must be longer than poll-interval, "10s"']],
    [{ timeout: '1m', 'poll-interval': '1h' }, ['timeout: "1m" must be longer than poll-interval, "1h"']],
    [{ timeout: '', 'poll-interval': '6h' }, ['timeout: "5h30m" must be longer than poll-interval, "6h"']],
    [{ timeout: 'x', 'poll-interval': 'y' }, [`timeout: "x" ${units}`, `poll-interval: "y" ${units}`]],
  ])('%s are refused', (given, expected) => {
    expect(mistakes(given)).toEqual(expected);
  });
});

describe('the address of the API', () => {
  test.each([
    { text: 'https://api.roboflow.eu', expected: 'https://api.roboflow.eu/' },
    { text: 'https://gateway.example:8443/x/api', expected: 'https://gateway.example:8443/x/api' },
    { text: 'HTTPS://API.ROBOFLOW.COM', expected: 'https://api.roboflow.com/' },
    { text: 'http://localhost:8080', expected: 'http://localhost:8080/' },
    { text: 'http://127.0.0.1:8080/x', expected: 'http://127.0.0.1:8080/x' },
    { text: 'http://127.9.8.7', expected: 'http://127.9.8.7/' },
    { text: 'http://[::1]:8080', expected: 'http://[::1]:8080/' },
  ])('may be $text', ({ text, expected }) => {
    expect(inputs({ 'api-url': text }).apiUrl.href).toBe(expected);
  });

  test.each([
    ...['http://api.roboflow.com', 'http://localhost.evil.example', 'http://127.0.0.1.evil.example'],
    ...['http://evil.example/localhost', 'http://10.0.0.1', 'http://0.0.0.0', 'http://128.0.0.1'],
    'http://[::2]',
  ])('must be encrypted: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      `api-url: "${text}" would send the key unencrypted; use https (plain http is for loopback only)`,
    ]);
  });

  test.each([
    ...['api.roboflow.com', 'ftp://api.roboflow.com', 'file:///etc/passwd', 'https://'],
    ...['javascript:alert(1)', '//x'],
  ])('must be a URL: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      `api-url: "${text}" is not a URL; an example is https://api.roboflow.com`,
    ]);
  });

  test.each([
    ...['https://user:secret@api.roboflow.com', 'https://user@api.roboflow.com'],
    ...['https://api.roboflow.com?api_key=secret', 'https://api.roboflow.com/#secret'],
    ...['http://localhost:1/?x=secret', 'http://api.roboflow.com@localhost'],
  ])('must be scheme, host and path only, and what is more is not shown: %s', (text) => {
    expect(mistakes({ 'api-url': text })).toEqual([
      'api-url: must have scheme, host and path only, no credentials, "?" or "#"',
    ]);
  });
});
