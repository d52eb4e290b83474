import { describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';
import { bench, hour, project } from './bench.ts';

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
