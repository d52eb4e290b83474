import { describe, expect, it } from 'vitest';
import type { ScenarioName } from '../../simulator/scenarios.ts';
import { type Bench, bench, dig, hour, minute, project, rows } from './bench.ts';

const list = '/acme/model-evals';

/** A simulator in which a training on version 7 ended just now. */
async function ended(scenario: ScenarioName, modelType = 'rfdetr-nano'): Promise<Bench> {
  const b = await bench({ scenario });
  await b.start(modelType);
  b.pass(modelType === 'rfdetr-nano' ? 72 * minute : 4 * hour + 2 * minute);
  return b;
}

// What the other scenarios do shows in how a rule on a class is judged: flow/classes.test.ts.
describe('the list of evaluations', () => {
  it('has names of its own for faults: one for the list, one for evaluation and panels', async () => {
    const b = await bench({ faults: [{ route: 'eval', do: { kind: 'status', status: 503 } }] });
    expect((await b.get(list)).status).toBe(200);
    expect((await b.get(`${list}/none`)).status).toBe(503);
    expect((await b.get(`${list}/none/confidence-sweep`)).status).toBe(503);
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
