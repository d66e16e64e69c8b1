/** The commands of macros, and the running of one. */

import type { Command } from '../../encoders/escpos/commands/index.js'
import type { Control } from '../control.js'

type MacroRun = Extract<Command, { readonly kind: 'macroRun' }>

/**
 * Makes the handlers of macros. `run` executes the bytes of a macro; what they print has the offset of the command that runs it.
 * `isFull` says whether the paper has ended, because a macro then stops.
 */
export function macroCommands<C extends Control>(
  run: (control: C, bytes: Uint8Array, offset: number) => void,
  isFull: (control: C) => boolean = () => false,
) {
  return {
    macroDefine: ({ macro }: C) => macro.define(),
    macroRun: (control: C, { times, m }: MacroRun, offset: number) => {
      const { macro, report } = control
      const fate = macro.begin()
      if (fate === 'running') return
      if (fate !== 'ready') {
        report({ kind: 'macro', fate }, offset)
        return
      }
      if ((m & 1) === 1) report({ kind: 'macro', fate: 'waits' }, offset)
      for (let time = 0; time < times; time++) {
        if (isFull(control) || !macro.mayRun(offset)) {
          report({ kind: 'macro', fate: 'stopped' }, offset)
          break
        }
        run(control, macro.bytes, offset)
      }
      macro.end()
    },
  }
}
