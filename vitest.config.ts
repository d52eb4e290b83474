import { readFile } from 'node:fs/promises';
import { defineConfig } from 'vitest/config';

/** GitHub's own parsers: they import JSON in a form that only a bundler takes. */
const GITHUB_PARSERS = /@actions\/(?:expressions|workflow-parser)\//;

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
    include: ['__tests__/**/*.test.ts'],
    // Steps run as processes of their own, on clocks that run faster; two at a time suit two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
    server: { deps: { inline: [GITHUB_PARSERS] } },
  },
});
