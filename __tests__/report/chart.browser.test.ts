import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Theme, writePreview } from '../../scripts/preview.ts';
import { projectRoot } from '../../simulator/runner.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { model } from '../build.ts';
import { CHROMIUM, hasChromium } from '../setup/chromium.ts';
import { facts, judged } from './cases.ts';
import { charts, chartsIn, factsFor, goldenCharts, made, measured, random, rising, usual } from './charts.ts';
import { contrast, cut, type Drawing, drawingsOn, hue, overlapping } from './drawings.ts';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const gallery = path.join(projectRoot, 'preview', 'charts');
const BACKGROUNDS = ['#ffffff', '#0d1117'];
const LEAST_CONTRAST = 3;

/** Hues that people call by the name of each sign. */
const HUES: Readonly<Record<string, readonly [number, number]>> = {
  '🟦': [200, 240],
  '🔵': [200, 240],
  '🟧': [20, 45],
  '🟠': [20, 45],
  '🟪': [260, 300],
};
const SIGNS = /[🟦🟧🟪🔵🟠]/gu;

test('Chromium is there to draw charts in, at least if CI is set', ({ skip }) => {
  if (!hasChromium && !process.env.CI) skip(`there is no ${CHROMIUM}, so no chart is drawn`);
  expect(hasChromium, `${CHROMIUM} is missing: apt-get install chromium`).toBe(true);
});

test('there are charts of every origin and kind', () => {
  expect(random).toHaveLength(15);
  expect(goldenCharts.length).toBeGreaterThanOrEqual(10);
  const chartless = Object.entries(made).filter(
    ([name, conclusion]) => chartsIn(name, renderReport(conclusion, factsFor(conclusion))).length === 0,
  );
  expect(chartless.map(([name]) => name)).toEqual([]);
  const kinds = charts.map(
    ({ source }) => /^(?:quadrantChart|xychart-beta)(?= horizontal$|$)/m.exec(source)?.[0],
  );
  expect(new Set(kinds)).toEqual(new Set(['quadrantChart', 'xychart-beta']));
});

test.each<readonly [string, Judged]>([
  ['a fine-tune, whose latency nobody measured', judged()],
  ['models of one latency each', judged({ models: measured({ T4: [[4, 50]], AI1: [[9, 55]] }) })],
  [
    'models that are all beaten by the fastest',
    judged({
      models: measured({
        T4: [
          [4, 60],
          [5, 59],
          [6, 60],
        ],
      }),
    }),
  ],
  ['models that did not finish', judged({ models: usual.map((each) => ({ ...each, finished: false })) })],
  ['stock models alone', judged({ models: measured({ T4: rising(1) }, 'stock') })],
  ['no models', judged({ models: [] })],
  ['latencies too close to nothing for an axis', judged({ models: measured({ T4: rising(1e-9) }) })],
  ['latencies too long for an axis', judged({ models: measured({ T4: rising(999_999) }) })],
  [
    'a history of three versions',
    {
      ...judged({ models: [model({ metrics: { map50: 80 } })] }),
      history: [5, 6].map((version) => ({ version, metrics: new Map([['map50', 70]]) })),
    },
  ],
])('there is no chart for %s', (_, conclusion) => {
  expect(renderReport(conclusion, facts)).not.toContain('```');
});

let browser: Browser | undefined;
beforeAll(async () => {
  if (hasChromium) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
});
afterAll(() => browser?.close());

describe.skipIf(!hasChromium).each<readonly [Theme, number]>([
  ['light', 1000],
  ['dark', 390],
])('in the %s theme, %i pixels wide', (theme, width) => {
  const drawings = new Map<string, Drawing>();

  beforeAll(async () => {
    await mkdir(gallery, { recursive: true });
    const parts = charts.map(
      ({ name, fence, legend }) =>
        `### ${name.replace(/\W+/g, ' ')}\n\n${fence}\n\n${legend.startsWith('#') ? '' : legend}`,
    );
    const file = await writePreview(parts.join('\n\n'), `charts/all-${width}`, theme);
    if (browser === undefined) throw new Error('there is no browser');
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(pathToFileURL(file).href);
    await page.locator('body[data-drawn]').waitFor({ state: 'attached' });
    const all = await drawingsOn(page);
    for (const [index, { name }] of charts.entries()) {
      const drawing = all[index];
      if (drawing) drawings.set(name, drawing);
    }
    await page.close();
  }, 120_000);

  test.each(charts)(
    'the chart of $name is drawn, with every text whole and free of the others',
    ({ name, source }) => {
      const drawing = drawings.get(name);
      expect(drawing?.kind).toBe(source.includes('quadrantChart') ? 'quadrantChart' : 'xychart');
      if (drawing === undefined) return;
      expect(drawing.texts.length).toBeGreaterThan(2);
      expect(overlapping(drawing.texts)).toEqual([]);
      expect(cut(drawing)).toEqual([]);
    },
  );

  test.each(charts)('the colours of $name stand out and are those of its legend', ({ name, legend }) => {
    const { strokes = [], bars = [], dots = [] } = drawings.get(name) ?? {};
    const marks = dots.filter(({ radius }) => radius > 5).map(({ fill }) => fill);
    const colours = [...strokes, ...bars, ...marks];
    const signs = legend.match(SIGNS) ?? [];
    for (const colour of [...colours, ...dots.map(({ fill }) => fill)])
      for (const background of BACKGROUNDS)
        expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(
          LEAST_CONTRAST,
        );
    // The history has one line, the comparison of types bars of one colour, and neither a legend.
    if (signs.length === 0) return expect(colours).toHaveLength(1);
    expect(colours).toHaveLength(signs.length);
    for (const sign of signs) {
      const [from, to] = HUES[sign] ?? [0, 0];
      expect(
        colours.filter((colour) => hue(colour) >= from && hue(colour) <= to),
        `like ${sign}`,
      ).toHaveLength(1);
    }
  });
});
