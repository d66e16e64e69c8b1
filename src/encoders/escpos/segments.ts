/** Cuts a job into segments of a few centimetres, each of which the printer can confirm, and finds the modes to continue in. */

import type { Segment } from '../../model/print-job.js'
import type { Block, Strip } from '../../model/strip.js'
import { decodeAll, encodeCommands } from './codec.js'
import type { CommandKind, RasterMark } from './commands/index.js'

export interface SegmentLimits {
  /** Number of bytes after which a segment ends at the next possible place. Default 1024. */
  readonly bytes?: number
  /** Dots of paper after which a segment ends at the next possible place. Default 240, which is 3 cm at 203 dpi. */
  readonly dots?: number
}

/** Places in the bytes of a strip where the line buffer is empty. */
export interface BytePlaces {
  /** For each block of the strip the offset of its first byte. */
  readonly blockStarts: readonly number[]
  /** The bands of pictures, in order. */
  readonly rasters: readonly RasterMark[]
}

/**
 * Splits `length` bytes into segments. They are cut at the beginning of blocks and between the bands of a picture,
 * because the line buffer is empty there. A cut of the paper and a drawer pulse are separate segments.
 */
export function segmentBytes(
  length: number,
  strip: Strip,
  { blockStarts, rasters }: BytePlaces,
  { bytes = 1024, dots = 240 }: SegmentLimits = {},
): Segment[] {
  const segments: Segment[] = []
  let open: Open | undefined
  let at = blockStarts[0] ?? length
  let line = 0
  let nextRaster = 0
  const close = () => {
    if (open !== undefined && at > open.from) segments.push({ ...open.rest, ...spanOf(open, at) })
    open = undefined
  }
  const begin = (from: number, kind: Segment['kind'] = 'print') => {
    open ??= { from, dots: 0, firstLine: line + 1, lastLine: line, paths: [], rest: { kind } }
    return open
  }

  begin(0)
  for (const [index, block] of strip.blocks.entries()) {
    const end = blockStarts[index + 1] ?? length
    const alone = block.kind === 'cut' || block.kind === 'pulse'
    if (alone) close()
    const path = pathOfPrinted(block)
    if (path !== undefined) line++
    begin(at, block.kind === 'pulse' ? 'pulse' : 'print')
    while (at < end) {
      const segment = begin(at)
      if (path !== undefined) hold(segment, line, path)
      const raster = rasters[nextRaster]
      if (raster === undefined || raster.end > end) {
        at = end
        continue
      }
      nextRaster++
      at = raster.end
      segment.dots += raster.rows
      if (at < end && isFull(segment, at, bytes, dots)) close()
    }
    if (open !== undefined) {
      if (block.kind === 'line' || block.kind === 'feed' || block.kind === 'symbol') {
        open.dots += block.heightDots
      }
      if (alone || isFull(open, at, bytes, dots)) close()
    }
  }
  close()
  return segments
}

interface Open {
  readonly from: number
  dots: number
  firstLine: number
  lastLine: number
  readonly paths: string[]
  readonly rest: Pick<Segment, 'kind'>
}

function spanOf({ from, firstLine, lastLine, paths }: Open, to: number): Omit<Segment, 'kind'> {
  return { from, to, firstLine, lastLine, paths }
}

function hold(segment: Open, line: number, path: string): void {
  if (segment.lastLine < segment.firstLine) segment.firstLine = line
  segment.lastLine = line
  if (segment.paths.at(-1) !== path) segment.paths.push(path)
}

function isFull(segment: Open, at: number, bytes: number, dots: number): boolean {
  return at - segment.from >= bytes || segment.dots >= dots
}

/** The path of a block that prints; feeds, cuts and pulses do not count as lines. */
function pathOfPrinted(block: Block): string | undefined {
  switch (block.kind) {
    case 'line':
    case 'image':
    case 'symbol':
    case 'row':
      return block.path
    case 'feed':
    case 'cut':
    case 'pulse':
    case 'device':
      return undefined
    default:
      block satisfies never
      return undefined
  }
}

/** The commands that set lasting modes. All others print, move, cut or store, and must not be sent twice. */
const LASTING: ReadonlySet<CommandKind> = new Set([
  'initialize',
  'country',
  'codeSystem',
  'characterEncoding',
  'motionUnits',
  'chineseModeOn',
  'chineseModeOff',
  'codePage',
  'lineSpacing',
  'font',
  'characterSize',
  'printMode',
  'hanziStyle',
  'emphasis',
  'doubleStrike',
  'characterSpacing',
  'hanziSpacing',
  'underline',
  'hanziUnderline',
  'inverse',
  'align',
  'leftMargin',
  'pageMode',
] as const)

/** Returns the bytes that bring a printer from power-on into the modes that it has after `bytes`, without printing. */
export function modesAfter(bytes: Uint8Array): Uint8Array {
  const commands = decodeAll(bytes).map(({ command }) => command)
  return encodeCommands(
    commands.flatMap((command) => {
      // The page is left instead of printed again. It is entered because some modes differ between page and standard mode.
      if (command.kind === 'formFeed') return [{ kind: 'standardMode' }]
      return LASTING.has(command.kind) ? [command] : []
    }),
  )
}
