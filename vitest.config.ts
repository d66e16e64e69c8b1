import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The library for serial lines works on the main thread only, so a test that opens one has a process to itself. */
const serialLines = ['test/**/serial*.test.ts']

/** The command line names files from the folder of its process, and a thread cannot change that folder. */
const commandLine = ['test/cli/*.test.ts']

/** A file of this folder, also on Windows, where the path of an address is no path of a file. */
function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url))
}

export default defineConfig({
  resolve: {
    alias: {
      'xiaopiao/jsx-runtime': pathOf('./src/jsx/jsx-runtime.ts'),
      'xiaopiao/jsx-dev-runtime': pathOf('./src/jsx/jsx-dev-runtime.ts'),
      '#glyph-data': pathOf('./src/glyphs/glyph-data.node.ts'),
      '#data-loader': pathOf('./src/preload/data-loader.node.ts'),
      '#symbol-generator': pathOf('./src/symbols/generator.bundled.ts'),
    },
  },
  test: {
    testTimeout: 30_000,
    // By default one core is left free, which is half of two.
    maxWorkers: Math.max(2, availableParallelism()),
    setupFiles: [pathOf('./test/own-locks.ts')],
    projects: [
      {
        extends: true,
        test: {
          name: 'threads',
          pool: 'threads',
          // Files share the modules of their worker, because loading them anew takes longer than most tests.
          isolate: false,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...serialLines, ...commandLine],
        },
      },
      {
        extends: true,
        test: { name: 'command line', pool: 'forks', isolate: false, include: commandLine },
      },
      { extends: true, test: { name: 'serial lines', pool: 'forks', include: serialLines } },
    ],
  },
})
