/** The destination of lowered commands: a list, or bytes at once, which needs an object for few of them. */

import { cellBytes, writePlainCells } from '../../charsets/cell-bytes.js'
import type { PlainCells } from '../../model/cells.js'
import { encodeCommand, sizeOfCommand, writeCommand } from './codec.js'
import type { Command, CommandKind, CommandOut, RasterMark } from './commands/index.js'

// Most of what a receipt is made of goes by these five, which need no command where bytes are written.

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
  // A number that does not fit the field gets the table's error.
  if (out instanceof ByteOut && x === (x & 0xffff)) out.pushMoveTo(x)
  else out.push({ kind: 'moveTo', x })
}

/** Commands that end in their only field, a byte. */
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

/** The bytes before the field. */
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
/** A larger one is left to the collector. */
const MOST_SPARE_BYTES = 1 << 20
/** The memory of the last receipt, which serves the next: to allocate it took as long as writing it. */
let spare: Uint8Array | undefined

function takeSpare(): Uint8Array {
  const bytes = spare ?? new Uint8Array(FIRST_BYTES)
  spare = undefined
  return bytes
}

/** Grows by doubling, so that writing is linear. */
export class ByteOut implements CommandOut {
  readonly rasters: RasterMark[] = []
  #bytes = takeSpare()
  #at = 0
  #count = 0

  /** Bytes so far. */
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

  /** The bytes so far, in an array of their length. Those that are pushed after this are counted from 0. */
  take(): Uint8Array {
    const bytes = this.#bytes.slice(0, this.#at)
    this.#at = 0
    this.rasters.length = 0
    return bytes
  }

  /** The bytes, in an array of their length. Do not push after this. */
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
