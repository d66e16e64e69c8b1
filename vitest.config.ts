import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The library for serial lines works on the main thread only, so what opens one has a process of its own. */
const needMainThread = ['test/**/serial*.test.ts']

/** A file of this folder, also on Windows, where the path of an address is no path of a file. */
function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

export default defineConfig({
  resolve: {
    alias: {
      '#glyph-data': pathOf('./src/glyphs/glyph-data.node.ts'),
      '#data-loader': pathOf('./src/preload/data-loader.node.ts'),
      '#symbol-generator': pathOf('./src/symbols/generator.bundled.ts'),
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
