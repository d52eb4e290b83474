import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Theme, writePreview } from '../../scripts/preview.ts';
import { projectRoot } from '../../simulator/runner.ts';
import type { Judged } from '../../src/report/conclusion.ts';
import { renderReport } from '../../src/report/report.ts';
import { CHROMIUM, hasChromium } from '../setup/chromium.ts';
import { facts, judged } from './cases.ts';
import { chartOf, charts, MERMAID, made, measured, random, rising, usual } from './charts.ts';
import { contrast, type Drawing, drawingIn, hue, saturation } from './drawings.ts';

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
const screenshots = path.join(projectRoot, 'preview', 'charts');

/** Hues that people call by the name of each square. */
const HUES: Readonly<Record<string, readonly [number, number]>> = {
  '🟦': [200, 240],
  '🟧': [20, 45],
  '🟩': [90, 160],
  '🟪': [260, 300],
  '🟥': [340, 359],
};
/** What has no more is grey, whatever its hue: ⬜ is, and no other square. */
const MOST_SATURATION_OF_GREY = 0.1;

test('Chromium is there to draw charts in, at least where CI is set', ({ skip }) => {
  if (!hasChromium && !process.env.CI) skip(`there is no ${CHROMIUM}, so no chart is drawn`);
  expect(hasChromium, `${CHROMIUM} is missing: apt-get install chromium`).toBe(true);
});

test('there are charts of every origin', () => {
  expect(random).toHaveLength(15);
  expect(charts.filter(({ name }) => name.startsWith('golden')).length).toBeGreaterThanOrEqual(3);
  expect(
    Object.keys(made).filter(
      (name) => chartOf({ name, report: renderReport(made[name] ?? judged(), facts) }).source === '',
    ),
  ).toEqual([]);
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
  [
    'latencies too close to nothing for an axis',
    judged({
      models: measured({
        T4: [
          [1e-9, 40],
          [2e-9, 50],
        ],
      }),
    }),
  ],
])('there is no chart, and no heading of one, for %s', (_, conclusion) => {
  const report = renderReport(conclusion, facts);
  expect(report).not.toMatch(MERMAID);
  expect(report).not.toContain('Accuracy and latency');
});

let browser: Browser | undefined;
beforeAll(async () => {
  if (hasChromium) browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS, timeout: 0 });
});
afterAll(() => browser?.close());

test.each([
  ['accuracy, the best of which is high, from the bottom', 'hardware of one model beside one of many', 'low'],
  ['perplexity, the best of which is low, from the top', 'perplexity', 'high'],
] as const)('a budget that no model keeps is drawn as the worst there is: %s', (_, name, end) => {
  const { source } = chartOf({ name, report: renderReport(made[name] ?? judged(), facts) });
  const [, low, high] = /y-axis ".*" (\S+) --> (\S+)$/m.exec(source) ?? [];
  const second = [...source.matchAll(/line \[([^,]+),/g)][1]?.[1];
  expect(second).toBe({ low, high }[end]);
});

describe.skipIf(!hasChromium).each<Theme>(['light', 'dark'])('in the %s theme', (theme) => {
  const drawings = new Map<string, Drawing>();

  beforeAll(async () => {
    await mkdir(screenshots, { recursive: true });
    const all = charts.map((chart) => chartOf(chart));
    const gallery = all.map(
      ({ name, fence, legend }) => `### ${name.replace(/\W+/g, ' ')}\n\n${fence}\n\n${legend}`,
    );
    // By its own name, since another run of the tests may draw at the same time.
    const file = await writePreview(gallery.join('\n\n'), `charts/${process.pid}`, theme);
    if (browser === undefined) throw new Error('there is no browser');
    const page = await browser.newPage({ viewport: { width: 1_076, height: 900 } });
    page.setDefaultTimeout(0);
    await page.goto(pathToFileURL(file).href);
    await page.locator('body[data-drawn]').waitFor({ state: 'attached' });
    const figures = await page.locator('pre.mermaid').all();
    for (const [index, { name }] of all.entries()) {
      const figure = figures[index];
      if (figure) drawings.set(name, drawingIn(await figure.innerHTML()));
    }
    await page.screenshot({ path: path.join(screenshots, `all.${theme}.png`), fullPage: true });
    await rename(file, path.join(screenshots, `all.${theme}.html`));
  });

  test.each(charts)('Mermaid draws the chart of $name as its legend says', (chart) => {
    const { name, source, squares } = chartOf(chart);
    const drawing = drawings.get(name);
    expect(drawing).toMatchObject({ isError: false });
    const { lines = [], texts = [], width = 0, height = 0 } = drawing ?? {};
    expect(lines).toHaveLength(squares.length);
    expect(squares.length).toBeGreaterThan(0);
    for (const { points } of lines) {
      expect(points.at(-1)?.[0], 'the line goes from left to right').toBeGreaterThan(
        (points[0]?.[0] ?? 0) + 100,
      );
      expect(points.filter(([x, y]) => !(x >= 0 && x <= width && y >= 0 && y <= height))).toEqual([]);
    }
    const titles = [...source.matchAll(/^ {2}[xy]-axis "(.*?)"/gm)].map(([, title = '']) => title);
    expect(titles).toEqual([expect.stringMatching(/in ms$/), expect.stringMatching(/in %$|^Perplexity$/)]);
    expect(texts).toEqual(expect.arrayContaining(titles));
  });

  test.each(charts)('the lines of $name have the colours of their squares, on white and on dark', (chart) => {
    const { name, squares } = chartOf(chart);
    for (const [index, { stroke }] of (drawings.get(name)?.lines ?? []).entries()) {
      const square = squares[index] ?? '';
      const [from, to] = HUES[square] ?? [0, 360];
      expect(hue(stroke), `${stroke} is to look like ${square}`).toBeGreaterThanOrEqual(from);
      expect(hue(stroke), `${stroke} is to look like ${square}`).toBeLessThanOrEqual(to);
      expect(saturation(stroke) <= MOST_SATURATION_OF_GREY, `${stroke} is to look like ${square}`).toBe(
        square === '⬜',
      );
      for (const background of ['#ffffff', '#0d1117'])
        expect(contrast(stroke, background), `${stroke} on ${background}`).toBeGreaterThanOrEqual(3);
    }
  });
});
