/**
 * NV graphics and download graphics: pictures by key, in a memory of limited size. It is shared, because the machine
 * prints them and the device answers questions about them.
 */
import type { Command } from '../../encoders/escpos/commands/index.js'
import type { Bitmap } from '../../model/bitmap.js'
import { bitmapOfBmp } from './bmp.js'
import { bitmapOfColumns, bitmapOfRaster, keyOf } from './picture-bits.js'

/** Printers have some hundred kilobytes. */
const DEFAULT_BYTES = 8_000_000
/** Bytes of memory that the printer uses for a picture beside its data. */
const BOOKKEEPING_BYTES = 16
/** Of a few bytes each, as a hostile stream defines them. */
const MAX_PICTURES = 2000

interface Kept {
  readonly bitmap: Bitmap
  readonly bytes: number
}

export class GraphicsMemory {
  readonly capacityBytes: number
  /** How often it was written: NV memory wears out. */
  writes = 0
  readonly #kept = new Map<number, Kept>()

  constructor(capacityBytes: number = DEFAULT_BYTES) {
    this.capacityBytes = capacityBytes
  }

  /** Key codes as two characters. */
  get keys(): readonly string[] {
    return [...this.#kept.keys()].map((key) => String.fromCharCode(key >> 8, key & 0xff))
  }

  /** The pictures in memory, for comparisons. */
  get pictures(): readonly Bitmap[] {
    return [...this.#kept.values()].map(({ bitmap }) => bitmap)
  }

  get freeBytes(): number {
    let free = this.capacityBytes
    for (const { bytes } of this.#kept.values()) free -= bytes
    return free
  }

  find(key: number): Bitmap | undefined {
    return this.#kept.get(key)?.bitmap
  }

  /** Stores a picture. Returns false if there is no room, and the key then keeps its old picture. */
  store(key: number, bitmap: Bitmap, dataBytes: number): boolean {
    this.writes++
    const before = this.#kept.get(key)
    const bytes = dataBytes + BOOKKEEPING_BYTES
    if (bytes - (before?.bytes ?? 0) > this.freeBytes) return false
    if (before === undefined && this.#kept.size >= MAX_PICTURES) return false
    this.#kept.set(key, { bitmap, bytes })
    return true
  }

  delete(key: number): void {
    if (this.#kept.delete(key)) this.writes++
  }

  clear(): void {
    this.#kept.clear()
    this.writes++
  }
}

/**
 * Obeys a command that writes NV graphics. Returns undefined if the command is another one, and false if there is
 * no room or no picture in it.
 */
export function writeNvGraphics(memory: GraphicsMemory, command: Command): boolean | undefined {
  switch (command.kind) {
    case 'graphicsNvDefineRaster':
    case 'graphicsNvDefineRasterLong':
    case 'graphicsNvDefineColumn':
    case 'graphicsNvDefineColumnLong':
      return define(memory, command)
    case 'graphicsNvDelete':
      memory.delete(keyOf(command.kc1, command.kc2))
      return true
    case 'graphicsNvDeleteAll':
      memory.clear()
      return true
    case 'defineBmpGraphics':
      return command.fn === 67 ? defineBmp(memory, command) : undefined
    default:
      return undefined
  }
}

export interface DefineCommand {
  readonly kind: string
  readonly kc1: number
  readonly kc2: number
  readonly widthDots: number
  readonly heightDots: number
  readonly data: Uint8Array
}

/** Keeps the first plane only: it begins with its colour. */
export function define(memory: GraphicsMemory, command: DefineCommand): boolean {
  const { kind, kc1, kc2, widthDots, heightDots, data } = command
  const bitmapOf = kind.includes('Column') ? bitmapOfColumns : bitmapOfRaster
  return memory.store(
    keyOf(kc1, kc2),
    bitmapOf(widthDots, heightDots, data.subarray(1)),
    data.length,
  )
}

export function defineBmp(
  memory: GraphicsMemory,
  { kc1, kc2, data }: { readonly kc1: number; readonly kc2: number; readonly data: Uint8Array },
): boolean {
  const bitmap = bitmapOfBmp(data)
  return bitmap !== undefined && memory.store(keyOf(kc1, kc2), bitmap, data.length)
}
