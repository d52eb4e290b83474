import { describe, expect, test } from 'vitest';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { routeOf } from '../flow/requests.ts';
import { brief } from '../flow/scenes.ts';
import { type Annotation, expectNoKey, runAgainst } from './run.ts';
import { startTimed } from './timed.ts';

const STARTED = [
  'GET /',
  'GET /acme/hard-hats/jobs',
  'GET /acme/hard-hats/7',
  'GET /acme/hard-hats/jobs',
  'POST /acme/hard-hats/jobs',
];
const WATCHED = [...STARTED, 'GET /acme/hard-hats/jobs/ID'];
const RESULTS = [...WATCHED, 'GET /acme/hard-hats/7/training/results', 'GET /acme/hard-hats/jobs'];
const MODELS = [...RESULTS, 'GET /acme/hard-hats/models'];
const VERSION = [...MODELS, 'GET /acme/hard-hats/7'];

const PAGE = 'https://app.roboflow.com/acme/hard-hats/7';
const SEARCH_PAGE = 'https://app.roboflow.com/acme/hard-hats/nas-runs/7';
const NO_LATENCY = { f1: '', latency: '{}', picks: '{}' };
const GOOD = { map50: '84.2', 'map50-95': '61.7', precision: '88.4', recall: '79.6', ...NO_LATENCY };
const PASSED = '## ✅ Passed: the rule holds';

interface Row {
  readonly scenario: ScenarioName;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly exitCode: 0 | 1;
  /** All of them, but for the two paths. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly started: 0 | 1;
  readonly annotations: readonly Annotation[];
  readonly headline: string;
  readonly route: readonly string[];
}

/** The outputs of a fine-tune whose job, training and model have these ids. */
function fineTune(job: string, training: string, metrics: Readonly<Record<string, string>>) {
  const id = `acme/hard-hats-7-rfdetr-nano-${training.slice(0, 4)}`;
  return {
    outcome: 'passed',
    'job-id': job,
    'job-status': 'complete',
    url: PAGE,
    version: '7',
    'training-id': training,
    'model-id': id,
    'model-type': 'rfdetr-nano',
    'deploy-matrix': `{"include":[{"hardware":"any","model-id":"${id}","model-type":"rfdetr-nano","map50-95":${metrics['map50-95']},"latency":null}]}`,
    ...metrics,
  };
}

/** The outputs of a run that ended without anything to judge. */
function unjudged(job: string, status: string) {
  return { outcome: 'undecided', 'job-id': job, 'job-status': status, url: PAGE, version: '7' };
}

const rows: readonly Row[] = [
  {
    scenario: 'fine-tune',
    exitCode: 0,
    outputs: fineTune('job_4c2aab22506c', '666934f109234004a782', GOOD),
    started: 1,
    annotations: [],
    headline: PASSED,
    route: MODELS,
  },
  {
    scenario: 'fine-tune-short',
    exitCode: 1,
    outputs: {
      ...fineTune('job_cc2b606ed4d9', 'ad42efcae34ebaca8005', {
        map50: '73.1',
        'map50-95': '49.8',
        precision: '79.3',
        recall: '68.5',
        ...NO_LATENCY,
      }),
      outcome: 'failed',
    },
    started: 1,
    annotations: [{ level: 'error', text: 'map50 73.1, wanted >= 80 (short by 6.9)' }],
    headline: '## ❌ Failed: map50 73.1, wanted >= 80 (short by 6.9)',
    route: MODELS,
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
      'job-id': 'job_23470f434a82',
      'job-status': 'complete',
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
      latency: '{"T4":11.82,"Jetson Orin NX":24.83,"AI1":38.75}',
      picks:
        '{"T4":{"modelId":"acme/hard-hats-7-nas-gpu-4e89a8","modelType":"rfdetr-nas","map50":86.31,"map50-95":70.83,"latency":4.62,"source":"budget"},"Jetson Orin NX":{"modelId":"acme/hard-hats-7-nas-gpu-e9594b","modelType":"rfdetr-nas","map50":88.71,"map50-95":76.44,"latency":24.83,"source":"most-accurate"}}',
      'deploy-matrix':
        '{"include":[{"hardware":"T4","model-id":"acme/hard-hats-7-nas-gpu-4e89a8","model-type":"rfdetr-nas","map50-95":70.83,"latency":4.62},{"hardware":"Jetson Orin NX","model-id":"acme/hard-hats-7-nas-gpu-e9594b","model-type":"rfdetr-nas","map50-95":76.44,"latency":24.83}]}',
    },
    started: 1,
    annotations: [
      {
        level: 'error',
        text: 'latency@Jetson Orin NX 24.83 ms, wanted <= 20 ms (over by 4.83 ms)',
      },
    ],
    headline:
      '## ❌ Failed: 1 of 3 rules: latency@&#8203;Jetson Orin NX 24.8 ms, wanted <= 20 ms (over by 4.83 ms)',
    route: RESULTS,
  },
  {
    scenario: 'nas-older',
    inputs: { 'model-type': 'rfdetr-nas-parent' },
    exitCode: 0,
    outputs: {
      outcome: 'passed',
      'job-id': 'job_e709d4f313ce',
      'job-status': 'complete',
      url: SEARCH_PAGE,
      version: '7',
      'training-id': 'acme/hard-hats/7',
      'model-id': 'acme/hard-hats-7-nas-gpu-e9a229',
      'model-type': 'rfdetr-nas',
      map50: '89.95',
      'map50-95': '76.45',
      precision: '92.3',
      recall: '85.26',
      f1: '88.64',
      latency: '{"gpu":10.72}',
      picks:
        '{"gpu":{"modelId":"acme/hard-hats-7-nas-gpu-b87ff8","modelType":"rfdetr-nas","map50":86.01,"map50-95":70.79,"latency":4.76,"source":"recommended"},"jetson-orin-nano":{"modelId":"acme/hard-hats-7-nas-gpu-b45587","modelType":"rfdetr-nas","map50":85.9,"map50-95":70.82,"latency":28.13,"source":"recommended"}}',
      'deploy-matrix':
        '{"include":[{"hardware":"gpu","model-id":"acme/hard-hats-7-nas-gpu-b87ff8","model-type":"rfdetr-nas","map50-95":70.79,"latency":4.76},{"hardware":"jetson-orin-nano","model-id":"acme/hard-hats-7-nas-gpu-b45587","model-type":"rfdetr-nas","map50-95":70.82,"latency":28.13}]}',
    },
    started: 1,
    annotations: [],
    headline: PASSED,
    route: RESULTS,
  },
  {
    scenario: 'failed',
    exitCode: 1,
    outputs: unjudged('job_ac63432ee329', 'failed'),
    started: 1,
    annotations: [
      {
        level: 'error',
        text: 'Not judged: training job_ac63432ee329 failed: CUDA out of memory: tried to allocate 1.4 GiB on a device with 14.6 GiB.',
      },
    ],
    headline:
      '## ⚠️ Not judged: training job_ac63432ee329 failed: CUDA out of memory: tried to allocate 1.4 GiB on a device with 14.6 GiB.',
    route: WATCHED,
  },
  {
    scenario: 'cancelled',
    exitCode: 1,
    outputs: unjudged('job_22e02e7c066e', 'cancelled'),
    started: 1,
    annotations: [{ level: 'error', text: 'Not judged: training job_22e02e7c066e was cancelled on Roboflow' }],
    headline: '## ⚠️ Not judged: training job_22e02e7c066e was cancelled on Roboflow',
    route: WATCHED,
  },
  {
    scenario: 'version-only',
    exitCode: 0,
    outputs: {
      ...fineTune('job_d83893728c87', 'acme/hard-hats/7', { ...GOOD, 'map50-95': '' }),
      'model-id': 'hard-hats/7',
      'deploy-matrix':
        '{"include":[{"hardware":"any","model-id":"hard-hats/7","model-type":"rfdetr-nano","map50-95":null,"latency":null}]}',
    },
    started: 1,
    annotations: [],
    headline: PASSED,
    route: VERSION,
  },
  {
    scenario: 'unknown-status',
    exitCode: 0,
    outputs: fineTune('job_216c9ac8c87d', 'e1d76bd648af03be4317', GOOD),
    started: 1,
    annotations: [
      {
        level: 'warning',
        text: '"warming_up" is no known status of a training; waiting on until it ends or the timeout.',
      },
    ],
    headline: PASSED,
    route: MODELS,
  },
  {
    scenario: 'stopped-early',
    exitCode: 0,
    outputs: {
      ...fineTune('job_c246746345db', '9d4a66f5d03d41cee11c', {
        map50: '81',
        'map50-95': '57.9',
        precision: '85.2',
        recall: '77.1',
        ...NO_LATENCY,
      }),
      'job-status': 'stopped',
    },
    started: 1,
    annotations: [],
    headline: PASSED,
    route: MODELS,
  },
];

describe('a run on dist', () => {
  test.concurrent.for(rows)('of the scenario $scenario ends as it should', async (row) => {
    const { scenario, inputs = {}, exitCode, outputs, started, annotations, headline, route } = row;
    await using simulator = await startTimed({ scenario: brief(scenario) });
    const result = await runAgainst(simulator, { inputs });
    const { 'results-file': results, 'report-file': report, ...rest } = result.outputs;
    expect(rest).toEqual(outputs);
    expect(result.exitCode).toBe(exitCode);
    expect(result.annotations).toEqual(annotations);
    expect(result.summary.split('\n')[0]).toBe(headline);
    expect(simulator.started()).toHaveLength(started);
    expect(routeOf(simulator)).toEqual(route);
    expect(results).toMatch(/results\.json$/);
    expect(report).toMatch(/report\.md$/);
    expect(result.stderr).toBe('');
    expectNoKey(result, simulator);
  });
});
