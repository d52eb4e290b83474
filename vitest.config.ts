import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** Tests that start processes, such as the bundle in `dist/`, draw in a browser, or run the whole story hundreds of times. */
const SLOW = [
  '__tests__/**/*.browser.test.ts',
  '__tests__/dist/**/*.test.ts',
  '__tests__/simulator/cli.test.ts',
  '__tests__/flow/**/*.test.ts',
  '__tests__/step/**/*.test.ts',
  '__tests__/docs/recipes.test.ts',
  '__tests__/github/comment/*.test.ts',
  '__tests__/report/{golden-scenarios,report.property}.test.ts',
];

// Packages are loaded in the builds that users of them get: those for development check themselves, which takes a third of the time.
process.env.NODE_ENV = 'production';

/** `--mode fast` leaves the slow tests out. */
export default defineConfig(({ mode }) => ({
  test: {
    include: ['__tests__/**/*.test.ts'],
    exclude: mode === 'fast' ? SLOW : [],
    setupFiles: ['__tests__/setup/seeds.ts'],
    execArgv: ['--import', path.resolve('__tests__/setup/json-imports.ts')],
    globalSetup: mode === 'fast' ? [] : ['__tests__/setup/chromium.ts'],
    // Two at a time suit two cores.
    maxWorkers: 2,
    // A worker keeps what it has loaded for its next file, since no test changes a module.
    isolate: false,
    // Node itself loads our TypeScript as it is: nothing has to be transformed first.
    experimental: { viteModuleRunner: false, nodeLoader: false },
    // Nets for a test that never ends. None depends on how fast the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
  },
}));
