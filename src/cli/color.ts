/** `--color`: whether the standard output gets colours, and a function that paints text. */

import { styleText } from 'node:util'
import { type Command, Option } from 'commander'

export interface ColorFlags {
  readonly color: 'auto' | 'always' | 'never'
}

/** Adds `--color`. */
export function withColor(command: Command): Command {
  const option = new Option('--color <when>', 'colours on a terminal, always or never')
  return command.addOption(option.choices(['auto', 'always', 'never']).default('auto'))
}

/** Whether to use colours. `auto` asks Node about the terminal, which obeys NO_COLOR, FORCE_COLOR and TERM. */
export function hasColor({ color }: ColorFlags): boolean {
  return (
    color === 'always' || (color === 'auto' && process.stdout.isTTY && process.stdout.hasColors())
  )
}

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** Returns a function that colours text, or one that leaves it as it is. */
export function painter(flags: ColorFlags): Paint {
  if (!hasColor(flags)) return (_style, text) => text
  return (style, text) => styleText(style, text, { validateStream: false })
}
