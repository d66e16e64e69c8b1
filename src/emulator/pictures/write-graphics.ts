/** The commands that put pictures into the printer's memory of graphics, or take them out of it. */
import type { Command } from '../../encoders/escpos/commands/index.js'
import { bitmapOfBmp } from './bmp.js'
import type { GraphicsMemory } from './graphics-memory.js'
import { bitmapOfColumns, bitmapOfRaster, keyOf } from './picture-bits.js'

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

/** Stores the first plane of a picture, without the byte of its colour. Other planes are not kept. */
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
