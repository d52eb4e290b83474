import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostileTexts } from '../../simulator/scenarios/hostile.ts';
import { type Conclusion, type Judged, type TrainingFacts, undecided } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { sizeBytes } from '../../src/report/text/markdown.ts';
import { model } from '../build.ts';
import { judgedRuns, names, runFacts } from './arbitraries.ts';
import { facts, judged } from './cases.ts';
import { all, parse, proseOf, rowsIn, type Section, sectionsOf, textOf } from './parsed.ts';

const COMMENT_BYTES = 65_000;
const SUMMARY_BYTES = 1_000_000;

/** HTML that is ours. */
const OURS =
  /^(?:<details><summary>(?:The points of the lines|\d+ more models?|(?:1 value that is|(?!1 )\d+ values that are) taken as not reported)<\/summary>|<\/details>|<\/?code>)$/;
/** Kinds of nodes that could only come from outside, or not at all. */
const NEVER = [
  'image',
  'imageReference',
  'linkReference',
  'definition',
  'footnoteReference',
  'footnoteDefinition',
  'blockquote',
  'thematicBreak',
  'delete',
  'emphasis',
];

/** Whatever in `report` no report of ours has: HTML, links, mentions, ragged tables. */
function strangersIn(report: string): readonly string[] {
  const nodes = all(parse(report));
  return [
    ...nodes.flatMap((node) =>
      node.type === 'html' && !OURS.test(node.value) ? [`html ${node.value}`] : [],
    ),
    ...nodes.flatMap((node) =>
      node.type === 'link' && !node.url.startsWith('https://app.roboflow.com/') ? [`link ${node.url}`] : [],
    ),
    ...nodes.flatMap(({ type }) => (NEVER.includes(type) ? [type] : [])),
    ...nodes.flatMap((node) =>
      node.type === 'code' && node.lang !== 'mermaid' ? [`code ${node.value}`] : [],
    ),
    ...nodes.flatMap((node) =>
      node.type === 'heading' && node.depth !== 2 && node.depth !== 3 ? ['heading'] : [],
    ),
    ...(proseOf(parse(report)).match(/(?<![\w\u{200b}])@[\w]|(?<![\w&])#\d|\bGH-\d/giu) ?? []).map(
      (each) => `live ${each}`,
    ),
    ...nodes.flatMap((node) =>
      node.type === 'table' &&
      node.children.some(({ children }) => children.length !== node.children[0]?.children.length)
        ? [`ragged table ${node.children[0]?.children.length}`]
        : [],
    ),
  ];
}

function section(sections: readonly Section[], heading: string): Section {
  return sections.find((each) => each.heading === heading) ?? { heading, tables: [], leftOut: 0 };
}

/** What the tables of a report show, and say that they leave out. */
function accounted(report: string) {
  const sections = sectionsOf(report);
  const count = (heading: string) => rowsIn(section(sections, heading)) + section(sections, heading).leftOut;
  return { rules: count('Rules'), picks: count('Best model per hardware'), models: count('Models') };
}

function whatIs({ verdict, models }: Judged) {
  return { rules: verdict.rules.length, picks: verdict.picks.length, models: models.length };
}

const sizes = fc.constantFrom(COMMENT_BYTES, SUMMARY_BYTES);

describe('the report of any run', () => {
  test('is Markdown of its own shape, with nothing alive in it from outside', () => {
    fc.assert(
      fc.property(judgedRuns, runFacts, (conclusion, run) => {
        expect(strangersIn(renderReport(conclusion, run))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  test('shows every rule, pick and model as a row, or says how many it leaves out', () => {
    fc.assert(
      fc.property(judgedRuns, runFacts, sizes, (conclusion, run, maxBytes) => {
        expect(accounted(renderReport(conclusion, run, { maxBytes }))).toEqual(whatIs(conclusion));
      }),
      { numRuns: 150 },
    );
  });

  test('keeps within the size that it is given', () => {
    fc.assert(
      fc.property(judgedRuns, runFacts, sizes, (conclusion, run, maxBytes) => {
        expect(sizeBytes(renderReport(conclusion, run, { maxBytes }))).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 200 },
    );
  });

  test('begins with a headline of one line that names the outcome', () => {
    const words = { passed: '## ✅ Passed', failed: '## ❌ Failed', undecided: '## ⚠️ Undecided' } as const;
    fc.assert(
      fc.property(judgedRuns, (conclusion) => {
        const [headline = '', blank] = renderReport(conclusion, facts).split('\n');
        expect(headline.startsWith(words[conclusion.verdict.outcome])).toBe(true);
        expect(blank).toBe('');
      }),
    );
  });
});

/** How much there is of everything, and what it is called. */
const crowds = fc.record({
  name: names,
  models: fc.integer({ min: 0, max: 2_000 }),
  hardware: fc.integer({ min: 1, max: 200 }),
  rules: fc.integer({ min: 0, max: 200 }),
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

describe('a run with too much of everything', () => {
  test.each(swelling)(
    'whose every name is a long row of %.4s is told of whole or counted in a comment',
    (name) => {
      const unreadable = Array.from({ length: 20 }, () => ({ name, raw: name }));
      const conclusion: Judged = {
        ...crowded({ name, models: 300, hardware: 200, rules: 200, unreadable }),
        baseline: { kind: 'missing', reason: name },
      };
      const run: TrainingFacts = {
        ...facts,
        project: name,
        jobId: name,
        modelType: name,
        status: name,
        route: name,
        source: name,
      };
      const report = renderReport(conclusion, run, { maxBytes: COMMENT_BYTES });
      expect(accounted(report)).toEqual(whatIs(conclusion));
      expect(report).toContain('### Run');
      expect(strangersIn(report)).toEqual([]);
      expect(sizeBytes(report)).toBeLessThanOrEqual(COMMENT_BYTES);
    },
  );

  test('is told of in a comment, in whole rows, and it says how many are left out', () => {
    fc.assert(
      fc.property(crowds, runFacts, (crowd, run) => {
        const conclusion = crowded(crowd);
        const report = renderReport(conclusion, run, { maxBytes: COMMENT_BYTES });
        expect(accounted(report)).toEqual(whatIs(conclusion));
        expect(strangersIn(report)).toEqual([]);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test.each([COMMENT_BYTES, SUMMARY_BYTES])('keeps within %i bytes', (maxBytes) => {
    fc.assert(
      fc.property(crowds, runFacts, (crowd, run) => {
        const report = renderReport(crowded(crowd), run, { maxBytes });
        expect(sizeBytes(report)).toBeLessThanOrEqual(maxBytes);
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });

  test('of 10,000 models fills its room, best model first', () => {
    const models = Array.from({ length: 10_000 }, (_, index) =>
      model({ id: `acme/m${index}`, metrics: { 'map50-95': index / 100 }, latency: { T4: 1 + index / 100 } }),
    );
    const report = renderReport(judged({ models, thresholds: 'map50-95 >= 50' }), facts, {
      maxBytes: COMMENT_BYTES,
    });
    const listed = section(sectionsOf(report), 'Models');
    expect(sizeBytes(report)).toBeLessThanOrEqual(COMMENT_BYTES);
    expect(rowsIn(listed)).toBeGreaterThan(100);
    expect(rowsIn(listed) + listed.leftOut).toBe(10_000);
    const [table] = listed.tables;
    expect(table?.children.slice(1, 3).map(textOf)).toEqual([
      expect.stringMatching(/^m9999/),
      expect.stringMatching(/^m9998/),
    ]);
  });
});

const others: fc.Arbitrary<Conclusion> = fc.oneof(
  fc
    .record({ reason: names, next: names, details: fc.array(names, { maxLength: 5 }) })
    .map(({ reason, next, details }) => undecided(reason, next, details)),
  names.map((reason) => ({ kind: 'skipped', reason }) as const),
  fc.constant({ kind: 'started', inFlight: true } as const),
);

describe('the report without a judgement', () => {
  const anyRun = fc.option(runFacts, { nil: undefined });
  const examples = hostileTexts.map((text): [Conclusion, TrainingFacts | undefined] => [
    undecided(text, text, [text]),
    undefined,
  ]);
  test('has nothing alive in it from outside either', () => {
    fc.assert(
      fc.property(others, anyRun, (conclusion, run) => {
        expect(strangersIn(renderReport(conclusion, run))).toEqual([]);
      }),
      { numRuns: 250, examples },
    );
  });

  test('keeps within the size of a comment, whatever the reason consists of', () => {
    fc.assert(
      fc.property(names, fc.integer({ min: 0, max: 3_000 }), (text, count) => {
        const conclusion = undecided(
          text,
          text,
          Array.from({ length: count }, (_, index) => `${index}${text}`),
        );
        expect(sizeBytes(renderReport(conclusion, facts, { maxBytes: COMMENT_BYTES }))).toBeLessThanOrEqual(
          COMMENT_BYTES,
        );
      }),
      { numRuns: 20, endOnFailure: true },
    );
  });
});
