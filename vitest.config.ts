import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The library for serial lines works on the main thread only, and the command line names files from the folder of its process, which a thread
 * cannot change. All others are in threads, which have a larger stack for what nests deeply.
 */
const inProcesses = ['test/**/serial*.test.ts', 'test/cli/*.test.ts']

/** What starts PostgreSQL, CUPS, a browser or a reader of PDFs: `npm run test:services`. */
const services = [
  'test/{agent,cloudprnt,counter,hub,hub-client,hub-page}/**/*.test.ts',
  'test/vouchers/{postgres,push}*.test.ts',
  'test/emulator/live-page.test.ts',
  'test/paper/pdf.test.ts',
  'test/transports/cups.test.ts',
]

/** What builds, or compiles the code of users: `npm run test:builds`. */
const builds = [
  'test/examples.test.ts',
  'test/jsx/builds.test.ts',
  'test/package/{doc-examples,plain-engine,small,weights}.test.ts',
  'test/types/**/*.test.ts',
]

/** These wait for printers, or start processes: if they came last, one worker would work alone. */
const LONGEST =
  /\/test\/(?:printer\/(?:faults|queue|segments)|vouchers\/(?:backup|sqlite))\.test\.ts$/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    // Those of one project stay together, because a worker serves one of them.
    const projects = [...new Set(sorted.map(({ project }) => project.name))]
    const rankOf = ({ project, moduleId }: TestSpecification) =>
      projects.indexOf(project.name) * 2 + (LONGEST.test(moduleId) ? 0 : 1)
    return sorted.toSorted((a, b) => rankOf(a) - rankOf(b))
  }
}

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
    // Far beyond what a quiet machine takes, because a busy one takes ten times as long and is no fault of the code.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    // Twice as many as cores: a test of a printer that is slow or silent waits for most of its time.
    maxWorkers: Math.max(4, availableParallelism() * 2),
    // Files share the modules of their worker, because loading them anew takes longer than most tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    setupFiles: [pathOf('./test/own-locks.ts')],
    globalSetup: [pathOf('./test/run-folder.ts')],
    projects: [
      {
        extends: true,
        test: { name: 'processes', pool: 'forks', include: inProcesses },
      },
      {
        extends: true,
        test: {
          name: 'threads',
          pool: 'threads',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...inProcesses, ...services, ...builds],
        },
      },
      { extends: true, test: { name: 'services', pool: 'threads', include: services } },
      { extends: true, test: { name: 'builds', pool: 'threads', include: builds } },
    ],
  },
})
