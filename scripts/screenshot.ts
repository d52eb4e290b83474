import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { createClockFile } from '../simulator/clock-file.ts';
import { projectRoot, runStep } from '../simulator/runner.ts';
import { defaultKey, startSimulator } from '../simulator/simulator.ts';
import { type Theme, writePreview } from './preview.ts';

const CHROMIUM = '/usr/bin/chromium';
const WIDTH_PX = 1_000;
/** The picture ends with the last whole table or chart that fits: README's first screen holds a workflow, too. */
const MOST_HEIGHT_PX = 820;
const MARGIN_PX = 24;
/** What stands in for GitHub's fonts, so that the picture is the same on every machine. */
const FONTS = [
  { family: 'Noto Sans', weight: 400, file: '@fontsource/noto-sans/files/noto-sans-latin-400-normal.woff2' },
  { family: 'Noto Sans', weight: 600, file: '@fontsource/noto-sans/files/noto-sans-latin-600-normal.woff2' },
  { family: 'Apple Color Emoji', weight: 400, file: 'twemoji-colr-font/twemoji.woff2' },
];

/** The inputs of the pictured step: an architecture search of which one rule is broken. */
const INPUTS = {
  project: 'hard-hats',
  version: '7',
  'model-type': 'rfdetr-nas-parent',
  hardware: 't4 <= 5 ms\nJetson Orin NX',
  baseline: 'previous',
  thresholds: 'map50-95 >= baseline - 0.5\nmap50@t4 >= 75\nlatency@Jetson Orin NX <= 20 ms',
};

const report = await realReport();
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
try {
  for (const theme of ['light', 'dark'] as const) {
    const picture = path.join(projectRoot, 'docs', `report-${theme}.png`);
    await photograph(browser, report, theme, picture);
    console.log(`wrote ${path.relative(process.cwd(), picture)}`);
  }
} finally {
  await browser.close();
}

/** The report of dist/index.js on the simulated architecture search. */
async function realReport(): Promise<string> {
  await using clock = await createClockFile();
  await using simulator = await startSimulator({ scenario: 'nas', now: clock.now });
  const result = await runStep({
    inputs: { 'api-key': defaultKey, 'api-url': simulator.url, ...INPUTS },
    env: { TRAIN_GATE_CLOCK: clock.file },
  });
  await rm(result.temp, { recursive: true, force: true });
  if (result.outputs.outcome !== 'failed')
    throw new Error(`The step did not end as failed:\n${result.stdout}`);
  return result.summary;
}

/** Draws the top of `markdown` as GitHub shows it into a PNG. */
async function photograph(browser: Browser, markdown: string, theme: Theme, picture: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: WIDTH_PX, height: MOST_HEIGHT_PX },
    deviceScaleFactor: 2,
  });
  try {
    await page.goto(pathToFileURL(await writePreview(markdown, 'screenshot', theme)).href);
    await page.waitForSelector('body[data-drawn="yes"]');
    await page.addStyleTag({ content: (await Promise.all(FONTS.map(fontFace))).join('\n') });
    await page.evaluate('document.fonts.ready.then(() => undefined)');
    const blocks = await page.locator('main > table, main > pre').all();
    const boxes = await Promise.all(blocks.map((block) => block.boundingBox()));
    const ends = boxes.map((box) => (box ? box.y + box.height + MARGIN_PX : 0));
    const height = Math.ceil(Math.max(...ends.filter((end) => end <= MOST_HEIGHT_PX)));
    await page.screenshot({ path: picture, clip: { x: 0, y: 0, width: WIDTH_PX, height } });
  } finally {
    await page.close();
  }
}

/** A rule that carries the font itself: a page from a file may not load another file as a font. */
async function fontFace({ family, weight, file }: (typeof FONTS)[number]): Promise<string> {
  const font = await readFile(path.join(projectRoot, 'node_modules', file), 'base64');
  return `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${font}); }`;
}
