/** Macros: `GS :` records what is printed, `GS ^` prints it again. */
import { encodeCommand } from '../encoders/escpos/codec.js'
import type { Command } from '../encoders/escpos/commands/index.js'
import type { Handlers } from './handlers.js'
import type { Machine } from './machine.js'
import { maximumRows } from './sheet.js'

/** Outlives `ESC @` (TM-T88III specification p. 121). */
export interface Macro {
  /** The bytes so far, while a macro is being defined. */
  recording: number[] | undefined
  /** None is an empty one. */
  bytes: Uint8Array
  running: boolean
  /** Bytes that were run. */
  ran: number
}

/** More than this is not stored (TM-T88III specification p. 121). */
const longestMacro = 2048

/**
 * What macros print is held to a multiple of the stream: five bytes run up to half a megabyte, and a hostile stream would
 * never end.
 */
const mostBytes = 600_000
const bytesPerByte = 10

export function powerOnMacro(): Macro {
  return { recording: undefined, bytes: new Uint8Array(0), running: false, ran: 0 }
}

/** Keeps the command where a macro is being defined; it is printed all the same. */
export function recordCommand({ macro }: Machine, command: Command): void {
  const { recording } = macro
  if (recording === undefined || recording.length >= longestMacro) return
  if (command.kind === 'macroDefine' || command.kind === 'macroRun') return
  recording.push(...encodeCommand(command).subarray(0, longestMacro - recording.length))
}

/** `run` executes bytes as if they came now; what they print has the offset of the command that runs them. */
export function macroCommands(
  run: (machine: Machine, bytes: Uint8Array, offset: number) => void,
): Pick<Handlers, 'macroDefine' | 'macroRun'> {
  return {
    macroDefine: ({ macro }) => {
      if (macro.running) return
      if (macro.recording === undefined) macro.recording = []
      else {
        macro.bytes = Uint8Array.from(macro.recording)
        macro.recording = undefined
      }
    },
    macroRun: (machine, { times, m }, offset) => {
      const { macro, paper } = machine
      if (macro.running) return
      if (macro.recording !== undefined) {
        macro.recording = undefined
        macro.bytes = new Uint8Array(0)
        paper.note('MACRO_DROPPED', 'GS ^ in a definition ends it, and the macro is gone', offset)
        return
      }
      if (macro.bytes.length === 0) {
        paper.note('MACRO_MISSING', 'GS ^ runs a macro, and none is defined', offset)
        return
      }
      if ((m & 1) === 1) {
        const message = 'The printer waits for the feed button before each run of the macro'
        paper.note('MACRO_WAITS', message, offset)
      }
      macro.running = true
      for (let time = 0; time < times; time++) {
        macro.ran += macro.bytes.length
        const allowed = macro.ran <= mostBytes + bytesPerByte * offset
        if (!allowed || paper.headRow >= maximumRows) {
          macro.ran -= macro.bytes.length
          paper.note('MACRO_STOPPED', 'The virtual printer runs no more of this macro', offset)
          break
        }
        run(machine, macro.bytes, offset)
      }
      macro.running = false
    },
  }
}
