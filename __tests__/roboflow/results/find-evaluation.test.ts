import { expect, test } from 'vitest';
import { findEvaluation } from '../../../src/roboflow/results/find-evaluation.ts';
import { simulateRoboflow } from '../simulated-roboflow.ts';

const internal = 'aB3dE5gH7jK9mN1pQ2rS';
const ours = 'acme/hard-hats-7-rfdetr-nano-t1';
const model = { modelId: ours, version: 7, isOnlyModel: true, trainedSinceMs: undefined };
const row = { evalId: 'e1', status: 'done', project: 'hard-hats', versionId: '7', modelId: null };
/** As long as a list can be, so that another is asked for. */
const full = Array.from({ length: 199 }, () => ({ ...row, versionId: '3' }));

test.each<{ name: string; rows: object[]; asked?: object; found?: string | undefined; evaluated?: string[] }>(
  [
    { name: 'by its public address', rows: [{ ...row, modelUrl: ours, modelId: internal }] },
    {
      name: 'by its public address without the workspace',
      rows: [{ ...row, modelUrl: ours.slice('acme/'.length) }],
    },
    { name: 'by its id', rows: [{ ...row, modelId: ours }] },
    {
      name: 'of a project that is told by an id of Roboflow',
      rows: [{ ...row, project: internal, modelUrl: ours }],
    },
    {
      name: 'of the only model of its version, if an id of Roboflow names that',
      rows: [{ ...row, modelId: internal }],
    },
    { name: 'that names only the version', rows: [row] },
    {
      name: 'not of one of several, if an id of Roboflow names that',
      rows: [{ ...row, modelId: internal }],
      asked: { isOnlyModel: false },
      found: undefined,
      evaluated: ['a model that it does not name'],
    },
    {
      name: 'not of another model of the version, which is named',
      rows: [{ ...row, modelUrl: 'acme/other', modelId: internal }],
      found: undefined,
      evaluated: ['acme/other'],
    },
    {
      name: 'not of another version',
      rows: [{ ...row, versionId: '6', modelUrl: 'acme/other' }],
      found: undefined,
    },
    {
      name: 'not of another project',
      rows: [{ ...row, project: 'hard-hats-2', modelUrl: ours }],
      found: undefined,
    },
    {
      name: 'not of a project that nobody names, in the list of a version',
      rows: [...full, { ...row, project: internal, versionId: '7', evalId: 'e2' }],
      asked: { isOnlyModel: false },
      found: undefined,
      evaluated: ['a model that it does not name'],
    },
  ],
)('an evaluation is found $name', async ({ rows, asked, evaluated = [], ...expected }) => {
  await using roboflow = await simulateRoboflow({
    faults: [{ route: 'evals', do: { kind: 'json', body: { evals: rows } } }],
  });
  const found = await findEvaluation(roboflow.here, { ...model, ...asked }, {});
  const id = 'found' in expected ? expected.found : 'e1';
  expect({ id: found.row?.id, evaluated: found.evaluated }).toEqual({ id, evaluated });
});
