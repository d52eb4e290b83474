import { describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { bench, dig, hour, project } from './bench.ts';

describe('the scenarios', () => {
  it.each(Object.entries(scenarios))(
    '%s has its own name and a finished training on version 6',
    async (name, scenario) => {
      expect(scenario.name).toBe(name);
      expect(scenario.summary).toMatch(/^[A-Zt].*\.$/);
      const b = await bench({ scenario });
      expect(b.simulator.started()).toEqual([]);
      expect((await b.get(`${project}/6/training/results`)).body).toMatchObject({ status: 'finished' });
    },
  );

  // What the others show is in the reports of __tests__/report/golden and in dist/outcomes.test.ts.
  it('failed: the reason stands in every place', async () => {
    const b = await bench({ scenario: 'failed' });
    await b.start();
    b.pass(2 * hour);
    const reason = expect.stringMatching(/^CUDA out of memory/);
    expect((await b.get(`${project}/7/v2/trainings/get`)).body).toMatchObject({ error: reason });
    expect((await b.get(`${project}/7/training/results`)).body).toMatchObject({ error: reason });
    expect(dig((await b.get(`${project}/jobs`)).body, 'jobs', 0)).toMatchObject({ failureReason: reason });
    expect((await b.get(`${project}/7`)).body).toMatchObject({ version: { train: { error: reason } } });
  });

  it('hostile keeps its harm on the wire', async () => {
    const b = await bench({ scenario: 'hostile' });
    await b.start('rfdetr-nas-parent');
    b.pass(5 * hour);
    const text = await (await b.fetch(`${project}/7/training/results`)).text();
    for (const part of [
      '"__proto__":',
      '"constructor":',
      '::error::x',
      '\\u001b[31m',
      '"NaN"',
      '-3',
      '"81.5"',
    ]) {
      expect(text).toContain(part);
    }
  });
});
