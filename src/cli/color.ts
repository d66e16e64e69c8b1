/** `--color`: whether stdout gets colours, and which a listing has. */

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

/** `auto` asks the terminal, which knows NO_COLOR, FORCE_COLOR and TERM. */
export function hasColor({ color }: ColorFlags): boolean {
  return (
    color === 'always' || (color === 'auto' && process.stdout.isTTY && process.stdout.hasColors())
  )
}

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string

/** Colours, or leaves all as it is. */
export function painter(flags: ColorFlags): Paint {
  if (!hasColor(flags)) return (_style, text) => text
  return (style, text) => styleText(style, text, { validateStream: false })
}
