import { expect, test } from 'vitest';
import { findEvaluations } from '../../../src/roboflow/results/find-evaluation.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

const internal = 'aB3dE5gH7jK9mN1pQ2rS';
const ours = 'acme/hard-hats-7-rfdetr-nano-t1';
const row = { evalId: 'e1', status: 'done', project: 'hard-hats', versionId: '7', modelId: null };
/** As long as a list can be, so that another is asked for. */
const full = Array.from({ length: 199 }, () => ({ ...row, versionId: '3' }));

const several = { isOnlyOfVersion: false };
const unnamed = ['a model that it does not name'];
const elsewhere = { ...row, project: internal, versionId: '7', evalId: 'e2' };

test.each<[name: string, rows: object[]]>([
  ['by its public address', [{ ...row, modelUrl: ours, modelId: internal }]],
  ['by its public address without the workspace', [{ ...row, modelUrl: ours.slice('acme/'.length) }]],
  ['by its id', [{ ...row, modelId: ours }]],
  ['of a project that is told by an id of Roboflow', [{ ...row, project: internal, modelUrl: ours }]],
  ['of the only model of its version, if an id of Roboflow names that', [{ ...row, modelId: internal }]],
  ['that names only the version', [row]],
])('an evaluation is found %s', async (_, rows) => {
  expect(await foundIn(rows)).toEqual({ id: 'e1', evaluated: [] });
});

test.each<[name: string, evaluated: readonly string[], rows: object[], asked?: object]>([
  ['of one of several, if an id of Roboflow names that', unnamed, [{ ...row, modelId: internal }], several],
  [
    'of another model, which is named',
    ['acme/other'],
    [{ ...row, modelUrl: 'acme/other', modelId: internal }],
  ],
  ['of another version', [], [{ ...row, versionId: '6', modelUrl: 'acme/other' }]],
  ['of another project', [], [{ ...row, project: 'hard-hats-2', modelUrl: ours }]],
  ['of a project that nobody names, in a list of a version', unnamed, [...full, elsewhere], several],
])('no evaluation is found %s', async (_, evaluated, rows, asked) => {
  expect(await foundIn(rows, asked)).toEqual({ id: undefined, evaluated });
});

async function foundIn(rows: readonly object[], asked: object = {}) {
  const onlyModel = { isOnlyOfVersion: true, trainedSinceMs: undefined, ...asked };
  await using roboflow = await simulateRoboflow({
    faults: [{ route: 'evals', do: { kind: 'json', body: { evals: rows } } }],
  });
  const found = await findEvaluations({ here: roboflow.here, patience: {} }, 7, [{ id: ours }], {
    onlyModel,
  });
  return { id: found.rows[0]?.id, evaluated: found.evaluated };
}
