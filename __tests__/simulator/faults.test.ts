import { describe, expect, it } from 'vitest';
import type { Fault } from '../../simulator/simulator.ts';
import { bench, project, rows } from './bench.ts';

describe('faults', () => {
  const startPath = `${project}/jobs`;
  const startBody = JSON.stringify({ version: 7, model_type: 'rfdetr-nano' });

  /** Starts a training under a fault. A fault that keeps silent is given up when the simulator has done its part. */
  async function startUnder(action: Fault['do']) {
    const given = new AbortController();
    const isSilent = action.kind === 'hang' || action.kind === 'stall';
    const onAnswer = () => {
      if (isSilent) given.abort();
    };
    const b = await bench({ faults: [{ route: 'start', nth: 1, do: action }], onAnswer });
    const outcome = await b
      .fetch(startPath, { method: 'POST', body: startBody, signal: given.signal })
      .then(async (response) => ({ status: response.status, text: await response.text(), response }))
      .catch((error: unknown) => ({ status: 0, text: String(error), response: null }));
    return { b, ...outcome };
  }

  it('status: before and after the request took effect, with headers', async () => {
    const headers = { 'retry-after': '7' };
    const before = await startUnder({ kind: 'status', status: 429, headers });
    expect([before.status, before.response?.headers.get('retry-after')]).toEqual([429, '7']);
    expect(before.b.simulator.started()).toHaveLength(0);
    const after = await startUnder({ kind: 'status', status: 500, body: { error: 'late' }, effect: 'after' });
    expect([after.status, after.text]).toEqual([500, '{"error":"late"}']);
    expect(after.b.simulator.started()).toHaveLength(1);
    expect((await after.b.fetch(startPath, { method: 'POST', body: startBody })).status).toBe(200);
  });

  it('html, empty, garbage, json, redirect', async () => {
    const html = await startUnder({ kind: 'html', status: 502 });
    expect([html.status, html.text.slice(0, 9)]).toEqual([502, '<!doctype']);
    expect((await startUnder({ kind: 'empty' })).text).toBe('');
    const garbage = await startUnder({ kind: 'garbage' });
    expect(garbage.response?.headers.get('content-type')).toMatch(/json/);
    expect(() => JSON.parse(garbage.text)).toThrow();
    expect((await startUnder({ kind: 'json', body: [1] })).text).toBe('[1]');
    const away = await startUnder({ kind: 'redirect', location: 'http://127.0.0.1:9/x' });
    expect([away.status, away.response?.headers.get('location')]).toEqual([302, 'http://127.0.0.1:9/x']);
  });

  it.each(['reset', 'cut'] as const)('%s ends the connection, with or without effect', async (kind) => {
    for (const effect of ['before', 'after'] as const) {
      const { b, status } = await startUnder({ kind, effect });
      expect(status).toBe(0);
      expect(b.simulator.started()).toHaveLength(effect === 'after' ? 1 : 0);
    }
  });

  it.each(['hang', 'stall'] as const)('%s says no more, and close ends it', async (kind) => {
    for (const effect of ['before', 'after'] as const) {
      const { b, status } = await startUnder({ kind, effect });
      expect(status).toBe(0);
      expect(b.simulator.started()).toHaveLength(effect === 'after' ? 1 : 0);
    }
    const b = await bench({ faults: [{ route: 'any', do: { kind } }] });
    const waiting = b.fetch('/').then((response) => response.text());
    const failed = expect(waiting).rejects.toThrow();
    while (b.simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    await b.simulator.close();
    await failed;
  });

  it('slow answers rightly, later', async () => {
    const slow = await bench({
      faults: [{ route: 'any', nth: 1, do: { kind: 'slow', delayMs: 3_600_000 } }],
    });
    const first = expect(slow.get('/')).rejects.toThrow();
    while (slow.simulator.requests.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await slow.get('/')).status).toBe(200);
    await slow.simulator.close();
    await first;
    const { b } = await startUnder({ kind: 'slow', delayMs: 1 });
    expect(b.simulator.started()).toHaveLength(1);
  });

  it('lag hides the newest trainings from the list for a while', async () => {
    const b = await bench({ faults: [{ route: 'list', do: { kind: 'lag', forMs: 2_000 } }] });
    const seeded = b.simulator.trainings.length;
    await b.start();
    const count = async () => rows((await b.get(`${project}/jobs`)).body, 'jobs').length;
    expect(await count()).toBe(seeded);
    b.pass(2_000);
    expect(await count()).toBe(seeded + 1);
  });

  it('counts by route, and takes ranges', async () => {
    const b = await bench({
      faults: [
        { route: 'project', nth: [2, 3], do: { kind: 'status', status: 503 } },
        { route: 'any', nth: 1, do: { kind: 'status', status: 504 } },
      ],
    });
    const asked = [];
    for (let index = 0; index < 5; index += 1) asked.push((await b.get(project)).status);
    expect(asked).toEqual([504, 503, 503, 200, 200]);
    expect((await b.get('/')).status).toBe(200);
    expect(b.simulator.requests.map((request) => request.route)).toEqual([
      ...Array(5).fill('project'),
      'root',
    ]);
  });
});
