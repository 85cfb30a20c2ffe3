import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{packages,apps,packs}/**/src/**/*.test.{ts,tsx}'],
    exclude: ['**/*.slow.test.ts', '**/node_modules/**'],
    pool: 'threads',
    isolate: false,
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globals: false,
  },
})
