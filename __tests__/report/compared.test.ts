import { describe, expect, test } from 'vitest';
import { annotationsOf } from '../../src/report/annotations.ts';
import { logLines } from '../../src/report/log-lines.ts';
import { renderReport } from '../../src/report/report.ts';
import { model } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
import { breakable, parse, textOf } from './parsed.ts';
import { type Part, several, severalUndecided } from './several.ts';
import { failed, fineTuned, going, nano, refused, searched, small, yolo } from './several-parts.ts';

type Parts = readonly Part[];
type More = Parameters<typeof several>[1];

/** What stands before the first section, but for the table. */
function openingOf(parts: Parts, more: More): readonly string[] {
  const report = breakable(renderReport(...several(parts, more)));
  return (report.split(/\n(?:### |<details>|```)/)[0] ?? '')
    .trim()
    .split('\n\n')
    .filter((block) => !block.startsWith('|'));
}

/** The table of the trainings, the header first. */
function tableOf(parts: Parts, more: More): readonly (readonly string[])[] {
  const table = parse(renderReport(...several(parts, more))).children.find((node) => node.type === 'table');
  return table?.children.map(({ children }) => children.map(textOf)) ?? [];
}

const three = [nano, small, yolo];
/** More accurate than the others, and without recall enough. */
const eager = fineTuned('yolo26x', [66.4, 88, 70], 60);
const withoutMap: Part = {
  ...yolo,
  models: [model({ id: 'y', type: 'yolo26n', metrics: { map50: 80.3, recall: 74.8 } })],
};
const cancelled: Part = { ...failed, end: { kind: 'cancelled' } };
const known: Readonly<Record<string, Part>> = {
  nano,
  small,
  yolo,
  eager,
  failed,
  cancelled,
  refused,
  searched,
};

describe('the heading and the next step of several trainings', () => {
  // Trainings | rules | heading | next step
  test.each(
    rows(`
    nano small yolo | map50 >= 80; recall >= 78 | ✅ Passed: [rfdetr-small] is best of 3, mAP50 86.8 %, wanted 80 % or more |
    nano eager | recall >= 78 | ✅ Passed: [rfdetr-nano] is best of 2, recall 79.6 %, wanted 78 % or more |
    nano small yolo | | ✅ Trained: [rfdetr-small] is best of 3, mAP50-95 64.9 %; no rules, nothing was judged |
    small yolo | map50-95 >= 60 | ✅ Passed: [rfdetr-small] is best of 2, mAP50-95 64.9 %, wanted 60 % or more |
    nano small yolo | each: recall >= 70 | ✅ Passed: [rfdetr-small] is best of 3, mAP50-95 64.9 % |
    nano failed small | map50 >= 80; warn: recall >= 85 | ✅ Passed: [rfdetr-small] is best of 3, mAP50 86.8 %, wanted 80 % or more, 1 of 3 trainings has no model, 1 warning |
    failed small refused | map50 >= 80 | ✅ Passed: [rfdetr-small] is the only one of 3 with a model, mAP50 86.8 %, wanted 80 % or more |
    nano small yolo | map50 >= 80; each: recall >= 78 | ❌ Failed: [yolo26n] has recall 74.8 %, wanted 78 % or more |
    nano small yolo | map50 >= 90; recall >= 83 | ❌ Failed: [rfdetr-small], best of 3, has mAP50 86.8 %, wanted 90 % or more, and 1 more rule |
    nano eager | recall >= 80; map50 >= 84 | ❌ Failed: [yolo26x], best of 2, has recall 70.0 %, wanted 80 % or more |
    nano failed small | each: map50 >= 80 | ⚠️ Not judged: 1 of 3 trainings has no model: [rfdetr-large] | [rfdetr-large]: **The model did not fit into the memory of the device.** Train a smaller model type, or a version with smaller images.
    nano refused small | each: map50 >= 80 | ⚠️ Not judged: 1 of 3 trainings has no model: [rfdetr-xlarge] | [rfdetr-xlarge]: **The plan of the workspace does not include this training.** Train another model type, or change the plan on Roboflow.
    nano cancelled small | each: map50 >= 80 | ⚠️ Not judged: 1 of 3 trainings has no model: [rfdetr-large] | **Train [rfdetr-large] again with a new workflow run.** With [reuse: finished] and [version: 7] it takes up the others, and only what is missing is paid for.
    nano small yolo | map75 >= 60 | ⚠️ Not judged: mAP75 was not reported for [rfdetr-small] | **Judge these trainings again** with [reuse: finished] and [version: 7], once that is there or the inputs are changed: that starts no new one.
    small searched | map50-95 >= 60; latency@T4 <= 9 ms | ❌ Failed: latency on T4 17.5 ms, limit 9 ms | **Best within 9 ms on T4: mAP50-95 63.4 % with [nas-gpu-6ccd], 8.9 ms.** Write [T4 <= 9 ms] in [hardware] to pick it: both rules hold then, for 3.8 points of mAP50-95 on that device.
    `),
  )('of %s by "%s": %s', (names, thresholds, heading, step) => {
    const parts = names.split(' ').map((name) => named(known, name));
    const [first, ...others] = openingOf(parts, { thresholds: linesIn(thresholds) });
    const code = (text: string) => text.replaceAll(/[[\]]/g, '`');
    expect(first).toBe(`## ${code(heading)}`);
    expect(others.find((block) => block.startsWith('👉')) ?? '👉 ').toBe(`👉 ${code(step)}`);
  });
});

describe('the model that was passed over', () => {
  const passedOver = 'The most accurate model, `yolo26x` (mAP50-95 66.4 %), was passed over:';
  test.each<readonly [Parts, string, string | undefined]>([
    [[nano, eager], 'recall >= 78', `${passedOver} recall 70.0 %, wanted 78 % or more.`],
    [
      [nano, eager],
      'recall >= 78\nmap50 <= 85\nwarn: precision <= 2',
      `${passedOver} recall 70.0 %, wanted 78 % or more, and 1 more rule.`,
    ],
    [three, 'recall >= 78', undefined],
    [[nano, eager], 'recall >= 99', undefined],
    [[nano, eager], 'warn: recall >= 78', undefined],
  ])('%#', (parts, thresholds, line) => {
    const blocks = openingOf(parts, { thresholds });
    expect(blocks.find((block) => block.includes('passed over'))).toBe(line);
  });
});

describe('the table of the trainings', () => {
  test('has the best first, then by accuracy, then those without a model, and what became of them', () => {
    const parts = [failed, nano, eager, refused];
    expect(tableOf(parts, { thresholds: 'recall >= 78' })).toEqual([
      ['', 'Model type', 'recall >= 78', 'mAP50-95, %', 'Trained'],
      ['✅', 'rfdetr-nano', '79.6', '61.7 (+3.4)', '1 h 10 min'],
      ['❌', 'yolo26x', '❌ 70.0', '66.4', '1 h'],
      ['⚠️', 'rfdetr-large', '–', '–', '28 min'],
      ['⚠️', 'rfdetr-xlarge', '–', '–', '–'],
    ]);
    expect(openingOf(parts, { thresholds: 'recall >= 78' })).toContain(
      '- `rfdetr-large` failed: CUDA out of memory: tried to allocate 1.4 GiB\n- `rfdetr-xlarge` was not started: the plan of the workspace does not include it',
    );
  });

  test('has the two rules that most depends on, and the metric that ranks only once', () => {
    const thresholds = 'precision >= 50\nmap50-95 >= 60\nwarn: map50 >= 10\neach: recall >= 70';
    expect(tableOf(three, { thresholds })[0]).toEqual([
      ...['', 'Model type', 'precision >= 50', 'map50-95 >= 60', 'Trained'],
    ]);
    expect(tableOf(three, { thresholds })[1]).toEqual(['✅', 'rfdetr-small', '90.8', '64.9', '1 h 45 min']);
  });

  test('has the latency of one hardware if any was measured', () => {
    expect(tableOf([small, searched], {})[0]).toContain('T4, ms');
    expect(tableOf(three, {})[0]).not.toContain('T4, ms');
  });

  test.each<readonly [string, Parts, string | undefined]>([
    ['mAP50-95 by all', three, undefined],
    ['mAP50 only by one', [nano, withoutMap], 'Compared by mAP50, since not all report mAP50-95.'],
    [
      'no metric that can rank by all',
      [nano, { ...yolo, models: [model({ id: 'y', metrics: { accuracy: 91 } })] }],
      'Compared by mAP50-95, not reported by `yolo26n`: there is no metric that all report.',
    ],
  ])('says what it is by, if %s is reported', (_, parts, remark) => {
    expect(openingOf(parts, {}).find((block) => block.startsWith('Compared by'))).toBe(remark);
  });
});

describe('the times of several trainings', () => {
  const whereOf = (parts: Parts) => openingOf(parts, { comparesWith6: false })[1]?.split(' · ')[1];
  test.each<readonly [Parts, string]>([
    [three, '3 trainings, 4 h 5 min in all, about 8.2 credits'],
    [[nano, refused, small], '2 trainings, 1 not started, 2 h 55 min in all, about 5.8 credits'],
    // How long the other has trained is not known.
    [[nano, { ...small, facts: { trainedMs: undefined } }, yolo], '3 trainings'],
  ])('%#', (parts, words) => {
    expect(whereOf(parts)).toBe(words);
  });
});

describe('beside the report', () => {
  test('the log has a line for each training, then the rules', () => {
    const [judged] = several([nano, failed, small], { thresholds: 'map50 >= 80\nwarn: each: recall >= 80' });
    expect(logLines(judged)).toEqual([
      '✅ Passed: rfdetr-small is best of 3, mAP50 86.8 %, wanted 80 % or more, 1 of 3 trainings has no model, 1 warning',
      '  passed    rfdetr-small: mAP50-95 64.9 %, trained 1 h 45 min',
      '  passed    rfdetr-nano: mAP50-95 61.7 %, trained 1 h 10 min',
      '  no model  rfdetr-large: failed: CUDA out of memory: tried to allocate 1.4 GiB, trained 28 min',
      '  ok       rfdetr-small: mAP50 86.8 %, wanted 80 % or more',
      '  unknown  only warns: each: recall >= 80: rfdetr-large has no model',
    ]);
  });

  test('each training without a model is a warning that names it', () => {
    const [judged, best] = several([nano, failed, small, refused], { thresholds: 'map50 >= 80' });
    expect(annotationsOf(judged, best, true).map(({ level, text }) => [level, text])).toEqual([
      [
        'warning',
        'rfdetr-large has no model: training job_rfdetrlarge failed: CUDA out of memory: tried to allocate 1.4 GiB',
      ],
      [
        'warning',
        'rfdetr-xlarge has no model: it was not started: the plan of the workspace does not include it',
      ],
      ['notice', expect.stringContaining('rfdetr-small is best of 4')],
    ]);
  });

  test('those that had not ended or failed are told in one error', () => {
    const conclusion = severalUndecided([nano, failed, going], 'map50 >= 80');
    const [error, ...others] = annotationsOf(conclusion, undefined, true);
    expect([error?.level, others]).toEqual(['error', []]);
    expect(error?.text.split('\n')).toEqual([
      'Not judged: 1 of 3 trainings had not ended: rfdetr-medium:',
      expect.stringMatching(/^- rfdetr-large: training job_rfdetrlarge failed: CUDA/),
      expect.stringMatching(/^- rfdetr-medium: training job_rfdetrmedium had not ended/),
    ]);
    expect(logLines(conclusion)).toEqual([
      '  passed    rfdetr-nano: mAP50-95 61.7 %, trained 1 h 10 min',
      expect.stringMatching(/^ {2}no model {2}rfdetr-large: failed/),
      '  no model  rfdetr-medium: had not ended (training) when the timeout of 2 h passed',
    ]);
  });

  test('a rule that one training breaks names it', () => {
    const [judged, best] = several(three, { thresholds: 'each: recall >= 78' });
    expect(annotationsOf(judged, best, true)[0]?.text).toMatch(
      /^yolo26n: recall 74\.8 %, wanted 78 % or more: 3\.2 points short/,
    );
  });
});
