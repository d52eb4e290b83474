import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePreview } from '../../scripts/preview.ts';
import { projectRoot } from '../../simulator/runner.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { model } from '../build.ts';
import { CHROMIUM, hasChromium } from '../setup/chromium.ts';
import { facts, judged } from './cases.ts';
import { both, type Chart, charts, chartsIn, factsFor, goldenCharts, made, random, usual } from './charts.ts';
import { contrast, cut, type Drawing, drawingsOn, hue, overlapping, redraw } from './drawings.ts';

const ARGUMENTS = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
const gallery = path.join(projectRoot, 'preview', 'charts');
const BACKGROUNDS = ['#ffffff', '#0d1117'];
const LEAST_CONTRAST = 3;

/** Hues that people call by the name of each sign. */
const HUES: Readonly<Record<string, readonly [number, number]>> = {
  '🔵': [200, 240],
  '🟠': [20, 45],
};
const SIGNS = /[🔵🟠]/gu;

test('Chromium is there to draw charts in, at least if CI is set', ({ skip }) => {
  if (!hasChromium && !process.env.CI) skip(`there is no ${CHROMIUM}, so no chart is drawn`);
  expect(hasChromium, `${CHROMIUM} is missing: apt-get install chromium`).toBe(true);
});

test('there are charts of every origin and kind', () => {
  expect(random).toHaveLength(15);
  expect(goldenCharts.length).toBeGreaterThanOrEqual(8);
  const chartless = Object.entries(made).filter(
    ([name, conclusion]) => chartsIn(name, renderReport(conclusion, factsFor(conclusion))).length === 0,
  );
  expect(chartless.map(([name]) => name)).toEqual([]);
  const kinds = charts.map(({ source }) => /^(?:quadrantChart|xychart-beta)$/m.exec(source)?.[0]);
  expect(new Set(kinds)).toEqual(new Set(['quadrantChart', 'xychart-beta']));
});

test.each<readonly [string, Judged]>([
  ['a fine-tune, whose latency nobody measured', judged()],
  ['models and no rule on their hardware', judged({ models: usual, thresholds: 'map50-95 >= 60' })],
  [
    'a limit that was not what failed',
    judged({ models: usual, thresholds: 'latency@T4 <= 9\nmap50-95 >= 99' }),
  ],
  ['a bound on accuracy alone', judged({ models: usual, thresholds: 'map50-95@T4 >= 60' })],
  ['two bounds and one model', judged({ models: usual.slice(0, 1), thresholds: both(60, 5) })],
  ['no models', judged({ models: [], thresholds: both(60, 5) })],
  [
    'a history of two versions',
    {
      ...judged({ models: [model({ metrics: { map50: 80 } })] }),
      history: [6].map((version) => ({ version, metrics: new Map([['map50', 70]]) })),
    },
  ],
])('there is no chart for %s', (_, conclusion) => {
  expect(renderReport(conclusion, facts)).not.toContain('```');
});

let browser: Browser | undefined;
/** One page for all tests: to load Mermaid takes longer than to draw. */
let page: Page | undefined;

beforeAll(async () => {
  if (!hasChromium) return;
  browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  page = await browser.newPage({ viewport: { width: WIDE, height: HEIGHT } });
  await mkdir(gallery, { recursive: true });
  const parts = charts.map(
    ({ name, fence, legend }) =>
      `### ${name.replace(/\W+/g, ' ')}\n\n${fence}\n\n${legend.startsWith('#') ? '' : legend}`,
  );
  await page.goto(pathToFileURL(await writePreview(parts.join('\n\n'), 'charts/all', 'light')).href);
  await page.locator('body[data-drawn]').waitFor({ state: 'attached' });
}, 120_000);
afterAll(() => browser?.close());

const GREY = '#8b949e';
const WIDE = 1000;
const NARROW = 390;
const HEIGHT = 900;

/** Those of golden reports: their marks have the same colours in both themes, and stand where they stood. */
const some = charts.filter(({ name }) => goldenCharts.some((golden) => golden.name === name));

interface View {
  readonly name: string;
  readonly drawn: readonly Chart[];
  /** Makes it of the view before. */
  readonly show: (page: Page) => Promise<void>;
}

describe.skipIf(!hasChromium).each<View>([
  { name: 'in the light theme, wide', drawn: charts, show: async () => {} },
  {
    name: 'in the light theme, narrow',
    drawn: charts,
    show: (page) => page.setViewportSize({ width: NARROW, height: HEIGHT }),
  },
  {
    name: 'in the dark theme, narrow',
    drawn: some,
    show: (page) =>
      redraw(
        page,
        'dark',
        some.map(({ source }) => source),
      ),
  },
])('$name', ({ drawn, show }) => {
  const drawings = new Map<string, Drawing>();

  beforeAll(async () => {
    if (page === undefined) throw new Error('there is no page');
    await show(page);
    const all = await drawingsOn(page);
    for (const [index, { name }] of drawn.entries()) {
      const drawing = all[index];
      if (drawing) drawings.set(name, drawing);
    }
  });

  test.each(drawn)(
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

  test.each(drawn)('the colours of $name stand out and are those of its legend', ({ name, legend }) => {
    const { strokes = [], bars = [], dots = [] } = drawings.get(name) ?? {};
    const marks = dots.filter(({ radius }) => radius > 5).map(({ fill }) => fill);
    const colours = [...strokes, ...bars, ...marks];
    const signs = legend.match(SIGNS) ?? [];
    for (const colour of [...colours, ...dots.map(({ fill }) => fill)])
      for (const background of BACKGROUNDS)
        expect(contrast(colour, background), `${colour} on ${background}`).toBeGreaterThanOrEqual(
          LEAST_CONTRAST,
        );
    // The history has one line, and another in grey of what was wanted, which its title says.
    if (signs.length === 0) return expect(colours.filter((colour) => colour !== GREY)).toHaveLength(1);
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
