import { defineConfig } from 'vitest/config';

/** For `mutants.ts`, which says in `MUTANTS_TESTS` which tests belong to the code that it changes. */
export default defineConfig({
  test: {
    include: [process.env.MUTANTS_TESTS ?? ''],
    exclude: ['**/*.browser.test.ts'],
    setupFiles: ['__tests__/setup/seeds.ts'],
    isolate: false,
    experimental: { viteModuleRunner: false, nodeLoader: false },
  },
});
