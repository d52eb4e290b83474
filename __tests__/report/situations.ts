import { parseRules } from '../../src/gate/parse-rules.ts';
import { type Conclusion, undecidedByEnd } from '../../src/report/conclusion.ts';
import { renderComment, renderReport } from '../../src/report/report.ts';
import type { TrainingEnd } from '../../src/report/training-end.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { triedBefore } from '../../src/step/before/dry-run.ts';
import { model } from '../build.ts';
import { dryRun, judged } from './cases.ts';
import { classSituations } from './class-situations.ts';
import { before, fineTune, history, newest, points, run, version6 } from './fine-tune.ts';
import { severalSituations, undecidedSituations } from './several-situations.ts';

/** Reports and comments of what no scenario leads to, or not with all its facts; each has a golden file. */

const waiting: TrainingFacts = {
  ...run,
  status: 'queued',
  inFlight: true,
  queuedMs: undefined,
  trainedMs: undefined,
  source: undefined,
};
const origin = {
  runUrl: 'https://github.com/acme/hard-hats/actions/runs/9876543210',
  sha: '3f2c1ab9d0b5b57875f334f61aebed695e2e4193',
};

const THRESHOLDS = 'map50 >= 80\nwarn: recall >= 85';
const { rules } = parseRules(THRESHOLDS);

const checkedRules = parseRules(
  'map50-95 >= baseline - 0.5\nmap50 >= 80\nwarn: recall >= 85\nrecall[vest]@test >= 70',
).rules;
const reached = [before, model({ type: 'yolov11n', metrics: { map50: 80, recall: 85.04 } })].map(
  (best, index) => ({
    version: 6 - index,
    models: [best],
    best,
  }),
);
const checked = dryRun({
  url: 'https://app.roboflow.com/acme/hard-hats/7',
  images: { train: 412, validation: 60, test: 30 },
  rules: parseRules('map50-95 >= baseline - 0.5\nmap50 >= 80\nwarn: recall >= 85').rules.map((rule) => ({
    rule,
    bound: rule.bound.kind === 'value' ? rule.bound.value : 57.8,
  })),
  baselines: [version6],
});

/** File to the conclusion and facts of its report. */
const situations: Readonly<Record<string, readonly [Conclusion, TrainingFacts | undefined]>> = {
  'passed-beside-previous': [fineTune(THRESHOLDS, { history }), run],
  'passed-ten-versions': [
    fineTune('map50 >= 80\nmap50-95 >= 60', {
      history: points(12, 61, 66.4, 68.1, 67.2, 73.1, 73, 76, 79.5, 81.4),
    }),
    { ...run, version: 12 },
  ],
  ...classSituations,
  ...severalSituations,
  ...undecidedSituations,
  'failed-beside-previous': [fineTune('map50 >= 85\nrecall >= 81.2\nmap50-95 >= 58.3'), run],
  'failed-against-baseline': [
    {
      ...judged({
        models: [newest],
        thresholds: 'recall >= baseline + 5\nmap50-95 >= baseline',
        baseline: version6,
      }),
      history,
    },
    run,
  ],
  'metric-missing': [fineTune('map75 >= 65\nmap50 >= 80'), run],
  'baseline-missing': [
    judged({
      models: [newest],
      thresholds: 'map50-95 >= baseline\nmap50 >= 80',
      baseline: { kind: 'missing', reason: 'no training has succeeded on a version below 7' },
    }),
    run,
  ],
  'baseline-itself': [
    judged({
      models: [newest],
      thresholds: 'map50-95 > baseline + 1\nmap50 >= 80',
      baseline: { kind: 'itself' },
    }),
    { ...run, origin: 'attached', queuedMs: undefined, trainedMs: undefined },
  ],
  'baseline-skipped': [
    judged({
      models: [newest],
      thresholds: 'map50-95 >= baseline\nwarn: recall >= 85',
      baseline: { kind: 'missing', reason: 'no training has succeeded on a version below 7' },
      onMissingBaseline: 'skip',
    }),
    run,
  ],
  skipped: [
    {
      kind: 'skipped',
      reason: 'GitHub gives no secrets to a pull request from a fork, and on-missing-key is "skip"',
    },
    undefined,
  ],
  checked: [checked, undefined],
  'checked-with-lessons': [
    {
      ...checked,
      images: run.images,
      tried: [triedBefore('rfdetr-nano', reached, { rules: checkedRules, targets: [] }, version6)],
      took: [{ modelType: 'rfdetr-nano', version: 6, trainedMs: 3_840_000 }],
      datasets: run.datasets,
      needEvaluation: parseRules('f1[*] >= 60\nrecall[a|b]@test >= 70').rules,
      unchecked: ['whether jetson orin is measured; earlier searches had T4, AI1'],
    },
    undefined,
  ],
  'checked-new-version': [
    {
      ...checked,
      version: { kind: 'new' },
      url: undefined,
      images: undefined,
      baselines: [{ kind: 'missing', reason: 'no lower version was trained' }],
      rules: checked.rules.map(({ rule }) => ({
        rule,
        bound: rule.bound.kind === 'value' ? rule.bound.value : undefined,
      })),
      unchecked: ['whether rfdetr-nano is a model type that this server knows', 'how many credits are left'],
    },
    undefined,
  ],
};

const failure: TrainingEnd = {
  kind: 'failed',
  reason: 'CUDA out of memory: tried to allocate 1.4 GiB on a device with 14.6 GiB.',
};
const ended: TrainingFacts = { ...run, status: 'failed', trainedMs: 1_680_000, source: undefined };

type Situation = readonly [Conclusion, TrainingFacts | undefined];

/** File to the conclusion and facts of a comment. */
const comments: Readonly<Record<string, Situation | undefined>> = {
  'comment-passed': [fineTune(THRESHOLDS, { history }), run],
  'comment-several-passed': situations['several-passed'],
  'comment-several-timeout': situations['several-timeout'],
  'comment-several-with-search': situations['several-with-search'],
  'comment-training-failed': [undecidedByEnd(failure, ended, rules), ended],
  'comment-started': [{ kind: 'started', inFlight: true, rules }, waiting],
  'comment-checked': situations.checked,
};

/** File to the report or comment in it, which the test renders. */
export const rendered: Readonly<Record<string, () => string>> = Object.fromEntries([
  ...Object.entries(situations).map(([name, told]) => [name, () => renderReport(...told)]),
  ...Object.entries(comments).map(([name, told]) => [name, () => told && renderComment(...told, origin)]),
]);
