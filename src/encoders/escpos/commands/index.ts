/** The ESC/POS command table: the one description of every command. `Command` is inferred from it. */

import type { CommandOf, Spec } from '../fields.js'
import { characterCommands } from './character.js'
import { chineseCommands } from './chinese.js'
import { controlCommands } from './controls.js'
import { drawerBuzzerCommands } from './drawer-buzzer.js'
import { imageCommands } from './images.js'
import { pageModeCommands } from './page-mode.js'
import { paperCommands } from './paper.js'
import { positionCommands } from './position.js'
import { settingsCommands } from './settings.js'
import { statusCommands } from './status.js'
import { symbolCommands } from './symbols.js'
import { vendorCommands } from './vendor.js'

const table = [
  ...controlCommands,
  ...characterCommands,
  ...positionCommands,
  ...chineseCommands,
  ...imageCommands,
  ...symbolCommands,
  ...paperCommands,
  ...drawerBuzzerCommands,
  ...statusCommands,
  ...pageModeCommands,
  ...settingsCommands,
  ...vendorCommands,
] as const

export const commandTable: readonly Spec[] = table

/** Bytes from 20 hex up in the printer's charset. Successive text commands are one run, because a character may span them. */
export interface TextCommand {
  readonly kind: 'text'
  readonly bytes: Uint8Array
}

/** Bytes that the table does not describe, kept unchanged. */
export interface UnknownCommand {
  readonly kind: 'unknown'
  readonly bytes: Uint8Array
  readonly reason: string
}

export type TableCommand = CommandOf<(typeof table)[number]>

/** Every command of the language. Numbers are as sent: `align` with n = 48 is not n = 0. */
export type Command = TableCommand | TextCommand | UnknownCommand
export type CommandKind = Command['kind']

/** A receiver of commands, such as a list of them. */
export interface CommandOut {
  push(...commands: readonly Command[]): unknown
}

/** A band of a picture in the bytes of commands: its bytes end at `end`, and it moves the paper by `rows` dots. */
export interface RasterMark {
  readonly end: number
  readonly rows: number
}

const byKind = new Map<string, Spec>(commandTable.map((spec) => [spec.kind, spec]))

/**
 * Returns the table's entry for a kind; undefined for `text` and `unknown`.
 *
 * @example
 * specOf('cut')?.mnemonic // 'GS V'
 */
export function specOf(kind: CommandKind): Spec | undefined {
  return byKind.get(kind)
}
