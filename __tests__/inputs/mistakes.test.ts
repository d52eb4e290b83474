import { describe, expect, test } from 'vitest';
import type { Withheld } from '../../src/inputs/reader.ts';
import { main } from '../../src/step/main.ts';
import { VirtualClock } from '../flow/clock.ts';
import { RecordedComment } from '../flow/comment.ts';
import { noStatus } from '../flow/status.ts';
import { RecordingRunner } from '../flow/step.ts';
import { rows } from '../rows.ts';
import { enough, type Given, givenIn, inputs, key, mistakes, mistakesOf, namesIn, result } from './given.ts';

/** What the step does with nothing but `given`, and says in its `comment`. */
async function stepAfter(
  given: Given,
  comment = new RecordedComment(),
  withheldFrom?: Withheld,
): Promise<RecordingRunner> {
  const runner = new RecordingRunner(given, new Map(), withheldFrom);
  await main({
    runner,
    context: { clock: new VirtualClock(), log: runner.log, signal: new AbortController().signal },
    requestDeadlineMs: 60,
    rerunSinceMs: undefined,
    comment,
    status: noStatus,
  });
  return runner;
}

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
    baseline: '0',
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
    'dry-run': 'maybe',
    'on-missing-baseline': 'ignore',
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
    expect(text).toMatch(/^Not judged: 29 mistakes in the inputs, so nothing was started:\n- /);
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
    // Any text can be the path of a baseline that is not there yet.
    const others = ['api-key', 'job-id', 'baseline'];
    const names = Object.keys(allWrong).filter((name) => !others.includes(name));
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
    const given = { ...enough, thresholds: '# gate\n\nmap50 = 80', 'fail-build': 'nope' };
    expect((await stepAfter(given)).failures).toEqual([
      [
        'Not judged: 2 mistakes in the inputs, so nothing was started:',
        '- thresholds, line 3: "map50 = 80": a rule needs one comparison: a metric, then >=, >, <= or <, then a bound, as in "map50 >= 80"',
        '- fail-build: "nope" is not valid; valid: true, false',
      ].join('\n'),
    ]);
  });

  test('that are one are told as one', async () => {
    expect((await stepAfter({ ...enough, auth: 'head' })).failures).toEqual([
      'Not judged: a mistake in the inputs, so nothing was started:\n- auth: "head" is not valid; valid: header, query; did you mean "header"?',
    ]);
  });

  test.each<{ name: string; given: Given }>([
    { name: 'a rule is wrong', given: { thresholds: 'map50 > = eighty' } },
    { name: 'the recipe is broken', given: { 'train-recipe': '{' } },
    { name: 'the key is empty', given: { 'api-key': '' } },
    { name: 'the workspace is in project, and is wrong', given: { project: '../hats' } },
  ])('are in the same comment as the verdict of valid inputs if $name', async ({ given }) => {
    const asked = { ...enough, comment: 'true', 'github-token': 'ghs_1' };
    const comment = new RecordedComment();
    const step = await stepAfter({ ...asked, ...given }, comment);
    expect(step.failures).toHaveLength(1);
    const conclusion = { kind: 'undecided', why: { details: mistakesOf({ ...asked, ...given }) } };
    expect(comment.said).toMatchObject([
      { kind: 'concluded', conclusion, run: undefined, inputs: inputs(asked).comment },
    ]);
  });

  test.each<{ name: string; given: Given }>([
    { name: 'the workflow wants none', given: { auth: 'head' } },
    { name: 'the wish for one is wrong', given: { comment: 'yes' } },
    { name: 'the step is skipped', given: { comment: 'true', 'api-key': '', 'on-missing-key': 'skip' } },
  ])('are in no comment if $name', async ({ given }) => {
    const comment = new RecordedComment();
    await stepAfter({ ...enough, ...given }, comment, 'fork');
    expect(comment.said).toEqual([]);
  });

  test('fail the step also if rules that do not hold would not', async () => {
    const step = await stepAfter({ ...enough, auth: 'head', 'fail-build': 'false' });
    expect(step.failures).toHaveLength(1);
  });

  test('of nothing set name the inputs that are needed, and job-id, which may have come out empty', () => {
    expect(mistakesOf({}).map((line) => line.split(':')[0])).toEqual([
      ...['api-key', 'project', 'job-id', 'version', 'model-type'],
    ]);
  });

  test.each(
    rows(`
    a choice that is not like a valid one has no hint | wait: eternity | wait: "eternity" is not valid; valid: job, none, status
    a choice with a typo has a hint | reuse: runing | reuse: "runing" is not valid; valid: none, running, finished, only; did you mean "running"?
    what happens on cancel and on timeout is a choice too | on-cancel: kill; on-timeout: kill | on-cancel: "kill" is not valid; valid: cancel, stop, leave | on-timeout: "kill" is not valid; valid: cancel, stop, leave
    two rules may be wrong on two lines | thresholds: map50 >= 0.8\\n\\nlatency <= 10 % | thresholds, line 1: "map50 >= 0.8": metrics are percentages; write 80, not 0.8 | thresholds, line 3: "latency <= 10 %": % does not fit latency, which is in ms
    `),
  )('%s', (_, given, ...expected) => {
    expect(mistakes(givenIn(given))).toEqual(expected);
  });
});
