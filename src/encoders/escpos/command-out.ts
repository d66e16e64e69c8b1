/** The destination of lowered commands: a list of commands, or a buffer of bytes, for which most commands need no object. */

import { cellBytes, writePlainCells } from '../../charsets/cell-bytes.js'
import type { PlainCells } from '../../model/cells.js'
import { encodeCommand, sizeOfCommand, writeCommand } from './codec.js'
import type { Command, CommandKind, CommandOut, RasterMark } from './commands/index.js'

// Most of a receipt is pushed by the next five functions, because they write into a `ByteOut` without making command objects.

export function pushPlainText(cells: PlainCells, out: CommandOut): void {
  if (cells.length === 0) return
  if (out instanceof ByteOut) out.pushPlain(cells)
  else out.push({ kind: 'text', bytes: cellBytes(cells) })
}

export function pushBlanks(count: number, out: CommandOut): void {
  if (out instanceof ByteOut) out.pushBlanks(count)
  else out.push({ kind: 'text', bytes: new Uint8Array(count).fill(BLANK) })
}

export function pushLineFeed(out: CommandOut): void {
  if (out instanceof ByteOut) out.pushLineFeed()
  else out.push({ kind: 'lineFeed' })
}

export function pushMoveTo(x: number, out: CommandOut): void {
  // A number that does not fit the field is pushed as a command, because encoding that by the table throws the error.
  if (out instanceof ByteOut && x === (x & 0xffff)) out.pushMoveTo(x)
  else out.push({ kind: 'moveTo', x })
}

/** Commands with a single field, which is their last byte. */
export type ByteCommand =
  | 'font'
  | 'characterSize'
  | 'printMode'
  | 'hanziStyle'
  | 'emphasis'
  | 'doubleStrike'
  | 'characterSpacing'
  | 'underline'
  | 'hanziUnderline'
  | 'inverse'
  | 'codePage'
  | 'lineSpacing'
  | 'feedDots'

export function pushByte(kind: ByteCommand, n: number, out: CommandOut): void {
  if (out instanceof ByteOut && n === (n & 0xff)) out.pushByte(kind, n)
  else out.push({ kind, n })
}

/** The bytes of each command before its field. */
const heads = new Map<CommandKind, Uint8Array>()

function headOf(kind: ByteCommand): Uint8Array {
  let head = heads.get(kind)
  if (head === undefined) {
    head = encodeCommand({ kind, n: 0 }).slice(0, -1)
    heads.set(kind, head)
  }
  return head
}

const BLANK = 0x20

const FIRST_BYTES = 16_384
/** A larger buffer is not kept for the next receipt. */
const MOST_SPARE_BYTES = 1 << 20
/** The buffer of the last receipt, kept for the next one because allocating it took as long as writing a receipt. */
let spare: Uint8Array | undefined

function takeSpare(): Uint8Array {
  const bytes = spare ?? new Uint8Array(FIRST_BYTES)
  spare = undefined
  return bytes
}

/** Writes commands as bytes into one buffer, which doubles when it is full, so that writing takes linear time. */
export class ByteOut implements CommandOut {
  readonly rasters: RasterMark[] = []
  #bytes = takeSpare()
  #at = 0
  #count = 0

  /** Number of bytes written since the start or the last `take()`. */
  get at(): number {
    return this.#at
  }

  push(...commands: readonly Command[]): void {
    for (const command of commands) {
      this.#makeRoom(sizeOfCommand(command, this.#count++))
      this.#at = writeCommand(command, this.#bytes, this.#at)
      if (command.kind === 'raster') {
        // Bit 1 of m doubles the height.
        const rows = (command.m & 2) === 0 ? command.rows : command.rows * 2
        this.rasters.push({ end: this.#at, rows })
      }
    }
  }

  pushPlain(cells: PlainCells): void {
    this.#makeRoom(cells.length + cells.wide)
    this.#at = writePlainCells(cells, this.#bytes, this.#at)
    this.#count++
  }

  pushBlanks(count: number): void {
    this.#makeRoom(count)
    const bytes = this.#bytes
    for (let i = 0; i < count; i++) bytes[this.#at++] = BLANK
    this.#count++
  }

  pushLineFeed(): void {
    this.#makeRoom(1)
    this.#bytes[this.#at++] = 0x0a
    this.#count++
  }

  pushByte(kind: ByteCommand, n: number): void {
    const head = headOf(kind)
    this.#makeRoom(head.length + 1)
    for (let i = 0; i < head.length; i++) this.#bytes[this.#at++] = head[i] as number
    this.#bytes[this.#at++] = n
    this.#count++
  }

  /** `ESC $` */
  pushMoveTo(x: number): void {
    this.#makeRoom(4)
    const bytes = this.#bytes
    const at = this.#at
    bytes[at] = 0x1b
    bytes[at + 1] = 0x24
    bytes[at + 2] = x & 0xff
    bytes[at + 3] = x >> 8
    this.#at = at + 4
    this.#count++
  }

  /** Returns a copy of the bytes written so far and empties the buffer, so that later bytes are counted from 0. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at)
    this.#at = 0
    this.rasters.length = 0
    return bytes
  }

  /** Returns a copy of the bytes and leaves the buffer to the next receipt. Do not push after this. */
  finish(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at)
    if (this.#bytes.length <= MOST_SPARE_BYTES) spare = this.#bytes
    this.#bytes = new Uint8Array(0)
    this.#at = 0
    return bytes
  }

  #makeRoom(size: number): void {
    const needed = this.#at + size
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, needed))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}
