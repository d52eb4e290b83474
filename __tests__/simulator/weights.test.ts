import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type FileHostOptions, sha256OfWeights } from '../../simulator/simulator.ts';
import { bench, dig, hour, project } from './bench.ts';

/** A world with a finished fine-tune behind a gateway, and the signed address of its weights. */
async function finished(files: FileHostOptions = {}) {
  const b = await bench({ pathPrefix: '/gateway', files });
  const path = `/gateway${project}`;
  await b.post(`${path}/7/v2/trainings`, { modelType: 'rfdetr-nano' });
  b.pass(2 * hour);
  const model = String(dig((await b.get(`${path}/models`)).body, 0, 'url'));
  const url = String(dig((await b.get(`${path}/${model.split('/')[1]}/ptFile`)).body, 'weightsUrl'));
  return { b, model, url };
}

const hashOf = async (file: Response) =>
  createHash('sha256')
    .update(Buffer.from(await file.arrayBuffer()))
    .digest('hex');

describe('weights', () => {
  it('are on another host, behind a signed address that takes no key and expires', async () => {
    const { b, model, url } = await finished();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/signed-files\/.*Signature=[0-9a-f]{32}$/);
    expect(new URL(url).host).not.toBe(new URL(b.simulator.url).host);
    const file = await fetch(url);
    expect([file.status, await hashOf(file)]).toEqual([200, sha256OfWeights(model)]);
    expect((await fetch(url.replace(/.$/, '-'))).status).toBe(403);
    b.pass(hour);
    expect((await fetch(url)).status).toBe(403);
    expect(b.simulator.downloads).toHaveLength(3);
  });

  it('of a search cannot be had', async () => {
    const b = await bench({ scenario: 'nas' });
    const url = await modelOfSearch(b);
    expect((await b.get(`${project}/${url.split('/')[1]}/ptFile`)).status).toBe(403);
    expect((await b.get(`${project}/none/ptFile`)).status).toBe(404);
  });
});

describe('a star', () => {
  it('stays with the model of a search', async () => {
    const b = await bench({ scenario: 'nas' });
    const url = await modelOfSearch(b);
    const starred = await b.post(`/acme/models/${url.split('/')[1]}/favorite`, { starred: true });
    expect(starred).toMatchObject({ status: 200, body: { success: true, model: { url } } });
    const rows = (await b.get(`${project}/models`)).body;
    const row = Array.isArray(rows) ? rows.find((each) => each.url === url) : undefined;
    expect(row).toMatchObject({ favorites: true });
  });

  it('is refused to what is not there, and to a fine-tune', async () => {
    const { b, model } = await finished();
    const missing = await b.post('/gateway/acme/models/none/favorite', { starred: true });
    expect(missing).toMatchObject({ status: 404, body: { code: 'MODEL_NOT_IN_WORKSPACE' } });
    const fineTune = await b.post(`/gateway/acme/models/${model.split('/')[1]}/favorite`, { starred: true });
    expect(fineTune).toMatchObject({ status: 400, body: { code: 'MODEL_NOT_NAS' } });
  });
});

async function modelOfSearch(b: Awaited<ReturnType<typeof bench>>): Promise<string> {
  const group = b.simulator.trainings.find(({ modelGroup }) => modelGroup !== null)?.modelGroup;
  return String(dig((await b.get(`${project}/models?group=${group}`)).body, 0, 'url'));
}
