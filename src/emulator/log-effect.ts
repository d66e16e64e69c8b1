/** The marks that effects leave in the log of the paper. */
import type { Effect, MacroFate } from './effect.js'
import type { Sheet } from './sheet.js'

const MACRO_NOTES = {
  dropped: ['MACRO_DROPPED', 'GS ^ in a definition ends it, and the macro is gone'],
  missing: ['MACRO_MISSING', 'GS ^ runs a macro, and none is defined'],
  waits: ['MACRO_WAITS', 'the printer waits for the feed button before each run of the macro'],
  stopped: ['MACRO_STOPPED', 'the virtual printer runs no more of this macro'],
} as const satisfies Record<MacroFate, readonly [code: string, message: string]>

/** Writes into the log of the paper what a reader of the paper should know of the effect. */
export function logEffect(effect: Effect, paper: Sheet, offset: number): void {
  switch (effect.kind) {
    case 'pulse': {
      const { pin, onMs, offMs } = effect
      paper.log.pulses.push({ pin, onMs, offMs, offset })
      return
    }
    case 'unknown': {
      const { bytes, reason } = effect
      paper.log.unknown.push({ offset, bytes, reason })
      return
    }
    case 'nv-write':
      if (!effect.isKept) paper.note('PICTURE_NOT_KEPT', 'the memory of graphics is full', offset)
      return
    case 'macro': {
      const [code, message] = MACRO_NOTES[effect.fate]
      paper.note(code, message, offset)
      return
    }
  }
}

/** Whether printers answer the effect, because the paper counts their answers. */
export function isAnswered(effect: Effect): boolean {
  switch (effect.kind) {
    case 'status-asked':
    case 'identity-asked':
      return true
    case 'auto-status':
      return effect.groups !== 0
    default:
      return false
  }
}
