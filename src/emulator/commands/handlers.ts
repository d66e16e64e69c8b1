/**
 * The shape of the handler tables: each handler is the effect of one command on the machine. A kind without a
 * handler does not compile.
 */
import type { Command, CommandKind } from '../../encoders/escpos/commands/index.js'
import type { Machine } from '../machine.js'

export type CommandOfKind<K extends CommandKind> = Extract<Command, { readonly kind: K }>

export type Handler<K extends CommandKind> = (
  machine: Machine,
  command: CommandOfKind<K>,
  offset: number,
) => void

export type Handlers<K extends CommandKind = CommandKind> = { readonly [Kind in K]: Handler<Kind> }

const nothing = () => {}

/** Handlers that do nothing: the virtual printer swallows these commands. */
export function swallow<const K extends CommandKind>(...kinds: readonly K[]): Handlers<K> {
  return Object.fromEntries(kinds.map((kind) => [kind, nothing])) as unknown as Handlers<K>
}

export function isSwallower(handler: unknown): boolean {
  return handler === nothing
}

/** Handlers that only count the answer that a printer would send. */
export function answer<const K extends CommandKind>(...kinds: readonly K[]): Handlers<K> {
  const count = (machine: Machine) => {
    machine.replies++
  }
  return Object.fromEntries(kinds.map((kind) => [kind, count])) as unknown as Handlers<K>
}
