/** One table of all commands' handlers, and the step that runs one command. */
import type { Command, CommandKind } from '../encoders/escpos/commands/index.js'
import { breakPending } from './characters.js'
import { deviceCommands } from './device-commands.js'
import { type Handler, type Handlers, swallow } from './handlers.js'
import type { Machine } from './machine.js'
import { pictureCommands } from './picture-commands.js'
import { positionCommands } from './position-commands.js'
import { settingsKinds } from './settings-kinds.js'
import { symbolCommands } from './symbol-commands.js'
import { textCommands } from './text-commands.js'

const handlers: Handlers = {
  ...textCommands,
  ...positionCommands,
  ...pictureCommands,
  ...symbolCommands,
  ...deviceCommands,
  ...swallow(...settingsKinds),
}

/** Does what the command says. Never throws on a command that the decoder made. */
export function execute(machine: Machine, command: Command, offset: number): void {
  // Any command but text ends a character that lacks its second byte.
  if (command.kind !== 'text') breakPending(machine)
  const handler = handlers[command.kind] as Handler<CommandKind>
  handler(machine, command as never, offset)
}
