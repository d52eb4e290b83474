import { describe, expect, it } from 'vitest';
import { defaultKey } from '../../simulator/simulator.ts';
import { bench, dig, project } from './bench.ts';

describe('the key', () => {
  it('is taken from the header, the query and the body', async () => {
    const { simulator } = await bench();
    const bare = (path: string, init: RequestInit = {}) => fetch(`${simulator.url}${path}`, init);
    expect((await bare('/', { headers: { authorization: `Bearer ${defaultKey}` } })).status).toBe(200);
    expect((await bare(`/?api_key=${defaultKey}`)).status).toBe(200);
    const body = JSON.stringify({ api_key: defaultKey });
    expect((await bare('/', { method: 'POST', body })).status).toBe(200);
    expect((await bare('/')).status).toBe(401);
    expect((await bare('/?api_key=wrong')).status).toBe(401);
  });

  it('without scopes may ask who it is, and nothing else', async () => {
    const { simulator } = await bench();
    const ask = (path: string) => fetch(`${simulator.url}${path}?api_key=rf_noscope_1`);
    expect((await ask('/')).status).toBe(200);
    const refused = await ask(project);
    expect(refused.status).toBe(403);
    expect(dig(await refused.json(), 'error', 'message')).toMatch(/scope/);
  });
});

describe('reads', () => {
  it('answers 404 in several shapes', async () => {
    const b = await bench();
    expect(await b.get('/other')).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await b.get('/acme/other')).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await b.get(`${project}/99`)).toMatchObject({ status: 404, body: { hint: expect.any(String) } });
    const unknown = await b.post(`${project}/7/nothing`);
    expect(unknown).toEqual({ status: 404, body: { message: expect.any(String) } });
  });
});
