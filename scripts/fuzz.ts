import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { projectRoot } from '../simulator/runner.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '5' } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes: "${values.minutes}" is not valid; give a number above 0, such as 5`);
  process.exit(2);
}
process.exitCode = await fuzz(minutes * 60_000);

/** Runs the random tests with new seeds, again and again for `ms`, and stops at the first failure. */
async function fuzz(ms: number): Promise<number> {
  const files = await randomTests();
  const untilMs = performance.now() + ms;
  let rounds = 0;
  while (performance.now() < untilMs) {
    const seed = randomInt(2 ** 31);
    rounds += 1;
    console.log(`\nRound ${rounds}: TEST_SEED=${seed}`);
    const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...files], {
      cwd: projectRoot,
      env: { ...process.env, TEST_SEED: String(seed) },
      stdio: 'inherit',
    });
    if (status !== 0) {
      console.error(`\nRound ${rounds} failed. To repeat it: TEST_SEED=${seed} npx vitest run FILE`);
      return 1;
    }
  }
  console.log(`\n${rounds} rounds passed, each with a seed of its own.`);
  return 0;
}

/** The test files that draw something at random. */
async function randomTests(): Promise<readonly string[]> {
  const all = await readdir(path.join(projectRoot, '__tests__'), { recursive: true });
  const found = all.filter((name) => name.endsWith('.test.ts')).map((name) => path.join('__tests__', name));
  const texts = await Promise.all(found.map((file) => readFile(path.join(projectRoot, file), 'utf8')));
  return found.filter((_, index) => texts[index]?.includes("from 'fast-check'"));
}
