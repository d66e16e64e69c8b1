/** `toMatchPaper` for vitest and jest, and the comparison itself for other test runners. */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type GoldenUpdate,
  matchPaper,
  type PaperMatch,
  type PaperSource,
} from '../inspect/match-paper.js'

export {
  type GoldenUpdate,
  type MatchPaperOptions,
  matchPaper,
  type PaperMatch,
  type PaperSource,
} from '../inspect/match-paper.js'

/** The part of the matcher context of vitest and jest that is used here. */
export interface MatcherContext {
  readonly isNot?: boolean | undefined
  readonly testPath?: string | undefined
  readonly snapshotState?: unknown
}

/**
 * Matchers for `expect.extend`.
 *
 * @example
 * import { paperMatchers } from 'xiaopiao/emulator/matchers'
 * expect.extend(paperMatchers)
 * expect(await printer.nextJob()).toMatchPaper('goldens/sale.png')
 */
export const paperMatchers = {
  /**
   * Asserts that the dots of a Paper, of a job, of bytes with their profile, or of all that came out of a running printer
   * equal those of a golden PNG. A relative path begins at the folder of the test file. `-u` rewrites goldens.
   */
  toMatchPaper(
    this: MatcherContext,
    received: PaperSource,
    golden: string | URL,
  ): { readonly pass: boolean; readonly message: () => string } {
    const { pass, message }: PaperMatch = matchPaper(received, pathOf(golden, this.testPath), {
      update: updateOf(this.snapshotState),
      readOnly: this.isNot === true,
    })
    return { pass, message: () => message }
  },
}

function pathOf(golden: string | URL, testPath: string | undefined): string {
  if (typeof golden !== 'string') return fileURLToPath(golden)
  return resolve(testPath === undefined ? '.' : dirname(testPath), golden)
}

/** Reads the runner's flag: `all` for `-u`, and `none` in CI, where no golden is written; undefined if the runner has set neither. */
function updateOf(state: unknown): GoldenUpdate | undefined {
  if (typeof state !== 'object' || state === null || process.env.XIAOPIAO_UPDATE_GOLDENS === '1') {
    return undefined
  }
  const { snapshotUpdateState, _updateSnapshot } = state as Record<string, unknown>
  const flag = snapshotUpdateState ?? _updateSnapshot
  return flag === 'all' || flag === 'none' ? flag : undefined
}

declare global {
  /** vitest reads custom matchers from this namespace too. Neither vitest nor jest has to be installed for these types. */
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: declared so by both, and all declarations must be alike
    interface Matchers<R, T = {}> {
      /** See `paperMatchers`. */
      toMatchPaper(golden: string | URL): R
    }
  }
}
