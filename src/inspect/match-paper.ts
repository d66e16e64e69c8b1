/** Compares a paper with a golden PNG on the disk by their dots; the text helps to see what is different. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { printBytes } from '../emulator/virtual-printer.js'
import { XiaopiaoError } from '../model/errors.js'
import type { Paper } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import { concatPapers } from '../paper/algebra.js'
import { diffDots, diffPng, sameDots } from '../paper/diff/diff-dots.js'
import { decodeGolden, encodeGolden, type Golden, goldenOf } from '../paper/diff/golden-png.js'
import { diffKeys } from '../paper/diff/sequence-diff.js'
import { rowRanges } from './diff-text.js'

/**
 * The things that can be compared: a Paper; bytes with the printer that prints them; a job, by the paper it
 * printed; a running virtual printer, by all the paper that came out of it.
 */
export type PaperSource =
  | Paper
  | { readonly bytes: Uint8Array; readonly profile: Profile }
  | { readonly paper: Paper }
  | { readonly papers: readonly Paper[] }

/** `all` rewrites all goldens, `new` writes those that are missing, `none` writes no golden. */
export type GoldenUpdate = 'all' | 'new' | 'none'

export interface MatchPaperOptions {
  /**
   * Default `new`, or `none` in CI, if the variable `CI` is set. The variable `XIAOPIAO_UPDATE_GOLDENS=1` makes it
   * `all`.
   */
  readonly update?: GoldenUpdate | undefined
  /** Whether no file is written or deleted, which the negated matcher needs. Default false. */
  readonly readOnly?: boolean | undefined
}

export interface PaperMatch {
  readonly pass: boolean
  /** The difference and the files to look at, or that the papers are the same. */
  readonly message: string
}

/**
 * Compares dots with the golden at `path`. If they differ, `NAME.actual.png` and `NAME.diff.png` are written beside
 * it (red: in the golden only, blue: on the paper only). A missing golden is written, but in CI it is a failure.
 * Throws `PAPER_EXPECTED` if `source` cannot be a paper, and `GOLDEN_UNREADABLE`.
 *
 * @example
 * const { pass } = matchPaper(paper, 'goldens/sale.png')
 * pass // true
 */
export function matchPaper(
  source: PaperSource,
  path: string,
  options: MatchPaperOptions = {},
): PaperMatch {
  const now = goldenOf(paperOf(source))
  const update = options.update ?? updateByEnvironment()
  const { readOnly = false } = options
  if (!existsSync(path)) {
    if (update === 'none' || readOnly) return { pass: false, message: missing(path) }
    write(path, encodeGolden(now))
    return { pass: true, message: `${path} was written` }
  }
  const golden = decodeGolden(new Uint8Array(readFileSync(path)), path)
  const isSame = sameDots(golden.bitmap, now.bitmap)
  if (readOnly) return { pass: isSame, message: isSame ? `paper is as ${path}` : '' }
  const beside = { actual: suffixed(path, 'actual'), diff: suffixed(path, 'diff') }
  if (isSame || update === 'all') {
    // A golden with the same dots is not rewritten, because its bytes would change: compressors differ between runtimes.
    if (!isSame || (update === 'all' && golden.text !== now.text)) write(path, encodeGolden(now))
    for (const file of Object.values(beside)) rmSync(file, { force: true })
    return { pass: true, message: `paper is as ${path}` }
  }
  write(beside.actual, encodeGolden(now))
  write(beside.diff, diffPng(golden.bitmap, now.bitmap))
  return { pass: false, message: difference(golden, now, path, beside) }
}

function paperOf(source: PaperSource): Paper {
  if (typeof source === 'object' && source !== null) {
    if ('bitmap' in source) return source
    if ('papers' in source) return concatPapers(source.papers)
    if ('paper' in source) return source.paper
    if ('bytes' in source && 'profile' in source) return printBytes(source.bytes, source.profile)
  }
  throw new XiaopiaoError('no paper, job, printer, or bytes with a profile', {
    code: 'PAPER_EXPECTED',
    hint: 'give a Paper, { bytes, profile }, a job or a running virtual printer',
  })
}

function updateByEnvironment(): GoldenUpdate {
  if (process.env.XIAOPIAO_UPDATE_GOLDENS === '1') return 'all'
  return process.env.CI === undefined || process.env.CI === 'false' ? 'new' : 'none'
}

function missing(path: string): string {
  return `${path} is missing, and in CI none is written: run the test on your machine, look at the picture, and commit it`
}

function difference(
  golden: Golden,
  now: Golden,
  path: string,
  beside: { readonly actual: string; readonly diff: string },
): string {
  const { count, rows } = diffDots(golden.bitmap, now.bitmap)
  const size = (['widthDots', 'heightDots'] as const)
    .filter((key) => golden.bitmap[key] !== now.bitmap[key])
    .map((key) => {
      const unit = key === 'widthDots' ? 'dots wide' : 'rows high'
      return `it is ${now.bitmap[key]} ${unit} instead of ${golden.bitmap[key]}`
    })
  const where = count === 0 ? [] : [`${count} dots differ, in rows ${rowRanges(rows)}`]
  return [
    `paper is not as ${path}: ${[...size, ...where].join('; ')}`,
    ...textDifference(golden.text, now.text ?? ''),
    `paper:      ${beside.actual}`,
    `difference: ${beside.diff} (red: in the golden only, blue: on the paper only)`,
    'if the paper is right: vitest -u, or XIAOPIAO_UPDATE_GOLDENS=1',
  ].join('\n')
}

/** Number of equal lines that are shown around different ones. */
const CONTEXT = 1

function textDifference(golden: string | undefined, now: string): string[] {
  if (golden === undefined) return ['the golden holds no text']
  if (golden === now) return ['the text is the same']
  const [before, after] = [golden.split('\n'), now.split('\n')]
  const lines = diffKeys(before, after).flatMap(
    ({ equal, before: [from, to], after: [start, end] }) => {
      if (!equal) {
        return [
          ...before.slice(from, to).map((line) => `- ${line}`),
          ...after.slice(start, end).map((line) => `+ ${line}`),
        ]
      }
      const same = before.slice(from, to).map((line) => `  ${line}`)
      const head = from === 0 ? [] : same.slice(0, CONTEXT)
      const tail = to === before.length ? [] : same.slice(head.length).slice(-CONTEXT)
      const hidden = same.length - head.length - tail.length
      return [...head, ...(hidden > 0 ? ['  …'] : []), ...tail]
    },
  )
  return ['Text, - in the golden, + on the paper:', ...lines]
}

function suffixed(path: string, suffix: string): string {
  return `${path.replace(/\.png$/i, '')}.${suffix}.png`
}

function write(path: string, content: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}
