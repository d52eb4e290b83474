import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import type { EvaluationLack, EvaluationObstacle } from '../../src/gate/split-figures.ts';
import { TrainGateError } from '../../src/lib/errors.ts';
import { undecided, undecidedByEnd } from '../../src/report/conclusion.ts';
import { PLAIN } from '../../src/report/markdown/voice.ts';
import { judgedPage } from '../../src/report/page/page.ts';
import type { TrainingEnd } from '../../src/report/training-end.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { boundsOn } from '../../src/report/words/bounds.ts';
import { lackWords } from '../../src/report/words/evaluation-lack.ts';
import { firstClause, headingWords, verdictLine } from '../../src/report/words/heading.ts';
import { beginningOfIds, namesInSentence, shortened, typesInSentence } from '../../src/report/words/names.ts';
import { offerWords } from '../../src/report/words/offer.ts';
import { reasonsAgainst, warningsOf } from '../../src/report/words/reasons.ts';
import { undecidedWords } from '../../src/report/words/undecided-words.ts';
import { imagesWords, unjudgedWords } from '../../src/report/words/words.ts';
import { classFigures, model, pastTraining, splitFigures, target } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
import { dryRun, facts, judged } from './cases.ts';
import { type Part, severalUndecided, startedComparison } from './several.ts';
import { failed, going, nano, refused, small } from './several-parts.ts';

/** With plain spaces. */
const plain = (words: string | undefined) => words?.replaceAll('\u{A0}', ' ');

const unread = (obstacle: EvaluationObstacle): EvaluationLack => {
  return { kind: 'unread', obstacle, error: new Error('it said no') };
};
const lacks: Readonly<Record<string, EvaluationLack>> = {
  none: { kind: 'none', evaluated: [] },
  'three others': { kind: 'none', evaluated: ['a', 'b', 'c'], said: 'no_gpu' },
  'five others': { kind: 'none', evaluated: ['a', 'b', 'c', 'd', 'e'] },
  running: { kind: 'running' },
  failed: { kind: 'failed' },
  'failed, oom': { kind: 'failed', said: 'oom' },
  untimed: { kind: 'untimed' },
  'not-allowed': unread('not-allowed'),
  'not-in-plan': unread('not-in-plan'),
  'not-there': unread('not-there'),
  'no-answer': unread('no-answer'),
  other: unread('other'),
};

test.each(
  rows(`
  none | Roboflow has made no evaluation of this model | evaluations need a paid plan, and the models of a search seldom have one; start one on Roboflow
  three others | of this version Roboflow has evaluated a, b, c, and none of them is certainly this model (it says: no_gpu) | start an evaluation of it on Roboflow
  five others | of this version Roboflow has evaluated a, b, c and 2 more, and none of them is certainly this model | start an evaluation of it on Roboflow
  running | Roboflow's evaluation of this model is still running | wait until it is done
  failed | Roboflow's evaluation of this model failed | start it again on Roboflow
  failed, oom | Roboflow's evaluation of this model failed (it says: oom) | start it again on Roboflow
  untimed | Roboflow's comparison of models has no latency of this one | start an evaluation of it on Roboflow
  not-allowed | the key may not read Roboflow's evaluations (it said no) | give it the scope model-eval:read, in a workspace whose plan includes them
  not-in-plan | the plan of this workspace has no evaluations (it said no) | upgrade it, or write rules on the whole model
  not-there | this server has no such evaluation (it said no) | write rules on what the training itself reports
  no-answer | Roboflow's evaluation of this model could not be read (it said no) | try again later
  other | Roboflow refused to show its evaluation of this model (it said no) | see what Roboflow answered
  `),
)('what an evaluation lacks: %s', (lack, reason, cure) => {
  expect(lackWords(named(lacks, lack))).toEqual({ reason, cure });
});

const attach = { kind: 'attach', jobId: 'job_1', status: 'training' } as const;
const judge = { kind: 'judge', jobId: 'job_1' } as const;
const made = { kind: 'new' } as const;
const ended = (end: TrainingEnd) => undecidedByEnd(end, facts, []);

test.each<[Parameters<typeof headingWords>[0], words: string]>([
  [{ kind: 'started', inFlight: true }, '⏳ Started: not judged yet'],
  [{ kind: 'started', inFlight: false }, '⏳ Started: over already, not judged yet'],
  [
    { kind: 'started', inFlight: true, comparison: startedComparison([nano, small]) },
    '⏳ Started: 2 trainings, not judged yet',
  ],
  [dryRun(), '🔎 Checked: would start rfdetr-nano on version 7'],
  [dryRun({ version: made }), '🔎 Checked: would start rfdetr-nano on a new version'],
  [dryRun({ action: attach }), '🔎 Checked: would wait for training job_1, which is under way on version 7'],
  [dryRun({ action: judge }), '🔎 Checked: would judge training job_1, which has ended on version 7'],
  [{ kind: 'skipped', reason: 'no version' }, '⏭️ Skipped: no version'],
  [undecided('Roboflow is down'), '⚠️ Not judged: Roboflow is down'],
  [undecided('There is none.'), '⚠️ Not judged: there is none'],
  [undecided('A start failed. Nothing runs.'), '⚠️ Not judged: a start failed. Nothing runs.'],
  [undecided('CUDA has no memory'), '⚠️ Not judged: CUDA has no memory'],
  [undecided('F1 is missing'), '⚠️ Not judged: F1 is missing'],
  [undecided('model-type: x is unknown'), '⚠️ Not judged: model-type: x is unknown'],
  [ended({ kind: 'failed', reason: undefined }), '⚠️ Not judged: the training failed'],
  [ended({ kind: 'failed', reason: 'CUDA: 1 GiB' }), '⚠️ Not judged: the training failed: CUDA'],
  [ended({ kind: 'cancelled' }), '⚠️ Not judged: the training was cancelled'],
  [
    ended({ kind: 'timed-out', timeoutMs: 7_200_000, error: undefined, ended: undefined }),
    '⚠️ Not judged: still training after 2 h',
  ],
])('the heading of %j', (conclusion, words) => {
  expect(plain(headingWords(conclusion, undefined, PLAIN))).toBe(words);
});

test.each<[thresholds: string, Partial<TrainingFacts>, words: string]>([
  [
    'map50 >= 80',
    { isStopped: true, trainedMs: 42 * 60_000 },
    '✅ Passed (stopped early after 42 min): mAP50',
  ],
  ['map50 >= 99', { isStopped: true, trainedMs: undefined }, '❌ Failed (stopped early): mAP50'],
  ['map50 >= 80', { ageMs: 86_400_000 }, '✅ Passed (training of version 7, 24 h old): mAP50'],
  ['', { ageMs: 3_600_000 }, '✅ Trained (training of version 7, 1 h old); no rules'],
  ['map75 >= 80', { version: undefined, ageMs: 60_000 }, '⚠️ Not judged (training, 1 min old): mAP75'],
  [
    'map50 >= 80',
    { isStopped: true, trainedMs: 60_000, ageMs: 3_600_000 },
    '✅ Passed (stopped early after 1 min; training of version 7, 1 h old): mAP50',
  ],
])('the heading for "%s" of a training %j', (thresholds, known, words) => {
  const conclusion = judged({ models: [model({ metrics: { map50: 84.2 } })], thresholds });
  expect(plain(headingWords(conclusion, { ...facts, ...known }, PLAIN))).toContain(words);
});

const Z = '\u{200B}';
const said = (reason: string) => verdictLine({ kind: 'skipped', reason });

test.each<[reason: string, verdict: string]>([
  ['no version', 'no version'],
  ['@here and @all, a@b.example', `@${Z}here and @${Z}all, a@${Z}b.example`],
  ['`@x` *of* [them](https://x.example)', `\`@${Z}x\` *of* [them](https://x.example)`],
  ['one\r\n::error::two\u{2028}three', 'one ::error::two three'],
  [`@${Z}x\u{202E}y`, `@${Z}xy`],
  [`a${'b'.repeat(400)}`, `a${'b'.repeat(287)}...`],
  ['🦊'.repeat(200), `${'🦊'.repeat(144)}...`],
  ['@'.repeat(400), `${`@${Z}`.repeat(144)}...`],
])('the output verdict tells %j', (reason, verdict) => {
  expect(said(reason)).toBe(`Skipped: ${verdict}`);
});

test.each([
  [' no space left: tried 3 GiB', 'no space left'],
  ['no space left. Try later', 'no space left'],
  ['no space left.', 'no space left'],
  ['no space\nleft', 'no space'],
  ['in 1.5 GiB no space; try later', 'in 1.5 GiB no space; try later'],
  [' no space left ', 'no space left'],
  ['E: no space. Try later', 'E: no space. Try later'],
])('of "%s" a heading has the first clause', (reason, clause) => {
  expect(firstClause(reason)).toBe(clause);
});

const left = (part: Part, inFlight: boolean): Part => ({
  ...part,
  facts: part.facts && { ...part.facts, inFlight },
  end: { kind: 'left' },
});
const silent: Part = { ...going, end: { kind: 'silent', patienceMs: 900_000, error: 'it said no' } };
const late: Part = {
  modelType: 'yolo26n',
  end: { kind: 'too-late', timeoutMs: 7_200_000, trouble: undefined },
  facts: undefined,
};
const interrupted = (parts: readonly Part[]) => ({
  kind: 'interrupted' as const,
  message: 'The job was cancelled.',
  onCancel: 'stop' as const,
  comparison: startedComparison(parts),
});

describe('why several trainings were not judged', () => {
  test.each<[Part[], reason: string, next: string | undefined]>([
    [[failed, refused], 'none of the 2 trainings has a model that can be judged', undefined],
    [
      [going, late, failed],
      '2 of 3 trainings had not ended: rfdetr-medium, yolo26n',
      'A re-run of this job attaches to those that run by then.',
    ],
    [[small, late], '1 of 2 trainings had not ended: yolo26n', undefined],
    [
      [going, silent],
      '2 of 2 trainings had not ended: rfdetr-medium, rfdetr-medium',
      'A re-run of this job attaches to those that run by then.',
    ],
    [
      [left(nano, true), left(small, true), left(failed, false), refused],
      '1 of 4 trainings are not under way',
      'Those that run are paid for, and nobody waits for them: job_rfdetrnano, job_rfdetrsmall. To judge one, set job-id to its id, and model-type to its type.',
    ],
    [[left(failed, false), refused], '1 of 2 trainings are not under way', undefined],
  ])('%j', (parts, reason, next) => {
    const unjudged = parts.map((part) => (part.end === undefined ? part : { ...part, models: undefined }));
    const { why } = severalUndecided(unjudged as Part[], '');
    expect(undecidedWords(why)).toMatchObject({ reason, next });
  });

  test.each([
    [[], 'If this step started a training, its post step deals with it: on-cancel is stop.'],
    [[refused], 'If this step started a training, its post step deals with it: on-cancel is stop.'],
    [
      [nano, { ...small, facts: { ...small.facts, origin: 'attached' as const } }, failed],
      'The post step of this job deals with training job_rfdetrnano, job_rfdetrlarge: on-cancel is stop.',
    ],
  ])('an interruption of %j is left to the post step', (parts, next) => {
    expect(undecidedWords(interrupted(parts))).toMatchObject({ reason: 'The job was cancelled.', next });
  });

  test('each is told of for itself', () => {
    expect(undecidedWords(severalUndecided([failed, refused], '').why).details).toEqual([
      'rfdetr-large: training job_rfdetrlarge failed: CUDA out of memory: tried to allocate 1.4 GiB',
      'rfdetr-xlarge was not started: the plan of the workspace does not include it',
    ]);
    expect(undecidedWords(interrupted([])).details).toEqual([]);
  });

  test('and advice that several need once', () => {
    const hints = ['Pay. Then wait.', 'Pay. Then wait.', undefined, 'Ask. Then wait.'];
    const parts = hints.map((hint, at): Part => {
      const end = { kind: 'not-started', trouble: { message: 'no credits', hint } } as const;
      return { modelType: `yolo${at}`, end, facts: undefined };
    });
    expect(undecidedWords(severalUndecided(parts, '').why).details).toEqual([
      'yolo0 was not started: no credits. Pay. Then wait.',
      'yolo1 was not started: no credits.',
      'yolo2 was not started: no credits',
      'yolo3 was not started: no credits. Ask.',
    ]);
  });
});

const fast = model({ id: 'acme/fast', metrics: { map50: 70, recall: 71 }, latency: { T4: 3.21 } });
const good = model({ id: 'acme/good', metrics: { map50: 80, recall: 72 }, latency: { T4: 8.4 } });
const best =
  'Best within 5 ms on T4: mAP50 70.0 % with fast, 3.2 ms. Write T4 <= 5 ms in hardware to pick it:';
const cost = 'for 10.0 points of mAP50 on that device.';

test.each(
  rows(`
  latency@T4 <= 5 | | ${best} the rule holds then, ${cost}
  map50@T4 >= 75; map50 >= 60 | 5 | mAP50 ≥ 75 % takes 8.4 ms on T4: good has 80.0 %. Write T4 <= 8.4 ms in hardware to pick it: both rules hold then.
  latency@T4 <= 5; map50@T4 >= 75; recall >= 90 | | ${best} then mAP50 on T4 ≥ 75 % does not hold, and 1 more, ${cost}
  latency@T4 <= 5; recall >= 90 | | ${best} then recall ≥ 90 % does not hold, ${cost}
  `),
)('what a changed budget would do: %s, within "%s" ms', (thresholds, budget, words) => {
  const targets = [target('T4', budget === '' ? undefined : Number(budget))];
  const conclusion = judged({ models: [fast, good], targets, thresholds: linesIn(thresholds) });
  const page = judgedPage(conclusion, { training: facts, wholeAt: '', mostRows: 9 });
  const { offer } = conclusion.verdict;
  expect(plain(offer && offerWords(offer, page, PLAIN))).toBe(words);
});

const classes = [classFigures('helmet', 9, { recall: 90 }), classFigures('vest', 9, { recall: 70.5 })];
const detailed = model({
  metrics: { map50: 80, recall: 80.25 },
  latency: { 'Tesla T4': 24.8 },
  details: { figures: [splitFigures('valid', {}, classes)], lacking: [] },
});

test.each(
  rows(`
  map50 >= 80 | |
  map50 > 80 | mAP50 80.0 %, wanted more than 80 %: equal is not enough |
  warn: recall >= 90 | | recall 80.3 %, wanted 90 % or more: 9.8 points short
  warn: recall >= 10 | |
  latency <= 20 | latency on Tesla T4 24.8 ms, limit 20 ms: 4.8 ms too slow |
  latency@Tesla T4 <= 20 | latency on Tesla T4 24.8 ms, limit 20 ms: 4.8 ms too slow |
  recall[*] >= 75 | recall of vest, the weakest class, 70.5 %, wanted 75 % or more: 4.5 points short |
  recall[vest] >= 75 | recall of vest 70.5 %, wanted 75 % or more: 4.5 points short |
  warn: f1 >= 75 | | f1 >= 75: F1 was not reported; reported: mAP50, recall, latency
  warn: map50 >= baseline | | map50 >= baseline: no baseline: not trained. Set on-missing-baseline to "skip" to let the other rules decide
  warn: map50 >= baseline | | map50 >= baseline: the baseline could not be read: it said no. Ask again | unread
  map50 >= baseline + 1 | mAP50 80.0 %, wanted 86.0 % or more (baseline + 1): 6.0 points short | | 85
  `),
)('the reason or the warning of "%s"', (thresholds, reason, warning, before = 'missing') => {
  const baseline = named<Baseline>(
    {
      missing: { kind: 'missing', reason: 'not trained' },
      unread: {
        kind: 'unread',
        error: new TrainGateError('it said no', { hint: 'Ask again' }),
        isFinal: true,
      },
      85: pastTraining([model({ metrics: { map50: 85 } })]),
    },
    before,
  );
  const conclusion = judged({ models: [detailed], thresholds, baseline });
  const reasons = reason === '' ? [] : [reason];
  const warnings = warning === '' ? [] : [warning];
  expect(reasonsAgainst(conclusion)).toEqual(reasons);
  expect(warningsOf(conclusion)).toEqual(warnings);
});

test('what bounds a figure of a model: the rules on the whole of it, by their numbers', () => {
  const thresholds = 'map50 >= 60\nmap50 >= baseline\nmap50@valid >= 61\nrecall[vest] >= 62\nrecall >= 63';
  const { verdict } = judged({ models: [detailed], thresholds });
  expect(boundsOn(verdict, 'acme/model', 'map50')).toEqual([60]);
  expect(boundsOn(verdict, 'acme/model', 'recall')).toEqual([63]);
  expect(boundsOn(verdict, 'acme/other', 'map50')).toEqual([]);
});

const images = (train?: number, test?: number) => ({ train, validation: undefined, test });
const typed = (count: number) =>
  ['a', 'b', 'c', 'd', 'e'].slice(0, count).map((modelType) => ({ modelType }));
const [ten, eleven] = [10, 11].map((length) => Array.from({ length }, (_, index) => `n${index}`));

test.each<[said: () => string | undefined, words: string | undefined]>([
  [() => typesInSentence(typed(0), PLAIN), ''],
  [() => typesInSentence(typed(1), PLAIN), 'a'],
  [() => typesInSentence(typed(2), PLAIN), 'a, b'],
  [() => typesInSentence(typed(3), PLAIN), 'a, b, c'],
  [() => namesInSentence(ten ?? [], PLAIN), 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9'],
  [() => namesInSentence(eleven ?? [], PLAIN), 'n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 and 1 more'],
  [() => unjudgedWords(['T4'], PLAIN), 'No rule judges the model picked for T4.'],
  [() => unjudgedWords(['T4', 'L4'], PLAIN), 'No rule judges the models picked for T4, L4.'],
  [() => imagesWords(images(1_640, 206), images(1_430, 207)), '1,640 train (+210), 206 test (−1)'],
  [() => imagesWords(images()), undefined],
  [() => shortened('acme/hard-hats-7-x', facts), 'x'],
  [() => shortened('acme/hard-hats-6-x', facts), 'hard-hats-6-x'],
  [() => shortened('acme/', facts), 'acme/'],
  [() => shortened('other/x', facts), 'other/x'],
  [() => beginningOfIds([], facts), ''],
  [() => beginningOfIds([model({ id: 'acme/x' })], facts), 'acme/'],
  [() => beginningOfIds([model({ id: 'acme/x-1' }), model({ id: 'acme/x-2' })], facts), 'acme/x-'],
  [() => beginningOfIds([model({ id: 'acme/x-' }), model({ id: 'acme/x-2' })], facts), ''],
])('%s is %j', (said, expected) => {
  expect(plain(said())).toBe(expected);
});
