import { readFile } from 'node:fs/promises';
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
/** Tests that load GitHub's own parsers, which import JSON in a form that only a bundler takes. */
const BUNDLED = ['__tests__/docs/workflows.test.ts'];

const GITHUB_PARSERS = /@actions\/(?:expressions|workflow-parser)\//;

/**
 * Node itself loads what it is given: it takes our TypeScript as it is, and nothing has to be transformed first. A worker keeps
 * what it has loaded for its next file, since no test changes a module.
 */
const byNode = { isolate: false, experimental: { viteModuleRunner: false, nodeLoader: false } };

export default defineConfig({
  // Their source maps lead to files that npm does not have; each would give a warning.
  plugins: [
    {
      name: 'without-source-maps',
      enforce: 'pre',
      load: async (id) =>
        GITHUB_PARSERS.test(id) && id.endsWith('.js')
          ? (await readFile(id, 'utf8')).replace(/^\/\/# sourceMappingURL=.*$/m, '')
          : undefined,
    },
  ],
  test: {
    // Two at a time suit two cores.
    maxWorkers: 2,
    server: { deps: { inline: [GITHUB_PARSERS] } },
    // Nets for a test that never ends. None depends on how fast the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    setupFiles: ['__tests__/setup/seeds.ts'],
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
          exclude: [...PROCESS, ...FLOW, ...BUNDLED, BROWSER],
          ...byNode,
        },
      },
      { extends: true, test: { name: 'bundled', include: BUNDLED } },
    ],
  },
});
