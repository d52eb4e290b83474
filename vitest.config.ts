import { defineConfig } from 'vitest/config';

const BROWSER = '__tests__/**/*.browser.test.ts';
/** Tests that start processes: the bundle in `dist/`, the simulator's command line. */
const PROCESS = ['__tests__/dist/**/*.test.ts', '__tests__/simulator/cli.test.ts'];
/** Tests that run the whole story, or much of it, hundreds of times in this process. */
const FLOW = [
  '__tests__/flow/**/*.test.ts',
  '__tests__/step/**/*.test.ts',
  '__tests__/docs/recipes.test.ts',
  '__tests__/github/comment/*.test.ts',
  '__tests__/report/{golden,report.property}.test.ts',
];
/**
 * Node itself loads what it is given: it takes our TypeScript as it is, and nothing has to be transformed first. A worker keeps
 * what it has loaded for its next file, since no test changes a module.
 */
const byNode = { isolate: false, experimental: { viteModuleRunner: false, nodeLoader: false } };

// Packages are loaded in the builds that users of them get: those for development check themselves, which takes a third of the time.
process.env.NODE_ENV = 'production';

export default defineConfig({
  test: {
    // Two at a time suit two cores.
    maxWorkers: 2,
    // Nets for a test that never ends. None depends on how fast the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    setupFiles: ['__tests__/setup/seeds.ts', '__tests__/setup/json-imports.ts'],
    projects: [
      {
        extends: true,
        test: { name: 'process', include: PROCESS, ...byNode },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [BROWSER],
          globalSetup: ['__tests__/setup/chromium.ts'],
          ...byNode,
        },
      },
      {
        extends: true,
        test: { name: 'flow', include: FLOW, ...byNode },
      },
      {
        extends: true,
        test: {
          name: 'fast',
          include: ['__tests__/**/*.test.ts'],
          exclude: [...PROCESS, ...FLOW, BROWSER],
          ...byNode,
        },
      },
    ],
  },
});
