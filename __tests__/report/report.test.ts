import { describe, expect, test } from 'vitest';
import type { Baseline } from '../../src/gate/baseline.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import { undecided } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { model, pastTraining, target } from '../build.ts';
import { linesIn, named, rows } from '../rows.ts';
import { type CaseParts, facts, judged } from './cases.ts';
import { measured, rising } from './charts.ts';
import { breakable, sectionsOf, textOf } from './parsed.ts';

function reportOf(parts: CaseParts): string {
  return breakable(renderReport(judged(parts), facts));
}

/** What stands before the first section. */
function openingOf(parts: CaseParts): readonly string[] {
  return (reportOf(parts).split(/\n(?:### |<details>)/)[0] ?? '').trim().split('\n\n');
}

/** The first table under a heading, as texts, the header first. */
function tableOf(parts: CaseParts, heading: string): readonly (readonly string[])[] {
  const [table] = sectionsOf(reportOf(parts)).find((each) => each.heading === heading)?.tables ?? [];
  return table?.children.map(({ children }) => children.map(textOf)) ?? [];
}

const rowsOf = (parts: CaseParts, heading: string) => tableOf(parts, heading).slice(1);

describe('the heading', () => {
  const models = [model({ id: 'a', metrics: { map50: 73.14159, recall: 60 }, latency: { T4: 5.123456 } })];
  const missing: Baseline = { kind: 'missing', reason: 'version 4 was not trained' };
  const skipped: CaseParts = { baseline: missing, onMissingBaseline: 'skip' };
  const given: Readonly<Record<string, CaseParts>> = {
    '': {},
    'no model': { models: [] },
    'no baseline': { baseline: missing },
    'no baseline, skipped': skipped,
    'its own baseline': { baseline: { kind: 'itself' } },
    't4 <= 5': { targets: [target('t4', 5)] },
    L4: { targets: [target('L4')] },
    'L4, A10': { targets: [target('L4'), target('A10')] },
  };
  test.each(
    rows(`
    ❌ Failed: mAP50 73.1 %, wanted 80 % or more | map50 >= 80; recall >= 50
    ❌ Failed: mAP50 73.1 %, wanted 80 % or more, and 1 more rule | map50 >= 80; recall > 60; latency <= 6
    ❌ Failed: latency on T4 5.1 ms, limit 5 ms | latency@t4 <= 5
    ❌ Failed: no model is within 5 ms on T4 | | t4 <= 5
    ❌ Failed: mAP50 73.1 %, wanted 80 % or more, and no model for 1 target | map50 >= 80 | t4 <= 5
    ⚠️ Not judged: no model was measured on L4 | | L4
    ⚠️ Not judged: no model was measured on L4, and 1 more target | | L4, A10
    ⚠️ Not judged: mAP75 on T4 was not reported | map75@T4 >= 80
    ⚠️ Not judged: no baseline: version 4 was not trained | map50 >= baseline; recall >= baseline | no baseline
    ⏭️ Nothing was judged: no baseline yet | map50 >= baseline; recall >= baseline | no baseline, skipped
    ⏭️ Nothing was judged: no baseline yet | map50 >= baseline; warn: recall >= 50 | no baseline, skipped
    ✅ Passed: recall 60.0 %, wanted 50 % or more, 1 warning | map50 >= baseline; recall >= 50 | no baseline, skipped
    ❌ Failed: recall 60.0 %, wanted 70 % or more | map50 >= baseline; recall >= 70 | no baseline, skipped
    ⏭️ Nothing was judged: the baseline is this very training | map50 > baseline; f1 >= baseline | its own baseline
    ✅ Passed: recall 60.0 %, wanted 50 % or more, 2 warnings | map50 > baseline; f1 >= baseline; recall >= 50 | its own baseline
    ❌ Failed: recall 60.0 %, wanted 70 % or more | map50 > baseline; recall >= 70 | its own baseline
    ⚠️ Not judged: no metrics were reported | map50 >= 80 | no model
    ✅ Passed: mAP50 73.1 %, wanted 70 % or more | map50 >= 70
    ✅ Passed: both rules hold, mAP50 73.1 % | map50 >= 70; recall > 50
    ✅ Passed: all 3 rules hold, mAP50 73.1 %, 1 warning | map50 >= 70; recall > 50; latency < 6; warn: map50 > 99
    ✅ Trained; no rules, nothing was judged | |
    ✅ Trained, no metrics were reported; no rules, nothing was judged | | no model
    `),
  )('%s', (heading, thresholds, more = '') => {
    const parts = { models, thresholds: linesIn(thresholds), ...named(given, more) };
    expect(openingOf(parts)[0]).toBe(`## ${heading}`);
  });
});

describe('the rules', () => {
  const now = model({ metrics: { map50: 79.96, recall: 60, perplexity: 4 }, latency: { T4: 10.004 } });
  const old = model({ id: 'b', metrics: { map50: 81, perplexity: 5 }, latency: { T4: 9 } });
  test.each(
    rows(`
    map50 >= 80 | ❌ | | 79.96 % | mAP50: 0.04 points short; version 6: 81.0 %
    latency@t4 <= 10 ms | ❌ | | 10.004 ms | latency on T4: 0.004 ms too slow; version 6: 9.0 ms
    latency <= 9 ms | ❌ | | 10.0 ms on T4 | latency on T4: 1.0 ms too slow; version 6: 9.0 ms
    latency <= 20 ms | ✅ | | 10.0 ms on T4
    recall > 60 | ❌ | | 60.0 % | recall: equal is not enough
    recall >= 60 | ✅ | | 60.0 %
    recall <= 50 | ❌ | | 60.0 % | recall: 10.0 points too high
    perplexity <= baseline | ✅ | (≤ 5.00) | 4.00 | perplexity: 1.00 to spare; version 6: 5.00
    map50 >= baseline - 2 | ✅ | (≥ 79.0 %) | 80.0 % | mAP50: 1.0 points to spare; version 6: 81.0 %
    map50 >= baseline + 1 | ❌ | (≥ 82.0 %) | 80.0 % | mAP50: 2.0 points short; version 6: 81.0 %
    recall >= baseline | ⚠️ | | 60.0 % | recall cannot be judged; version 6: reported: mAP50, perplexity, latency
    f1 >= 60 | ⚠️ | | none | F1 cannot be judged; reported: mAP50, recall, perplexity, latency
    `),
  )('%s', (thresholds, icon, came, value, ...remarks) => {
    const parts = { models: [now], baseline: pastTraining([old]), thresholds };
    expect(rowsOf(parts, 'Rules')).toEqual([[icon, `${thresholds} ${came}`.trim(), value]]);
    expect(sectionsOf(reportOf(parts)).find(({ heading }) => heading === 'Rules')?.items).toEqual(remarks);
  });

  test('that are skipped for want of a baseline stand with their value', () => {
    const baseline: Baseline = { kind: 'missing', reason: 'no lower version was trained' };
    const thresholds = 'map50 >= baseline - 1\nrecall >= 50';
    const skips = { baseline, onMissingBaseline: 'skip' } as const;
    expect(rowsOf({ models: [now], ...skips, thresholds }, 'Rules')).toEqual([
      ['⚠️', 'map50 >= baseline - 1', '80.0 %'],
      ['✅', 'recall >= 50', '60.0 %'],
    ]);
  });

  test('stand with those first that decided, then the warnings', () => {
    const thresholds = 'map50 >= 2\nwarn: recall >= 99\nmap50 >= 99\nwarn: map50 >= 3\nrecall >= 98';
    const [, ...shown] = tableOf({ models: [now], thresholds }, 'Rules');
    expect(shown.map(([icon, rule]) => `${icon} ${rule}`)).toEqual([
      ...['❌ map50 >= 99', '❌ recall >= 98', '⚠️ warn: recall >= 99', '✅ map50 >= 2'],
      '✅ warn: map50 >= 3',
    ]);
  });

  test('with what cannot be judged come first if that decided', () => {
    const [, first] = tableOf({ models: [now], thresholds: 'map50 >= 99\nf1 >= 2' }, 'Rules');
    expect(first?.[1]).toBe('f1 >= 2');
  });

  test('are a sentence if there is no figure at all', () => {
    const report = reportOf({ models: [], thresholds: 'map50 >= 80\nwarn: recall >= 85' });
    expect(report).toContain('\n\nNot judged: mAP50 ≥ 80 %; as a warning, recall ≥ 85 %.\n\n');
    expect(report).not.toContain('### ');
  });
});

describe('the version before', () => {
  const models = [model({ id: 'acme/new', metrics: { 'map50-95': 61.7 } })];
  const previous = pastTraining([model({ metrics: { 'map50-95': 58.3 } })]);

  test('is compared with for information if no baseline is named', () => {
    const report = breakable(renderReport({ ...judged({ models }), previous }, facts));
    expect(report).toContain('**mAP50-95 61.7 %** (+3.4)');
    expect(report).toContain('compared with version 6');
  });

  test('is not, if a named baseline is missing', () => {
    const baseline: Baseline = { kind: 'missing', reason: 'none' };
    expect(renderReport({ ...judged({ models, baseline }), previous }, facts)).not.toContain('(+');
  });

  test('that is missing and not needed to decide is told among the facts, with why', () => {
    const reason = 'no lower version was trained';
    for (const onMissingBaseline of ['fail', 'skip'] as const) {
      const told = tableOf({ models, baseline: { kind: 'missing', reason }, onMissingBaseline }, 'Training');
      expect(told.find(([name]) => name === 'Compared with')?.[1]).toBe(`no baseline: ${reason}`);
    }
  });

  test('is not compared by other metrics', () => {
    expect(reportOf({ models, baseline: pastTraining([model({ metrics: { accuracy: 90 } })]) })).not.toMatch(
      /\([+−]/,
    );
  });
});

describe('the models', () => {
  test('have columns for the hardware that was named first', () => {
    const latency = { A: 1, B: 2, C: 3, D: 4 };
    const models = [60, 61].map((accuracy) => model({ metrics: { 'map50-95': accuracy }, latency }));
    const [header = []] = tableOf({ models, targets: [target('d', 1), target('C')] }, 'Models');
    expect(header.slice(2)).toEqual(['D, ms', 'C, ms', 'A, ms']);
  });

  test.each<[name: string, ids: readonly string[], shown: readonly string[], said: string | undefined]>([
    [
      'without what all ids begin with',
      ['acme/hard-hats-7-nas-1a', 'acme/hard-hats-7-nas-1b'],
      ['1a', '1b'],
      'begin with acme/hard-hats-7-nas-, left out in the tables',
    ],
    ['whole if nothing is common', ['acme/a', 'else/b'], ['a', 'else/b'], undefined],
    ['never by nothing', ['x/acme-', 'x/acme-b'], ['x/acme-', 'x/acme-b'], undefined],
  ])('are named %s', (_, ids, shown, said) => {
    const models = ids.map((id, index) => model({ id, metrics: { map50: 90 - index } }));
    expect(rowsOf({ models }, 'Models').map(([name]) => name)).toEqual(shown);
    const run = tableOf({ models }, 'Training');
    expect(run.find(([name]) => name === 'Model ids')?.[1]).toBe(said);
  });

  test('have a column for their type only if those of the run differ', () => {
    const own = [model({ id: 'a', type: 'nas', metrics: { map50: 9 } }), model({ id: 'b', type: 'nas' })];
    const stock = model({ id: 's', type: 'rfdetr-nano', family: 'stock', metrics: { map50: 5 } });
    expect(tableOf({ models: [...own, stock] }, 'Models')).toEqual([
      ['Model', 'mAP50', 'Note'],
      ['a', '9.0 %', ''],
      ['s', '5.0 %', 'stock rfdetr-nano'],
      ['b', '–', ''],
    ]);
    const mixed = [...own, model({ id: 'c', type: 'other', metrics: { map50: 1 } })];
    expect(tableOf({ models: mixed }, 'Models')[0]).toContain('Type');
  });
});

describe('the annotations', () => {
  const models = [model({ id: 'a', metrics: { map50: 73.14159, recall: 60 } })];
  test('of a failure name each rule exactly', () => {
    const conclusion = judged({ models, thresholds: 'map50 >= 80\nrecall >= 70\nwarn: map50 >= 90' });
    const broken = [
      'mAP50 73.1 %, wanted 80 % or more: 6.9 points short',
      'recall 60.0 %, wanted 70 % or more: 10.0 points short',
    ];
    const warning = { level: 'warning', text: 'mAP50 73.1 %, wanted 90 % or more: 16.9 points short' };
    const errors = broken.map((text) => ({ level: 'error', text: `${text}. ${facts.url}` }));
    expect(annotationsOf(conclusion, facts, true)).toEqual([...errors, warning]);
    const note = 'The build goes on, since fail-build is false.';
    const warnings = broken.map((text) => `${text}. ${note} ${facts.url}`);
    const softened = warnings.map((text) => ({ level: 'warning', text }));
    expect(annotationsOf(conclusion, facts, false)).toEqual([...softened, warning]);
  });

  test('of a failure say what to do next, once', () => {
    const search = measured({ T4: [...rising(4), [30, 60]] });
    const conclusion = judged({ models: search, thresholds: 'latency@T4 <= 10\nlatency@T4 <= 20' });
    const [first, second] = annotationsOf(conclusion, facts, true).map(({ text }) => breakable(text));
    expect(first).toBe(
      `latency on T4 30.0 ms, limit 10 ms: 20.0 ms too slow. Best within 10 ms on T4: mAP50-95 55.0 % with m-T4-1, 8.0 ms. Write T4 <= 10 ms in hardware to pick it: both rules hold then, for 5.0 points of mAP50-95 on that device. ${facts.url}`,
    );
    expect(second).toBe(`latency on T4 30.0 ms, limit 20 ms: 10.0 ms too slow. ${facts.url}`);
  });

  test('of a pass are one notice with the link', () => {
    const [only, ...others] = annotationsOf(judged({ models, thresholds: 'map50 >= 70' }), facts, true);
    expect(breakable(only?.text ?? '')).toBe(`Passed: mAP50 73.1 %, wanted 70 % or more. ${facts.url}`);
    expect([only?.level, others]).toEqual(['notice', []]);
  });

  test('of what was not judged give the reason with its parts', () => {
    expect(annotationsOf(undecided('2 mistakes', 'Mend them.', ['one', 'two']), undefined, true)).toEqual([
      { level: 'error', text: 'Not judged: 2 mistakes:\n- one\n- two. Mend them.' },
    ]);
  });
});
