import { expect, test } from 'vitest';
import { resolveProject } from '../../src/roboflow/resolve-project.ts';
import { simulateRoboflow } from './simulated-roboflow.ts';

const apiUrl = new URL('https://api.roboflow.eu');
const app = 'https://app.roboflow.eu';

test('the workspace is the own one of the key where none is given', async () => {
  await using roboflow = await simulateRoboflow();
  const found = await resolveProject(roboflow.api, { apiUrl, workspace: undefined, project: 'hats' });
  expect(found).toEqual({ app, workspace: 'acme', project: 'hats' });
});

test('the workspace that is given is not asked for', async () => {
  await using roboflow = await simulateRoboflow();
  const given = { workspace: 'other', project: 'hats' };
  expect(await resolveProject(roboflow.api, { apiUrl, ...given })).toEqual({ app, ...given });
  expect(roboflow.requestLines()).toEqual([]);
});

test.each(['..', 'a/b', 'x) @octocat **b** [c](http://evil.example)', '<b>hi</b>', 'acme\n::error::hi'])(
  'a workspace that is no slug is refused at once: %j',
  async (workspace) => {
    await using roboflow = await simulateRoboflow({
      faults: [{ route: 'root', do: { kind: 'json', body: { workspace } } }],
    });
    await expect(
      resolveProject(roboflow.api, { apiUrl, workspace: undefined, project: 'hats' }),
    ).rejects.toMatchObject({
      message: `Roboflow names ${JSON.stringify(workspace)} as the workspace of the key, which is no slug.`,
      hint: 'Set workspace to the slug in its address: app.roboflow.com/WORKSPACE. Check api-url too.',
    });
    expect(roboflow.requestLines()).toHaveLength(1);
  },
);
