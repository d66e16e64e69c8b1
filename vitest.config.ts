import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      '#glyph-data': new URL('./src/glyphs/glyph-data.node.ts', import.meta.url).pathname,
    },
  },
  test: { include: ['test/**/*.test.ts'], testTimeout: 30_000, pool: 'threads' },
})
