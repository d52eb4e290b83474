import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { parseRules } from '../../src/gate/parse-rules.ts';
import { unknownRule } from '../../src/gate/rule-result.ts';
import { TrainGateError } from '../../src/lib/errors.ts';
import { annotationsOf } from '../../src/report/annotations.ts';
import {
  type Conclusion,
  endOfOne,
  type Judged,
  undecided,
  undecidedByEnd,
} from '../../src/report/conclusion.ts';
import { sizeBytes } from '../../src/report/markdown/markdown.ts';
import { classTable } from '../../src/report/page/class-table.ts';
import { renderReport } from '../../src/report/report.ts';
import type { TrainingFacts } from '../../src/report/training-facts.ts';
import { verdictLine } from '../../src/report/words/heading.ts';
import { model } from '../build.ts';
import { runs } from '../setup/seeds.ts';
import { names } from './arbitraries.ts';
import { facts, judged } from './cases.ts';
import { ends } from './compared-runs.ts';
import { all, parse, rowsIn, type Section, sectionsOf, textOf } from './parsed.ts';
import { judgedRuns, runFacts } from './runs.ts';
import { commentOf, repeatedIn, strangersIn } from './strangers.ts';

const COMMENT_BYTES = 65_000;
const SUMMARY_BYTES = 1_000_000;

function section(sections: readonly Section[], heading: string): Section {
  return sections.find((each) => each.heading === heading) ?? { heading, tables: [], items: [], leftOut: 0 };
}

/** What the tables of a report show, and say that they leave out. */
function accounted(report: string) {
  const sections = sectionsOf(report);
  const count = (heading: string) => rowsIn(section(sections, heading)) + section(sections, heading).leftOut;
  // What would be picked is a row below what is.
  const offered = report.match(/^\| ↳/gm)?.length ?? 0;
  return {
    rules: count('Rules'),
    picks: count('Best model per hardware') - offered,
    models: count('Models'),
    classes: ['Classes', 'Classes, weakest first', 'Classes on test, weakest first']
      .map(count)
      .reduce((sum, each) => sum + each, 0),
  };
}

/** What there is to show: nothing that the heading says alone. */
function whatIs(judgedRun: Judged) {
  const { verdict, models } = judgedRun;
  const isMeasured = verdict.picks.some((pick) => pick.kind === 'pick' || pick.measured.length > 0);
  return {
    rules: verdict.headline === undefined ? 0 : verdict.rules.length,
    picks: isMeasured ? verdict.picks.length : 0,
    models: models.length < 2 ? 0 : models.length,
    classes: classTable(judgedRun.verdict, undefined)?.rows.length ?? 0,
  };
}

/** Nothing in a report and its comment is alive from outside, or too large. */
function expectSound(conclusion: Conclusion, run: TrainingFacts | undefined): void {
  const [report, comment] = [renderReport(conclusion, run), commentOf(conclusion, run)];
  const mayQuote = endOfOne(conclusion)?.kind === 'failed';
  expect([...strangersIn(report, mayQuote), ...strangersIn(comment, mayQuote)]).toEqual([]);
  expect(sizeBytes(report)).toBeLessThanOrEqual(SUMMARY_BYTES);
  expect(sizeBytes(comment)).toBeLessThanOrEqual(COMMENT_BYTES);
}

describe('the report of any run', () => {
  test('is Markdown of its own shape, and shows every rule, pick, model and class or says how many it leaves out', () => {
    fc.assert(
      fc.property(judgedRuns, runFacts, (conclusion, run) => {
        expectSound(conclusion, run);
        expect(accounted(renderReport(conclusion, run))).toEqual(whatIs(conclusion));
      }),
      { numRuns: runs(15) },
    );
  });

  test('begins with a heading of one line that names the outcome', () => {
    const words = {
      passed: /^## (?:✅ (?:Passed: |Trained[;,:] )|⏭️ Nothing was judged: )\S/u,
      failed: /^## ❌ Failed: \S/u,
      undecided: /^## ⚠️ Not judged: \S/u,
    } as const;
    fc.assert(
      fc.property(judgedRuns, (conclusion) => {
        for (const text of [renderReport(conclusion, facts), commentOf(conclusion, facts).slice(1)]) {
          const [heading = '', blank] = text.split('\n');
          expect(heading).toMatch(words[conclusion.verdict.outcome]);
          expect(blank).toBe('');
        }
      }),
    );
  });

  test('has a heading that is told in one short line, where no mention is alive', () => {
    fc.assert(
      fc.property(judgedRuns, (conclusion) => {
        const verdict = verdictLine(conclusion);
        expect(verdict).toMatch(/^(?:Passed|Failed|Not judged|Nothing was judged|Trained)\b./u);
        expect(verdict.length).toBeLessThanOrEqual(300);
        expect(verdict).not.toMatch(/[\p{Cc}\u{2028}\u{2029}\u{A0}]|@(?!\u{200B})/u);
        expect(verdict.isWellFormed()).toBe(true);
      }),
      { numRuns: runs(15) },
    );
  });

  test('has no line twice, no heading over nothing and no column without a value', () => {
    fc.assert(
      fc.property(judgedRuns, (conclusion) => {
        const report = renderReport(conclusion, facts);
        expect(repeatedIn(report)).toEqual([]);
        for (const table of all(parse(report)).filter((node) => node.type === 'table')) {
          const [header = [], ...rows] = table.children.map(({ children }) => children.map(textOf));
          const isEmpty = (_: string, at: number) => rows.every((row) => /^[–]?$/.test(row[at] ?? ''));
          expect(rows.length === 0 ? [] : header.filter(isEmpty)).toEqual([]);
        }
      }),
      { numRuns: runs(15) },
    );
  });

  test('is annotated in at most ten lines of a level, and a failed one in at least one', () => {
    fc.assert(
      fc.property(judgedRuns, fc.boolean(), (conclusion, failBuild) => {
        const annotations = annotationsOf(conclusion, facts, failBuild);
        const count = (level: string) => annotations.filter((each) => each.level === level).length;
        for (const level of ['error', 'warning', 'notice']) expect(count(level)).toBeLessThanOrEqual(10);
        const { outcome } = conclusion.verdict;
        // A download that fails makes the step fail, and says so beside the verdict.
        const isLost = outcome === 'passed' && conclusion.weights?.kind === 'failed';
        const fails = outcome === 'undecided' || isLost || (failBuild && outcome === 'failed');
        expect(count('error') > 0).toBe(fails);
        const lines = annotations.map(({ level, text }) => `${level} ${text}`);
        expect(new Set(lines).size).toBe(lines.length);
      }),
      { numRuns: runs(15) },
    );
  });
});

/** How much there is of everything, and what it is called. */
const crowds = fc.record({
  name: names,
  models: fc.integer({ min: 0, max: 700 }),
  hardware: fc.integer({ min: 1, max: 100 }),
  rules: fc.integer({ min: 0, max: 100 }),
  unreadable: fc.array(fc.record({ name: names, raw: names }), { maxLength: 20 }),
});
type Crowd = typeof crowds extends fc.Arbitrary<infer Value> ? Value : never;

/** A run with a great deal of everything. */
function crowded({ name, models, hardware, rules, unreadable }: Crowd): Judged {
  const hardwareName = (index: number) => `${name}${index % hardware}`;
  return judged({
    models: Array.from({ length: models }, (_, index) =>
      model({
        id: `${name}${index}`,
        type: name,
        metrics: { 'map50-95': (index * 7) % 100, map50: (index * 11) % 100 },
        latency: { [hardwareName(index)]: 1 + (index % 97), [hardwareName(index + 1)]: 1 + (index % 89) },
        unreadable,
      }),
    ),
    thresholds: Array.from({ length: rules }, (_, index) => `map50@nowhere ${index} >= 50`).join('\n'),
  });
}

/** Texts that grow the most when they are made harmless or written as UTF-8, as long as any that is shown whole. */
const swelling = ['@', '|', '`', '<a', '&#', '\\', 'www.', 'xmpp:', '🚀', '大', '&#&#'].map((text) =>
  text.repeat(600),
);

/** Those that grow in another way each: to read a report that is full of them takes a second. */
const swellingMost = ['|', '`', '<a', '&#', 'www.', '🚀'].map((text) => text.repeat(600));

describe('a run with too much of everything', () => {
  test.each(swellingMost)(
    'whose every name is a long row of %.4s is told of whole or counted, in report and comment',
    (name) => {
      const unreadable = Array.from({ length: 3 }, () => ({ name, raw: name }));
      const conclusion: Judged = {
        ...crowded({ name, models: 12, hardware: 12, rules: 12, unreadable }),
        baseline: { kind: 'missing', reason: name },
      };
      const called = { project: name, jobId: name, modelType: name, status: name, route: name, source: name };
      const run: TrainingFacts = { ...facts, ...called };
      const report = renderReport(conclusion, run);
      expect(accounted(report)).toEqual(whatIs(conclusion));
      expect(report).toContain('<summary>Training: ');
      expectSound(conclusion, run);
    },
  );

  test('is told of in whole rows, and it says how many are left out', () => {
    fc.assert(
      fc.property(crowds, runFacts, (crowd, run) => {
        const conclusion = crowded(crowd);
        expect(accounted(renderReport(conclusion, run))).toEqual(whatIs(conclusion));
        expectSound(conclusion, run);
      }),
      { numRuns: runs(2), endOnFailure: true },
    );
  });

  test.each(swelling)('keeps within the size of a summary if every name is a long row of %.4s', (name) => {
    const unreadable = [{ name, raw: name }];
    const report = renderReport(crowded({ name, models: 800, hardware: 5, rules: 5, unreadable }), facts);
    expect(sizeBytes(report)).toBeLessThanOrEqual(SUMMARY_BYTES);
    expect(report).toMatch(/^Left out here: \d+ of \d+ models; all are in the results file\.$/m);
  });

  test('of 10,000 models shows the best, and counts the rest', () => {
    const models = Array.from({ length: 10_000 }, (_, index) =>
      model({ id: `acme/m${index}`, metrics: { 'map50-95': index / 100 }, latency: { T4: 1 + index / 100 } }),
    );
    const listed = section(
      sectionsOf(renderReport(judged({ models, thresholds: 'map50-95 >= 50' }), facts)),
      'Models',
    );
    expect(rowsIn(listed)).toBe(503);
    expect(rowsIn(listed) + listed.leftOut).toBe(10_000);
    const [table] = listed.tables;
    expect(table?.children.slice(1, 3).map(textOf)).toEqual([
      expect.stringMatching(/^m9999/),
      expect.stringMatching(/^m9998/),
    ]);
  });
});

const { rules } = parseRules('map50 >= 80\nmap50-95@t4 >= baseline - 1\nwarn: latency < 5 ms');
const rulesOnHardware = names.map((hardware) => rules.map((rule) => ({ ...rule, hardware })));

const others: fc.Arbitrary<Conclusion> = fc.oneof(
  fc
    .record({
      reason: names,
      next: names,
      details: fc.array(names, { maxLength: 5 }),
      rules: rulesOnHardware,
    })
    .map(({ reason, next, details, rules: notJudged }) => ({
      ...undecided(reason, next, details),
      rules: notJudged,
    })),
  ends.map((end) => undecidedByEnd(end, facts, [])),
  names.map((reason) => ({ kind: 'skipped', reason }) as const),
  rulesOnHardware.map((toCome) => ({ kind: 'started', inFlight: true, rules: toCome }) as const),
  fc.record({ name: names, toCome: rulesOnHardware }).map(
    ({ name, toCome }): Conclusion => ({
      kind: 'checked',
      workspace: name,
      project: name,
      url: 'https://app.roboflow.com/acme/hard-hats/7',
      action: { kind: 'start', modelType: name },
      version: { kind: 'new' },
      rules: toCome.map((rule) => ({ rule, bound: undefined })),
      baselines: [
        { kind: 'missing', reason: name },
        { kind: 'unread', error: new TrainGateError(name) },
      ],
      tried: [
        {
          modelType: name,
          versions: [
            {
              version: 6,
              modelType: name,
              isSameType: false,
              metrics: new Map([['map50', 80] as const]),
              rules: toCome.map((rule) => unknownRule(rule, { kind: 'no-model' }, { value: 80 })),
            },
          ],
        },
      ],
      took: [{ modelType: name, version: 6, trainedMs: 3_840_000 }],
      needEvaluation: toCome,
      unchecked: [name],
    }),
  ),
);

describe('the report without a judgement', () => {
  const anyRun = fc.option(runFacts, { nil: undefined });
  const examples = hostileTexts.map((text): [Conclusion, TrainingFacts | undefined] => [
    undecided(text, text, [text]),
    undefined,
  ]);
  test('has nothing alive in it from outside either', () => {
    fc.assert(fc.property(others, anyRun, expectSound), { numRuns: runs(15), examples });
  });

  test('keeps within the size of a comment, whatever the reason consists of', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 0, max: 3_000 }), (text, count) => {
        const details = Array.from({ length: count }, (_, index) => `${index}${text}`);
        const conclusion = undecided(text, text, details);
        expect(sizeBytes(commentOf(conclusion, facts))).toBeLessThanOrEqual(COMMENT_BYTES);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
