import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { scenarios } from '../../simulator/scenarios.ts';

const project = '/acme/hard-hats';

describe('the command line', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['simulator/cli.ts', ...args], { encoding: 'utf8', timeout: 100_000 });

  it('lists the scenarios', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const { name, summary } of Object.values(scenarios)) {
      expect(stdout).toContain(name);
      expect(stdout).toContain(summary);
    }
  });

  it('serves until it is told to end, and logs its requests', async () => {
    const child = spawn(process.execPath, ['simulator/cli.ts', '--speed', '600', '--key', 'rf_mine']);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const next = async () => String((await lines.next()).value);
    const url = (await next()).split(/\s+/)[1];
    expect([await next(), await next(), await next()].join()).toMatch(/rf_mine.*fine-tune.*curl/);
    expect((await fetch(`${url}${project}`, { headers: { authorization: 'Bearer rf_mine' } })).status).toBe(
      200,
    );
    expect(await next()).toMatch(/ GET \/acme\/hard-hats 200$/);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});
