import { defineConfig } from 'vitest/config'

/** The library for serial lines works on the main thread only, so what opens one has a process of its own. */
const needMainThread = ['test/**/serial*.test.ts']

export default defineConfig({
  resolve: {
    alias: {
      '#glyph-data': new URL('./src/glyphs/glyph-data.node.ts', import.meta.url).pathname,
      '#data-loader': new URL('./src/preload/data-loader.node.ts', import.meta.url).pathname,
      '#symbol-generator': new URL('./src/symbols/generator.bundled.ts', import.meta.url).pathname,
    },
  },
  test: {
    testTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'threads',
          pool: 'threads',
          include: ['test/**/*.test.ts'],
          exclude: needMainThread,
        },
      },
      {
        extends: true,
        test: { name: 'process', pool: 'forks', include: needMainThread },
      },
    ],
  },
})
