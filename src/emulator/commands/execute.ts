/** One table of all commands' handlers, and the step that runs one command. */
import { decodeAll, encodeCommand, sizeOfCommand } from '../../encoders/escpos/codec.js'
import type { Command, CommandKind } from '../../encoders/escpos/commands/index.js'
import { realtimeAt } from '../../encoders/escpos/realtime.js'
import type { Machine } from '../machine.js'
import { noteLanguage } from '../other-languages.js'
import { pageLines } from '../page-mode/page-lines.js'
import { MAX_ROWS } from '../sheet.js'
import { breakPending, putBytes } from '../text/characters.js'
import { sunmiCommands } from '../text/sunmi.js'
import { barcodeCommands } from './barcode-commands.js'
import { compositeCommands } from './composite-commands.js'
import { nvCommands, quietCommands } from './control-commands.js'
import { counterCommands } from './counter-commands.js'
import { deviceCommands, makeDueCuts } from './device-commands.js'
import { type Handler, type Handlers, isSwallower, swallow } from './handlers.js'
import { macroCommands } from './macro-commands.js'
import { pictureCommands } from './picture-commands.js'
import { positionCommands } from './position-commands.js'
import { settingsKinds } from './settings-kinds.js'
import { symbolCommands } from './symbol-commands.js'
import { textCommands } from './text-commands.js'

/** The tables of handlers. */
export type HandlerTable = 'text' | 'position' | 'picture' | 'symbol' | 'device' | 'settings'

const tables = {
  text: { ...textCommands, ...counterCommands, ...sunmiCommands },
  position: { ...positionCommands, ...pageLines },
  picture: { ...pictureCommands, ...nvCommands },
  symbol: { ...symbolCommands, ...compositeCommands, ...barcodeCommands(runBytes) },
  device: { ...deviceCommands, ...macroCommands<Machine>(runBytes, isPaperFull) },
  settings: { ...swallow(...settingsKinds), ...quietCommands },
} satisfies Record<HandlerTable, Partial<Handlers>>

const handlers: Handlers = {
  ...tables.text,
  ...tables.position,
  ...tables.picture,
  ...tables.symbol,
  ...tables.device,
  ...tables.settings,
}

/** The table that has a command's handler. */
export function handlerTable(kind: CommandKind): HandlerTable {
  const names = Object.keys(tables) as HandlerTable[]
  return names.findLast((name) => kind in tables[name]) ?? 'settings'
}

/** Whether the command does not touch the paper: it asks, writes settings, or needs something that this printer lacks. */
export function isSwallowed(kind: CommandKind): boolean {
  return isSwallower(handlers[kind]) || kind in quietCommands
}

/** Does what the command says. Never throws on a command that the decoder made. */
export function execute(machine: Machine, command: Command, offset: number): void {
  machine.macro.record(command, encodeCommand)
  // Any command but text ends a character that lacks its second byte.
  if (command.kind !== 'text') breakPending(machine)
  const handler = handlers[command.kind] as Handler<CommandKind>
  handler(machine, command as never, offset)
  makeDueCuts(machine)
  noteRealtime(machine, command, offset)
  noteLanguage(machine, command, offset)
}

/** Executes the bytes of a macro, or data that the printer reads as commands. Both have the offset of the command that held them. */
function runBytes(machine: Machine, bytes: Uint8Array, offset: number): void {
  for (const { command } of decodeAll(bytes)) {
    if (command.kind === 'text') {
      for (const byte of command.bytes) putBytes(machine, Uint8Array.of(byte), offset)
      continue
    }
    breakPending(machine)
    const handler = handlers[command.kind] as Handler<CommandKind>
    handler(machine, command as never, offset)
    makeDueCuts(machine)
  }
}

function isPaperFull({ paper }: Machine): boolean {
  return paper.headRow >= MAX_ROWS
}

/** Notes a real-time request inside data, because printers obey it and still read the same bytes as data. */
function noteRealtime(machine: Machine, command: Command, offset: number): void {
  if (command.kind === 'text' || !('data' in command)) return
  const { data } = command
  const at = realtimeAt(data)
  if (at < 0) return
  const start = offset + sizeOfCommand(command, 0) - data.length
  const message = 'the data hold a real-time request, which printers obey at once'
  machine.paper.note('REALTIME_IN_DATA', message, start + at)
}
