/** One table of all commands' handlers, and the step that runs one command. */
import type { Command, CommandKind } from '../encoders/escpos/commands/index.js'
import { breakPending } from './characters.js'
import { deviceCommands } from './device-commands.js'
import { type Handler, type Handlers, isSwallower, swallow } from './handlers.js'
import type { Machine } from './machine.js'
import { pictureCommands } from './picture-commands.js'
import { positionCommands } from './position-commands.js'
import { settingsKinds } from './settings-kinds.js'
import { symbolCommands } from './symbol-commands.js'
import { textCommands } from './text-commands.js'

const tables = {
  text: textCommands,
  position: positionCommands,
  picture: pictureCommands,
  symbol: symbolCommands,
  device: deviceCommands,
  settings: swallow(...settingsKinds),
} as const

const handlers: Handlers = {
  ...tables.text,
  ...tables.position,
  ...tables.picture,
  ...tables.symbol,
  ...tables.device,
  ...tables.settings,
}

/** The table that a command's handler stands in. */
export function handlerTable(kind: CommandKind): keyof typeof tables {
  const names = Object.keys(tables) as (keyof typeof tables)[]
  return names.findLast((name) => kind in tables[name]) ?? 'settings'
}

/** Whether the command does nothing here: it writes settings, or works on what this printer has not. */
export function isSwallowed(kind: CommandKind): boolean {
  return isSwallower(handlers[kind])
}

/** Does what the command says. Never throws on a command that the decoder made. */
export function execute(machine: Machine, command: Command, offset: number): void {
  // Any command but text ends a character that lacks its second byte.
  if (command.kind !== 'text') breakPending(machine)
  const handler = handlers[command.kind] as Handler<CommandKind>
  handler(machine, command as never, offset)
}
