/** The commands of macros, and the printing of one. */

import type { Machine } from '../machine.js'
import { MAX_ROWS } from '../sheet.js'
import type { Handlers } from './handlers.js'

/** `run` executes bytes as if they came now; what they print has the offset of the command that runs them. */
export function macroCommands(
  run: (machine: Machine, bytes: Uint8Array, offset: number) => void,
): Pick<Handlers, 'macroDefine' | 'macroRun'> {
  return {
    macroDefine: ({ macro }) => macro.define(),
    macroRun: (machine, { times, m }, offset) => {
      const { macro, paper } = machine
      switch (macro.begin()) {
        case 'running':
          return
        case 'dropped':
          paper.note('MACRO_DROPPED', 'GS ^ in a definition ends it, and the macro is gone', offset)
          return
        case 'missing':
          paper.note('MACRO_MISSING', 'GS ^ runs a macro, and none is defined', offset)
          return
        case 'ready':
      }
      if ((m & 1) === 1) {
        const message = 'the printer waits for the feed button before each run of the macro'
        paper.note('MACRO_WAITS', message, offset)
      }
      for (let time = 0; time < times; time++) {
        if (paper.headRow >= MAX_ROWS || !macro.mayRun(offset)) {
          paper.note('MACRO_STOPPED', 'the virtual printer runs no more of this macro', offset)
          break
        }
        run(machine, macro.bytes, offset)
      }
      macro.end()
    },
  }
}
