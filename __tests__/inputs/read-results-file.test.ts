import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { intervalOf } from '../../src/gate/noise/sample.ts';
import type { ModelDetails } from '../../src/gate/split-figures.ts';
import { resultsFile } from '../../src/github/results-file.ts';
import { readResultsFile } from '../../src/inputs/read-results-file.ts';
import { classFigures, model, splitFigures } from '../build.ts';
import { facts, judged } from '../report/cases.ts';
import { comparedRuns } from '../report/compared-runs.ts';
import { judgedRuns } from '../report/runs.ts';
import { several } from '../report/several.ts';
import { nanoByClass, smallByClass, yolo } from '../report/several-parts.ts';
import { mistakes } from './given.ts';

const details: ModelDetails = {
  figures: [
    {
      ...splitFigures('valid', { map50: 80, recall: 72 }, [
        {
          ...classFigures('helmet', 60, { recall: 84 }),
          samples: new Map([['recall', { n: 60 }]]),
        },
        { ...classFigures('vest', 40, { recall: 60 }), samples: new Map([['recall', { n: 40 }]]) },
        classFigures('boots', 0, {}),
      ]),
      samples: new Map([
        [
          'recall',
          {
            n: 100,
            classes: [
              { percent: 84, n: 60 },
              { percent: 60, n: 40 },
            ],
          },
        ],
      ]),
    },
    {
      ...splitFigures('test', { f1: 78.5 }, [
        { ...classFigures('helmet', 9, { f1: 71 }), objects: undefined },
      ]),
      source: 'evaluation',
      confidence: 0.4,
      samples: new Map([['f1', { n: 200 }]]),
    },
  ],
  lacking: [],
};

const best = model({
  id: 'acme/best',
  type: 'rfdetr-nano',
  metrics: { 'map50-95': 62.123456789, map50: 80, perplexity: 123 },
  latency: { T4: 12.125, serverless: 61 },
  unreadable: [{ name: 'f1', raw: '"NaN"' }],
  details,
});
const whole = resultsFile(judged({ models: [best], recommended: { T4: 'acme/best' } }), facts);

describe('a results file', () => {
  test('says again what it was written of', () => {
    const { place, trainings, recommended } = readResultsFile(whole);
    expect(place).toMatchObject({ workspace: 'acme', project: 'hard-hats', version: 7 });
    expect(recommended).toEqual(new Map([['T4', 'acme/best']]));
    const [only, ...others] = trainings;
    expect(others).toEqual([]);
    expect(only).toMatchObject({ ids: ['job_1', 'training_1'], modelType: 'rfdetr-nano' });
    const { details: read, ...headline } = only?.headline ?? {};
    expect({ ...best, details: undefined }).toEqual({ ...headline, details: undefined });
    expect(read).toMatchObject(details);
    for (const [at, figures] of details.figures.entries())
      for (const [metric, sample] of figures.samples ?? []) {
        if (metric !== 'recall' && metric !== 'f1') continue;
        const percent = figures.all.get(metric) ?? 0;
        const again = read?.figures[at]?.samples?.get(metric);
        expect(again && intervalOf({ metric, percent, sample: again })).toEqual(
          intervalOf({ metric, percent, sample }),
        );
      }
  });

  test('of several trainings has the models of each, that of the headline model first', () => {
    const [conclusion] = several([yolo, smallByClass, nanoByClass]);
    const { trainings } = readResultsFile(resultsFile(conclusion, facts));
    expect(trainings.map(({ modelType }) => modelType)).toEqual(['rfdetr-small', 'yolo26n', 'rfdetr-nano']);
    for (const { headline, models } of trainings) expect(models).toEqual([headline]);
    const classesOf = (part: (typeof trainings)[number] | undefined) =>
      part?.headline.details?.figures[0]?.classes;
    expect(classesOf(trainings[0])).toMatchObject(
      smallByClass.models?.[0]?.details?.figures[0]?.classes ?? [],
    );
    expect(classesOf(trainings[2])).toMatchObject(
      nanoByClass.models?.[0]?.details?.figures[0]?.classes ?? [],
    );
  });

  const fields = JSON.parse(whole);
  test.each<[name: string, older: object, trainings: number]>([
    [
      'without counts',
      { classes: fields.classes.map((each: object) => ({ ...each, counts: undefined })) },
      1,
    ],
    ['without classes and splits', { classes: undefined, splits: undefined }, 1],
    ['without picks', { picks: undefined }, 1],
    [
      'with a field that is not known yet',
      { more: { of: 'it' }, models: [{ ...fields.models[0], more: 1 }] },
      1,
    ],
    [
      'that names no models of several trainings',
      { trainings: [{ ...fields.run, headline: 'acme/best' }] },
      1,
    ],
    ['without a headline model', { headline: null }, 0],
    ['without models', { models: [] }, 0],
    ['without a training', { run: null }, 0],
  ])('%s is read', (_, older, trainings) => {
    expect(readResultsFile(JSON.stringify({ ...fields, ...older })).trainings).toHaveLength(trainings);
  });

  const notOne = 'it is no results file: ';
  const withModel = (changes: object) =>
    JSON.stringify({ ...fields, models: [{ ...fields.models[0], ...changes }] });
  test.each<[name: string, text: string, why: string]>([
    ['empty', '', `${notOne}it is no JSON object, or not all of one`],
    ['cut', whole.slice(0, -20), `${notOne}it is no JSON object, or not all of one`],
    ['a page', '<html></html>', `${notOne}it is no JSON object, or not all of one`],
    ['another file', '{"name": "train-gate"}', `${notOne}it has no schemaVersion that is known`],
    ['a list', '[]', `${notOne}it has no schemaVersion that is known`],
    ['null', 'null', `${notOne}it is no JSON object, or not all of one`],
    [
      'of schema "1"',
      whole.replace('"schemaVersion": 1', '"schemaVersion": "1"'),
      `${notOne}it has no schemaVersion that is known`,
    ],
    [
      'of schema 0',
      whole.replace('"schemaVersion": 1', '"schemaVersion": 0'),
      `${notOne}it has no schemaVersion that is known`,
    ],
    [
      'of a newer schema',
      whole.replace('"schemaVersion": 1', '"schemaVersion": 2'),
      'it has schemaVersion 2, and this version of the action reads 1: use the version that wrote it, or a newer one',
    ],
    [
      'no more than its schema',
      '{"schemaVersion": 1}',
      `${notOne}run is not as docs/results.schema.json says`,
    ],
    [
      'with a figure as text',
      withModel({ metrics: { map50: '80' } }),
      `${notOne}models.0.metrics.map50 is not as docs/results.schema.json says`,
    ],
    [
      'with a figure below 0',
      withModel({ metrics: { map50: -5 } }),
      `${notOne}models.0.metrics.map50 is not as docs/results.schema.json says`,
    ],
    [
      'with a figure over 100 %',
      withModel({ metrics: { map50: 101 } }),
      `${notOne}models.0.metrics is not as docs/results.schema.json says`,
    ],
    [
      'with a latency of 0',
      withModel({ latencyMs: { T4: 0 } }),
      `${notOne}models.0.latencyMs.T4 is not as docs/results.schema.json says`,
    ],
    ...['1e999', '1e308', '1000001'].map((figure): [string, string, string] => [
      `with a perplexity of ${figure}`,
      whole.replace('"perplexity": 123', `"perplexity": ${figure}`),
      `${notOne}models.0.metrics is not as docs/results.schema.json says`,
    ]),
    ...['1e999', '1e308', '0.00001', '-1'].map((ms): [string, string, string] => [
      `with a latency of ${ms}`,
      whole.replace('"T4": 12.125', `"T4": ${ms}`),
      `${notOne}models.0.latencyMs.T4 is not as docs/results.schema.json says`,
    ]),
    [
      'with a model that may have failed',
      withModel({ finished: 'yes' }),
      `${notOne}models.0.finished is not as docs/results.schema.json says`,
    ],
    [
      'of no project',
      JSON.stringify({ ...fields, run: { ...fields.run, project: '' } }),
      `${notOne}run.project is not as docs/results.schema.json says`,
    ],
  ])('that is %s is refused', (_, text, why) => {
    expect(() => readResultsFile(text)).toThrow(new Error(why));
    expect(mistakes({ baseline: 'r.json' }, { 'r.json': text })).toEqual([
      `baseline: "r.json" cannot be compared with: ${why}`,
    ]);
  });

  test('of any run can be read', () => {
    fc.assert(
      fc.property(judgedRuns, comparedRuns, (run, compared) => {
        const [first] = readResultsFile(resultsFile(run, facts)).trainings;
        expect(first?.headline.metrics).toEqual(run.verdict.headline?.metrics);
        expect(() => readResultsFile(resultsFile(compared, facts))).not.toThrow();
      }),
    );
  });
});
