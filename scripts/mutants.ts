import path from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { projectRoot } from '../simulator/runner.ts';

/** The folders whose decisions tests must guard, and the tests that are to do so: those of the same room, which are quick. */
const AREAS: Readonly<Record<string, string>> = {
  'src/gate': '__tests__/gate/**/*.test.ts',
  'src/training': '__tests__/training/**/*.test.ts',
  'src/github/status': '__tests__/{github/status/*,step/settle/*,flow/{settle*,wait-status}}.test.ts',
  'src/github/comment': '__tests__/github/comment/**/*.test.ts',
  'src/report/words': '__tests__/{report/!(golden-scenarios),gate/unknown-reason}.test.ts',
};

const { positionals } = parseArgs({ allowPositionals: true });
process.chdir(projectRoot);
for (const [folder, tests] of Object.entries(AREAS)) {
  const files = changed(folder, positionals);
  if (files.length > 0) await testMutants(files, tests);
}

/** The files of a folder that the arguments name: all of them where there are none. */
function changed(folder: string, named: readonly string[]): string[] {
  if (named.length === 0) return [`${folder}/**/*.ts`];
  return named
    .map((name) => path.normalize(name).replace(/\/$/, ''))
    .filter((name) => `${name}/`.startsWith(`${folder}/`))
    .map((name) => (name.endsWith('.ts') ? name : `${name}/**/*.ts`));
}

/**
 * Changes `files` in a copy of the project, one spot at a time, runs the tests that reach that spot, and prints each
 * change that none of them noticed, and the score.
 */
async function testMutants(files: string[], tests: string): Promise<void> {
  process.env.MUTANTS_TESTS = tests;
  await new Stryker({
    mutate: files,
    testRunner: 'vitest',
    vitest: { configFile: 'scripts/mutants.config.ts', related: false },
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // A mutant that loops for ever is one that is noticed; a busy machine is not.
    timeoutMS: 30_000,
    // Stryker rewrites tsconfig.json by means of a TypeScript older than ours; Node needs none.
    ignorePatterns: ['dist', 'docs', 'preview', 'tsconfig*.json'],
    reporters: ['clear-text', 'progress'],
    clearTextReporter: { logTests: false, reportTests: false, reportMutants: true },
  }).runMutationTest();
}
