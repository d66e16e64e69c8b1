/** The text of a diff of two streams: a line for each difference, marked with - + > or ~. */

import { listDecoded } from '../encoders/escpos/listing.js'
import type { Profile } from '../model/profile.js'
import type { Change, LineChange, PaperDiff } from '../paper/diff/diff-paper.js'
import type { StreamDiff } from './diff.js'
import { textReader } from './text-reader.js'

export type DiffPart = 'heading' | 'removed' | 'added' | 'changed'

export interface DiffTextOptions {
  /** Colours a line. */
  readonly paint?: (part: DiffPart, text: string) => string
}

type MarkedLine = readonly [DiffPart, string]

/**
 * Writes a diff as text. `before` and `after` are the streams that were compared. The last line says whether the bytes and the
 * paper are the same.
 *
 * @example
 * const other = compile({ nodes: [text('合计 ¥13.50')] }, { profile }).bytes
 * const diff = diffStreams(bytes, other, profile)
 * diffText(diff, bytes, other, profile).split('\n').at(-2) // 'other bytes, another paper'
 */
export function diffText(
  diff: StreamDiff,
  before: Uint8Array,
  after: Uint8Array,
  profile: Profile,
  options: DiffTextOptions = {},
): string {
  const paint = options.paint ?? ((_part: DiffPart, text: string) => text)
  const lines = [...commandLines(diff, before, after, profile), ...paperDiffLines(diff.paper)]
  return [...lines, ['heading', verdict(diff)] as const]
    .map(([part, text]) => `${paint(part, text)}\n`)
    .join('')
}

function verdict({ sameBytes, samePaper }: StreamDiff): string {
  if (sameBytes) return 'the same bytes, the same paper'
  return samePaper ? 'other bytes, the same paper' : 'other bytes, another paper'
}

function commandLines(
  { commands }: StreamDiff,
  before: Uint8Array,
  after: Uint8Array,
  profile: Profile,
): MarkedLine[] {
  if (commands.length === 0) return []
  const decodeText = textReader(profile)
  const listed = (sign: string, part: DiffPart, bytes: Uint8Array, side: 'before' | 'after') =>
    commands.map((change) =>
      listDecoded(bytes, change[side], { decodeText, hexBytes: 8 })
        .split('\n')
        .filter((line) => line !== '')
        .map((line): MarkedLine => [part, `${sign} ${line}`]),
    )
  const removed = listed('-', 'removed', before, 'before')
  const added = listed('+', 'added', after, 'after')
  const hunks = commands.flatMap((_, i) => [...(removed[i] ?? []), ...(added[i] ?? [])])
  return [['heading', 'commands'], ...hunks]
}

/** Lists the differences on paper, by sections. Empty if the papers have the same text and look the same. */
export function paperDiffLines(paper: PaperDiff): MarkedLine[] {
  const { widthDots, heightDots, dots } = paper
  const size: MarkedLine[] = []
  if (widthDots !== undefined) size.push(['changed', `~ width ${arrow(widthDots)} dots`])
  if (heightDots !== undefined) size.push(['changed', `~ height ${arrow(heightDots)} rows`])
  if (dots.count > 0) {
    size.push(['changed', `~ ${dots.count} dots differ, in rows ${rowRanges(dots.rows)}`])
  }
  return [
    ...section('paper', size),
    ...section('text', paper.lines.map(lineLine)),
    ...section(
      'symbols',
      paper.symbols.flatMap((change) =>
        changeLines(change, ({ kind, data, x, widthDots: w, heightDots: h }) => {
          return `${kind} "${data}" ${w}×${h} at x ${x}`
        }),
      ),
    ),
    ...section(
      'images',
      paper.images.flatMap((change): MarkedLine[] => {
        if (change.dots === undefined || change.dots === 0) {
          return changeLines(change, ({ widthDots: w, heightDots: h, x, y }) => {
            return `${w}×${h} at ${x},${y}`
          })
        }
        const { widthDots: w, heightDots: h, x, y } = change.after ?? { x: 0, y: 0 }
        return [['changed', `~ ${w}×${h} at ${x},${y}: ${change.dots} dots differ`]]
      }),
    ),
    ...section(
      'cuts',
      paper.cuts.flatMap((change) => changeLines(change, ({ mode, y }) => `${mode} at row ${y}`)),
    ),
    ...section(
      'drawer',
      paper.pulses.flatMap((change) =>
        changeLines(change, ({ pin, onMs, offMs }) => `pin ${pin}, ${onMs} ms on, ${offMs} ms off`),
      ),
    ),
  ]
}

function section(name: string, lines: readonly MarkedLine[]): MarkedLine[] {
  return lines.length === 0 ? [] : [['heading', name], ...lines]
}

function arrow({ before, after }: Change<number>): string {
  return `${before} → ${after}`
}

function changeLines<T>({ before, after }: Change<T>, say: (item: T) => string): MarkedLine[] {
  return [
    ...(before === undefined ? [] : [['removed', `- ${say(before)}`] as const]),
    ...(after === undefined ? [] : [['added', `+ ${say(after)}`] as const]),
  ]
}

function lineLine(line: LineChange): MarkedLine {
  const text = `"${line.text}"`
  switch (line.change) {
    case 'removed':
      return ['removed', `- ${text} at ${line.x},${line.y}`]
    case 'added':
      return ['added', `+ ${text} at ${line.x},${line.y}`]
    case 'restyled':
      return ['changed', `~ ${text} at ${line.x},${line.y}: ${line.what}`]
    case 'moved': {
      const { before, after, lines } = line
      const what = lines === 1 ? text : `${lines} lines from ${text} on`
      return ['changed', `> ${what}: ${way(after.x - before.x, after.y - before.y)}`]
    }
    default:
      return line satisfies never
  }
}

function way(dx: number, dy: number): string {
  const parts: string[] = []
  if (dy !== 0) parts.push(`${Math.abs(dy)} dots ${dy > 0 ? 'lower' : 'higher'}`)
  if (dx !== 0) parts.push(`${Math.abs(dx)} dots to the ${dx > 0 ? 'right' : 'left'}`)
  return parts.join(', ')
}

/** Lists the first ranges of rows, for example `24–53, 84`. */
export function rowRanges(rows: readonly (readonly [number, number])[]): string {
  const most = 6
  const shown = rows
    .slice(0, most)
    .map(([from, to]) => (to === from + 1 ? `${from}` : `${from}–${to - 1}`))
  return shown.join(', ') + (rows.length > most ? ` and ${rows.length - most} more runs` : '')
}
