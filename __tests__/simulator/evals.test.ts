import { describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { type Bench, bench, dig, hour, minute, project, rows } from './bench.ts';

/** The path of the evaluation of a training on version 7, some minutes after the training. */
async function evaluation(b: Bench): Promise<string> {
  await b.start();
  b.pass(2 * hour);
  const { body } = await b.get('/acme/model-evals?project=hard-hats');
  return `/acme/model-evals/${dig(body, 'evals', 0, 'evalId')}`;
}

describe('model evaluations', () => {
  it('are made of every finished training, and take some minutes', async () => {
    const b = await bench();
    await b.start();
    b.pass(73 * minute);
    const { body } = await b.get('/acme/model-evals?project=hard-hats');
    expect(dig(body, 'evals', 0)).toMatchObject({ status: 'running', versionId: '7', modelId: null });
    const path = `/acme/model-evals/${dig(body, 'evals', 0, 'evalId')}`;
    for (const panel of ['map-results', 'performance-by-class', 'confidence-sweep', 'confusion-matrix']) {
      const early = await b.get(`${path}/${panel}`);
      expect(early).toMatchObject({ status: 409, body: { error: 'model_eval_not_done' } });
    }
    b.pass(5 * minute);
    expect((await b.get(path)).body).toMatchObject({ status: 'done', summary: { mAP: 0.824, mIoU: null } });
    expect((await b.get('/acme/model-evals?project=hard-hats&version=7')).status).toBe(400);
  });

  it('sweep the confidence: the best threshold is the one with the best F1', async () => {
    const b = await bench();
    const { body } = await b.get(`${await evaluation(b)}/confidence-sweep`);
    const valid = dig(body, 'splits', 'valid');
    const best = Number(dig(valid, 'optimalThreshold'));
    const at = (threshold: number) => dig(valid, 'perThreshold', threshold.toFixed(2));
    expect(dig(valid, 'optimalMetrics')).toEqual(at(best));
    for (const threshold of [0.05, 0.25, 0.6, 0.95])
      expect(Number(dig(at(threshold), 'f1'))).toBeLessThanOrEqual(Number(dig(at(best), 'f1')));
    expect(dig(body, 'splits', 'test', 'perClass', 'vest')).toHaveProperty('optimalThreshold');
  });

  it('count what was taken for what, at a confidence in whole percent', async () => {
    const b = await bench();
    const own = await evaluation(b);
    const path = `${own}/confusion-matrix`;
    const byClass = `${own}/performance-by-class?split=valid`;
    const { body } = await b.get(`${path}?split=valid&confidence=40`);
    expect(body).toMatchObject({ split: 'valid', confidenceThreshold: 0.4 });
    expect(rows(body, 'classes')).toEqual(['helmet', 'no-helmet', 'vest', 'background']);
    const matrix = rows(body, 'matrix').map((_, at) => rows(body, 'matrix', at).map(Number));
    const sumOf = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
    // The version has them in another order.
    const ofVersion = rows(
      (await b.get(`${project}/7`)).body,
      ...['version', 'train', 'results', 'class_map', 'valid'],
    ).map((row) => [dig(row, 'class'), Number(dig(row, 'targets'))] as const);
    const targets = new Map(ofVersion);
    expect(matrix.slice(0, -1).map(sumOf)).toEqual(
      ['helmet', 'no-helmet', 'vest'].map((name) => targets.get(name)),
    );
    for (const [at, figures] of rows((await b.get(byClass)).body, 'classes').entries()) {
      const right = Number(matrix[at]?.[at]);
      expect(right / sumOf(matrix[at] ?? [])).toBeCloseTo(Number(dig(figures, 'recall')), 2);
      const predicted = sumOf(matrix.map((row) => row[at] ?? 0));
      expect(right / predicted).toBeCloseTo(Number(dig(figures, 'precision')), 2);
    }
    // Some helmets are taken for vests.
    expect(matrix[0]?.[2]).toBeGreaterThan(0);
    expect(matrix.at(-1)?.at(-1)).toBe(0);
    expect(rows((await b.get(`${path}?split=all`)).body, 'matrix')).toHaveLength(4);
    expect(await b.get(`${path}?confidence=0.4`)).toMatchObject({ body: { error: 'invalid_confidence' } });
  });

  it('show what was found on each image, in pages, which sum up to the confusion matrix', async () => {
    const b = await bench();
    const own = await evaluation(b);
    const matrix = rows((await b.get(`${own}/confusion-matrix?split=valid&confidence=40`)).body, 'matrix');
    const page = (query: string) => b.get(`${own}/image-predictions?split=valid&${query}`);
    const first = (await page('confidence=40&limit=300')).body;
    const rest = (await page('confidence=40&limit=300&offset=300')).body;
    const images = [...rows(first, 'images'), ...rows(rest, 'images')];
    expect(images).toHaveLength(Number(dig(first, 'totalImages')));
    expect(new Set(images.map((image) => dig(image, 'imageId'))).size).toBe(images.length);
    const sums = matrix.map((_, at) => rows(matrix, at).map(() => 0));
    for (const triple of images.flatMap((image) => rows(image, 'confusion'))) {
      const [actual = 0, predicted = 0, count = 0] = rows(triple).map(Number);
      const row = sums[actual] ?? [];
      row[predicted] = (row[predicted] ?? 0) + count;
    }
    expect(sums).toEqual(matrix);
    expect(await page('confidence=41')).toMatchObject({ status: 404, body: { error: 'report_not_found' } });
  });

  it('are compared by accuracy and latency, uploaded models among those that were trained', async () => {
    const uploaded = { 'acme/imported-large': { precision: 0.9, recall: 0.9, map50: 0.9, map5095: 0.7 } };
    const b = await bench({ scenario: { ...scenarios.compare, uploaded } });
    await evaluation(b);
    const { body } = await b.get('/acme/model-evals/compare?project=hard-hats&version=7');
    const models = rows(body, 'models').map((row) => [
      dig(row, 'modelId'),
      Number(dig(row, 'medianLatencyMs')),
    ]);
    expect(models.map(([id]) => id)).toEqual([expect.stringContaining('rfdetr-nano'), 'acme/imported-large']);
    // A larger one takes longer.
    expect(Number(models[1]?.[1])).toBeGreaterThan(Number(models[0]?.[1]));
  });
});
