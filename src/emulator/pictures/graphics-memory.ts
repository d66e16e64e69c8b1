/**
 * NV graphics and download graphics: pictures by key, in a memory of limited size. It is shared, because the machine
 * prints them and the device answers questions about them.
 */
import type { Bitmap } from '../../model/bitmap.js'

/** Default capacity; printers have some hundred kilobytes. */
const DEFAULT_BYTES = 8_000_000
/** Bytes of memory that the printer uses for a picture beside its data. */
const BOOKKEEPING_BYTES = 16
/** Most pictures that are kept, because a hostile stream may define very many of a few bytes each. */
const MAX_PICTURES = 2000

interface Kept {
  readonly bitmap: Bitmap
  readonly bytes: number
}

export class GraphicsMemory {
  readonly capacityBytes: number
  /** Number of writes, which is counted because NV memory wears out. */
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
