import { rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { projectRoot, runStep } from '../simulator/runner.ts';
import { defaultKey, startSimulator } from '../simulator/simulator.ts';
import { type Theme, writePreview } from './preview.ts';

const CHROMIUM = '/usr/bin/chromium';
/** Hours of training pass in seconds. */
const SPEED = 3_000;
const WIDTH_PX = 1_000;
/** A reader scrolls past a taller picture. */
const MOST_HEIGHT_PX = 900;
/** Space below the last thing that is in the picture. */
const MARGIN_PX = 24;

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
  await using simulator = await startSimulator({ scenario: 'nas', speed: SPEED });
  const result = await runStep({
    inputs: { 'api-key': defaultKey, 'api-url': simulator.url, ...INPUTS },
    env: { TRAIN_GATE_CLOCK_SPEED: String(SPEED) },
  });
  await rm(result.temp, { recursive: true, force: true });
  if (result.outputs.outcome !== 'failed') throw new Error(`The step did not end as failed:\n${result.stdout}`);
  return result.summary;
}

/** Draws the top of `markdown` as GitHub shows it, down to the end of the first chart, into a PNG. */
async function photograph(browser: Browser, markdown: string, theme: Theme, picture: string): Promise<void> {
  const page = await browser.newPage({
    viewport: { width: WIDTH_PX, height: MOST_HEIGHT_PX },
    deviceScaleFactor: 2,
  });
  try {
    await page.goto(pathToFileURL(await writePreview(markdown, 'screenshot', theme)).href);
    await page.waitForSelector('body[data-drawn="yes"]');
    const chart = await page.locator('pre.mermaid').first().boundingBox();
    const end = chart ? chart.y + chart.height + MARGIN_PX : MOST_HEIGHT_PX;
    const height = Math.min(Math.ceil(end), MOST_HEIGHT_PX);
    await page.screenshot({ path: picture, clip: { x: 0, y: 0, width: WIDTH_PX, height } });
  } finally {
    await page.close();
  }
}
