import { describe, expect, it } from 'vitest';
import type { EvaluationPlan } from '../../simulator/scenario.ts';
import { type ScenarioName, scenarios } from '../../simulator/scenarios.ts';
import { type Bench, bench, dig, hour, minute, project, rows, second } from './bench.ts';

const list = '/acme/model-evals';

/** A simulator in which a training on version 7 ended just now. */
async function ended(scenario: ScenarioName, modelType = 'rfdetr-nano'): Promise<Bench> {
  const b = await bench({ scenario });
  await b.start(modelType);
  b.pass(modelType === 'rfdetr-nano' ? 72 * minute : 4 * hour + 2 * minute);
  return b;
}

/** The newest evaluation of version 7. */
async function newest(b: Bench): Promise<unknown> {
  return dig((await b.get(`${list}?version=7`)).body, 'evals', 0);
}

async function pathOf(b: Bench): Promise<string> {
  return `${list}/${dig(await newest(b), 'evalId')}`;
}

const statusAfter = async (b: Bench, ms: number) => {
  b.pass(ms);
  return dig(await newest(b), 'status');
};

describe('the evaluation after a training', () => {
  it('can be done at once, or after so many minutes', async () => {
    const endedWith = async (evaluation: EvaluationPlan) => {
      const base = scenarios['fine-tune'];
      const b = await bench({ scenario: { ...base, plan: { ...base.plan, evaluation } } });
      await b.start();
      b.pass(72 * minute);
      return b;
    };
    expect(await statusAfter(await endedWith({ takesMs: 0 }), 0)).toBe('done');
    const slow = await endedWith({ takesMs: 20 * minute });
    expect(await statusAfter(slow, 20 * minute - 1)).toBe('running');
    expect(await statusAfter(slow, 1)).toBe('done');
  });

  it('evaluations-absent: the list is empty', async () => {
    const b = await ended('evaluations-absent');
    b.pass(24 * hour);
    expect(await b.get(`${list}?project=hard-hats`)).toEqual({ status: 200, body: { evals: [] } });
  });

  it('evaluation-failed: fails, and has no summary and no panels', async () => {
    const b = await ended('evaluation-failed');
    expect(await statusAfter(b, 4 * minute)).toBe('failed');
    expect((await b.get(await pathOf(b))).body).not.toHaveProperty('summary');
    expect((await b.get(`${await pathOf(b)}/map-results`)).status).toBe(409);
    const failed = await b.get(`${list}?status=failed`);
    expect(rows(failed.body, 'evals')).toHaveLength(1);
  });

  it('evaluation-running: runs for ever', async () => {
    expect(await statusAfter(await ended('evaluation-running'), 1000 * hour)).toBe('running');
  });

  it('evaluation-late: is listed and done some time later', async () => {
    const b = await ended('evaluation-late');
    expect(await statusAfter(b, 4 * minute - 1)).toBeUndefined();
    expect(await statusAfter(b, 1)).toBe('running');
    expect(await statusAfter(b, 12 * minute - 1)).toBe('running');
    expect(await statusAfter(b, 1)).toBe('done');
  });

  it('evaluation-partial: one panel is late, one lacks a split, one is not there', async () => {
    const b = await ended('evaluation-partial');
    b.pass(5 * minute - second);
    const path = await pathOf(b);
    const byClass = `${path}/performance-by-class?split=valid`;
    expect((await b.get(path)).body).toMatchObject({ status: 'done' });
    expect(await b.get(byClass)).toMatchObject({ status: 409, body: { error: 'model_eval_not_done' } });
    b.pass(second);
    expect((await b.get(byClass)).status).toBe(200);
    const { body } = await b.get(`${path}/map-results`);
    expect(Object.keys(dig(body, 'splits') ?? {})).toEqual(['train', 'valid']);
    expect((await b.get(`${path}/confidence-sweep`)).status).toBe(200);
    const absent = await b.get(`${path}/confusion-matrix`);
    expect(absent).toMatchObject({ status: 404, body: { error: 'model_eval_not_found' } });
  });

  it('answers 404 to a request for a split that a panel lacks', async () => {
    const base = scenarios['fine-tune'];
    const gap = { panel: 'performance-by-class', kind: 'without-split', split: 'test' } as const;
    const b = await bench({
      scenario: { ...base, plan: { ...base.plan, evaluation: { takesMs: 0, gaps: [gap] } } },
    });
    await b.start();
    b.pass(2 * hour);
    expect((await b.get(`${await pathOf(b)}/performance-by-class`)).status).toBe(404);
    expect((await b.get(`${await pathOf(b)}/performance-by-class?split=valid`)).status).toBe(200);
  });
});

describe('the list of evaluations', () => {
  it.each([
    ['evaluation-refused', 403, { error: { message: expect.stringContaining('model-eval:read') } }],
    ['evaluation-unsupported', 404, { message: expect.any(String) }],
  ] as const)('%s: %i to every request', async (scenario, status, body) => {
    const b = await ended(scenario);
    for (const path of [list, `${list}/none`, `${list}/none/map-results`])
      expect(await b.get(path)).toMatchObject({ status, body });
    expect((await b.get(project)).status).toBe(200);
  });

  it('has names of its own for faults: one for the list, one for evaluation and panels', async () => {
    const b = await bench({ faults: [{ route: 'eval', do: { kind: 'status', status: 503 } }] });
    expect((await b.get(list)).status).toBe(200);
    expect((await b.get(`${list}/none`)).status).toBe(503);
    expect((await b.get(`${list}/none/confidence-sweep`)).status).toBe(503);
  });

  it('evaluation-older-ids: the id is called id', async () => {
    const entry = await newest(await ended('evaluation-older-ids'));
    expect(entry).toMatchObject({ id: expect.stringMatching(/^eval/) });
    expect(entry).not.toHaveProperty('evalId');
  });

  it('evaluation-of-another: the older training of the version has one that looks the same', async () => {
    const b = await ended('evaluation-of-another');
    b.pass(-minute);
    expect(await newest(b)).toMatchObject({ status: 'done', versionId: '7', modelId: null });
    b.pass(minute);
    expect(await newest(b)).toMatchObject({ status: 'running', versionId: '7', modelId: null });
  });

  it('many-evaluations: 200 are listed, newest first; the filters find the rest', async () => {
    const b = await bench({ scenario: 'many-evaluations' });
    const evals = async (query: string) => rows((await b.get(`${list}?${query}`)).body, 'evals');
    expect(await evals('project=hard-hats')).toHaveLength(50);
    const all = await evals('project=hard-hats&limit=500');
    expect(all).toHaveLength(200);
    expect(all.filter((entry) => dig(entry, 'versionId') === '7')).toEqual([]);
    const [own, ...others] = await evals('version=7&limit=200');
    expect([dig(own, 'modelId'), others]).toEqual([expect.stringMatching(/^acme\/hard-hats-7-/), []]);
    const modelId = String(dig(own, 'modelId'));
    expect(await evals(`model=${modelId}`)).toEqual([own]);
    expect(await evals(`model=${modelId.replace('acme/', '')}`)).toEqual([own]);
    expect(await evals('model=acme/none')).toEqual([]);
  });

  it('search-evaluations: the most accurate models have one of their own, the others have none', async () => {
    const b = await ended('search-evaluations', 'rfdetr-nas-parent');
    b.pass(4 * minute);
    const evals = rows((await b.get(`${list}?version=7`)).body, 'evals');
    expect(evals).toHaveLength(12);
    const models = rows((await b.get(`${project}/7/training/results`)).body, 'models');
    const accuracyOf = (model: unknown) => Number(dig(model, 'metrics', 'map5095') ?? 0);
    const best = models.toSorted((one, other) => accuracyOf(other) - accuracyOf(one))[0];
    const [own] = rows((await b.get(`${list}?model=${dig(best, 'modelId')}`)).body, 'evals');
    expect(evals.map((entry) => dig(entry, 'modelId'))).toContain(dig(best, 'modelId'));
    const { body } = await b.get(`${list}/${dig(own, 'evalId')}/map-results`);
    const points = Number(dig(body, 'splits', 'valid', 'map50_95')) * 100;
    expect(points).toBeCloseTo(accuracyOf(best), 1);
  });
});

describe('classes', () => {
  it('one is weak, and one has no object in the test split, in both places', async () => {
    const b = await ended('classes');
    b.pass(4 * minute);
    const results = dig((await b.get(`${project}/7`)).body, 'version', 'train', 'results', 'class_map');
    const recalls = rows(results, 'valid').map((row) => [dig(row, 'class'), Number(dig(row, 'recall'))]);
    expect(Object.fromEntries(recalls)).toEqual({
      ...{ all: 0.824, helmet: 0.914, head: 0.884, vest: 0.824, person: 0.904, gloves: 0.594 },
    });
    expect(rows(results, 'test').find((row) => dig(row, 'class') === 'vest')).toMatchObject({ targets: '0' });
    expect(rows(results, 'valid').find((row) => dig(row, 'class') === 'vest')).toMatchObject({
      targets: '96',
    });
    const { body } = await b.get(`${await pathOf(b)}/performance-by-class`);
    const vest = rows(body, 'classes').find((entry) => dig(entry, 'className') === 'vest');
    expect(vest).toMatchObject({ recall: null, map50: null });
    const matrix = (await b.get(`${await pathOf(b)}/confusion-matrix?split=test&confidence=40`)).body;
    expect(rows(matrix, 'matrix', rows(matrix, 'classes').indexOf('vest'))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
