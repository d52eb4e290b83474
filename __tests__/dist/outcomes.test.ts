import { describe, expect, test } from 'vitest';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { routeOf, STARTED } from '../flow/requests.ts';
import { brief } from '../flow/scenes.ts';
import { type Annotation, expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

/** On a server that has both of Roboflow's training APIs, with a key whose workspace has to be asked for. */
const BEGUN = ['GET /', ...STARTED];
const WATCHED = [...BEGUN, 'GET /acme/hard-hats/7/v2/trainings/get'];
/** For information: the latency on Serverless, the evaluation with its best confidence, and the versions before. */
const TOLD = ['GET /acme/model-evals/compare', 'GET /acme/model-evals', 'GET /acme/hard-hats/models'];
/** What its report says of classes: the version has it, if that had no other training. */
const CLASSES = ['GET /acme/hard-hats/7/v2/trainings', 'GET /acme/hard-hats/7'];
const FINE_TUNE = [...WATCHED, ...CLASSES, ...TOLD];
/** What Roboflow recommends is only in the older results. */
const SEARCH_RESULTS = ['GET /acme/hard-hats/7/v2/trainings/get', 'GET /acme/hard-hats/7/training/results'];
/** Metrics that do not come are looked for every 10 s for 3 minutes. */
const LOOKS = Array.from({ length: 19 }, () => SEARCH_RESULTS).flat();
const SEARCH_UNMEASURED = [...BEGUN, ...LOOKS, ...TOLD];

const PAGE = 'https://app.roboflow.com/acme/hard-hats/7';
const SEARCH_PAGE = 'https://app.roboflow.com/acme/hard-hats/nas-runs/7';
const NO_LATENCY = { f1: '', confidence: '', latency: '{}', picks: '{}' };
const GOOD = { map50: '84.2', 'map50-95': '61.7', precision: '88.4', recall: '79.6', ...NO_LATENCY };

function passed(map50: string, page = PAGE): Annotation {
  return { level: 'notice', text: `Passed: mAP50 ${map50} %, wanted 80 % or more. ${page}` };
}

interface Row {
  readonly scenario: ScenarioName;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly exitCode: 0 | 1;
  /** All of them, but for the two paths, the weights, which nobody asks for, and the list of trainings, which says it again. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly started: 0 | 1;
  readonly annotations: readonly Annotation[];
  readonly headline: string;
  readonly route: readonly string[];
}

/** The outputs of a fine-tune whose training has this id. */
function fineTune(training: string, metrics: Readonly<Record<string, string>>) {
  const id = `acme/hard-hats-7-rfdetr-nano-${training.slice(0, 4)}`;
  return {
    outcome: 'passed',
    'job-id': training,
    'job-status': 'finished',
    url: PAGE,
    version: '7',
    'training-id': training,
    'model-id': id,
    'model-type': 'rfdetr-nano',
    'deploy-matrix': `{"include":[{"hardware":"any","model-id":"${id}","model-type":"rfdetr-nano","map50-95":${metrics['map50-95']},"latency":null}]}`,
    ...metrics,
  };
}

/** The outputs of a training that ended without anything to judge. */
function unjudged(training: string, status: string) {
  const ids = { 'job-id': training, 'training-id': training };
  return { outcome: 'undecided', ...ids, 'job-status': status, url: PAGE, version: '7' };
}

const rows: readonly Row[] = [
  {
    scenario: 'fine-tune',
    exitCode: 0,
    outputs: fineTune('666934f109234004a782', GOOD),
    started: 1,
    annotations: [passed('84.2')],
    headline: '## ✅ Passed: mAP50 84.2 %, wanted 80 % or more',
    route: FINE_TUNE,
  },
  {
    scenario: 'fine-tune-short',
    exitCode: 1,
    outputs: {
      ...fineTune('ad42efcae34ebaca8005', {
        map50: '73.1',
        'map50-95': '49.8',
        precision: '79.3',
        recall: '68.5',
        ...NO_LATENCY,
      }),
      outcome: 'failed',
    },
    started: 1,
    annotations: [{ level: 'error', text: `mAP50 73.1 %, wanted 80 % or more: 6.9 points short. ${PAGE}` }],
    headline: '## ❌ Failed: mAP50 73.1 %, wanted 80 % or more',
    route: FINE_TUNE,
  },
  {
    scenario: 'nas',
    inputs: {
      'model-type': 'rfdetr-nas-parent',
      hardware: 't4 <= 5 ms\nJetson Orin NX',
      thresholds: 'map50-95 >= 60\nmap50@t4 >= 75\nlatency@Jetson Orin NX <= 20 ms',
    },
    exitCode: 1,
    outputs: {
      outcome: 'failed',
      'job-id': 'cc6494637345a69049c6',
      'job-status': 'finished',
      url: SEARCH_PAGE,
      version: '7',
      'training-id': 'cc6494637345a69049c6',
      'model-id': 'acme/hard-hats-7-nas-gpu-e9594b',
      'model-type': 'rfdetr-nas',
      map50: '88.71',
      'map50-95': '76.44',
      precision: '91.2',
      recall: '86.67',
      f1: '88.88',
      confidence: '',
      latency: '{"T4":11.82,"Jetson Orin NX":24.83,"AI1":38.75}',
      picks:
        '{"T4":{"modelId":"acme/hard-hats-7-nas-gpu-4e89a8","modelType":"rfdetr-nas","map50":86.31,"map50-95":70.83,"latency":4.62,"source":"budget"},"Jetson Orin NX":{"modelId":"acme/hard-hats-7-nas-gpu-e9594b","modelType":"rfdetr-nas","map50":88.71,"map50-95":76.44,"latency":24.83,"source":"most-accurate"}}',
      'deploy-matrix':
        '{"include":[{"hardware":"T4","model-id":"acme/hard-hats-7-nas-gpu-4e89a8","model-type":"rfdetr-nas","map50-95":70.83,"latency":4.62},{"hardware":"Jetson Orin NX","model-id":"acme/hard-hats-7-nas-gpu-e9594b","model-type":"rfdetr-nas","map50-95":76.44,"latency":24.83}]}',
    },
    started: 1,
    annotations: [
      { level: 'warning', text: '4 of 76 models report no metrics. What is there is judged.' },
      {
        level: 'error',
        text: `latency on Jetson Orin NX 24.8 ms, limit 20 ms: 4.8 ms too slow. Best within 20 ms on Jetson Orin NX: mAP50-95 74.9 % with nas-gpu-6e0e26, 17.5 ms. Write Jetson Orin NX <= 20 ms in hardware to pick it: all 3 rules hold then, for 1.5 points of mAP50-95 on that device. ${SEARCH_PAGE}`,
      },
    ],
    headline: '## ❌ Failed: latency on Jetson Orin NX 24.8 ms, limit 20 ms',
    route: SEARCH_UNMEASURED,
  },
  {
    scenario: 'failed',
    exitCode: 1,
    outputs: unjudged('cb72f470fded484d6fff', 'failed'),
    started: 1,
    annotations: [
      {
        level: 'error',
        text: 'Not judged: training cb72f470fded484d6fff failed: CUDA out of memory: tried to allocate 1.4 GiB on a device with 14.6 GiB.',
      },
    ],
    headline: '## ⚠️ Not judged: the training failed: CUDA out of memory',
    route: WATCHED,
  },
];

/** With usual spaces instead of those at which no line breaks. */
function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

describe('a step on dist', () => {
  test.concurrent.for(rows)('of the scenario $scenario ends as it should', async (row) => {
    const { scenario, inputs = {}, exitCode, outputs, started, annotations, headline, route } = row;
    await using simulator = await startTimed({ scenario: brief(scenario) });
    const result = await runAgainst(simulator, { inputs });
    const { 'results-file': results, 'report-file': report, runs: _, ...rest } = result.outputs;
    const verdict = headline.replace(/^## \S+ /u, '');
    expect(rest).toEqual({ weights: '{}', ...outputs, verdict });
    expect(result.exitCode).toBe(exitCode);
    expect(result.annotations.map(({ level, text }) => ({ level, text: plain(text) }))).toEqual(annotations);
    expect(plain(result.summary.split('\n')[0] ?? '')).toBe(headline);
    expect(simulator.started()).toHaveLength(started);
    expect(routeOf(simulator)).toEqual(route);
    expect(results).toMatch(/results\.json$/);
    expect(report).toMatch(/report\.md$/);
    expect(result.stderr).toBe('');
    expectNoKey(result, simulator);
  });
});
