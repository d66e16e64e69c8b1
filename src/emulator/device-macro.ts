/** The macro that a virtual device keeps while it is on: what GS ^ executes again. */

import type { Command } from '../encoders/escpos/commands/index.js'

export class DeviceMacro {
  #commands: readonly Command[] = []
  #defining: Command[] | undefined

  /** GS : begins a definition, and ends it. */
  define(): void {
    if (this.#defining !== undefined) this.#commands = this.#defining
    this.#defining = this.#defining === undefined ? [] : undefined
  }

  /** A command is executed: in a definition it becomes part of it. */
  record(command: Command): void {
    if (command.kind !== 'macroDefine') this.#defining?.push(command)
  }

  /** What GS ^ executes. In the middle of a definition it clears both. */
  *run(times: number): Iterable<Command> {
    if (this.#defining !== undefined) this.#commands = []
    this.#defining = undefined
    for (let i = 0; i < times; i++) yield* this.#commands
  }
}
