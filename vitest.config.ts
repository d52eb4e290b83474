import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['__tests__/**/*.test.ts'],
    // Steps run as processes of their own, on clocks that run faster; two at a time suit two cores.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
