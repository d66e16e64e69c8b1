import type { Command } from '../../src/encoders/escpos/commands/index.js'
import type { Bitmap } from '../../src/model/bitmap.js'

export type DotMark = 'start' | 'end' | 'again'

export function markCommand(what: DotMark, number?: number): Command
export function marksOnDots(bitmap: Bitmap): readonly (readonly [DotMark, number])[]
