/** `-` in place of a file: the standard input for a file that is read, the standard output for one that is written. */

import type { Command } from 'commander'
import { inputError } from './fail.js'

export const STREAM = '-'

/** Options that name a file to read; `--text` of `vouchers show` is a flag, and never `-`. */
const READ = [
  'data',
  'partials',
  'logos',
  'profile',
  'base',
  'answers',
  'template',
  'text',
  'host',
  'charged',
  'pinFile',
  'passwordFile',
]
const WRITTEN = ['output', 'png', 'svg', 'paper']
/** Options whose file is locked, or read again after it was written, so that it cannot be a stream. */
const REAL_FILES = ['journal', 'store', 'keyFile', 'record', 'out', 'backup']

/**
 * Checks before a command begins that the standard input and output are each used at most once.
 *
 * @throws XiaopiaoError `STDIN_TWICE`, `STDOUT_TWICE`, `FILE_NEEDED`
 */
export function checkStreams(command: Command): void {
  const options = command.opts<Readonly<Record<string, unknown>>>()
  const named = (names: readonly string[]) => {
    return names.filter((name) => options[name] === STREAM).map((name) => flagOf(command, name))
  }
  const [real] = named(REAL_FILES)
  if (real !== undefined) {
    throw inputError('FILE_NEEDED', `${real} cannot be a stream`, 'name a file, which is kept')
  }
  const read = [
    ...command.args.filter((word) => word === STREAM).map(() => 'the file'),
    ...named(READ),
  ]
  if (read.length > 1) {
    const message = `the standard input holds one file, and is asked for ${read.join(' and ')}`
    throw inputError('STDIN_TWICE', message, 'name a file for all of them but one')
  }
  const written = named(WRITTEN)
  const told = ['json', 'text', 'listing'].filter((name) => options[name] === true)
  const all = [...written, ...told.map((name) => `--${name}`)]
  if (written.length > 0 && all.length > 1) {
    const message = `the standard output takes one thing, and is asked for ${all.join(' and ')}`
    throw inputError('STDOUT_TWICE', message, 'name a file for all of them but one')
  }
}

function flagOf(command: Command, name: string): string {
  return command.options.find((option) => option.attributeName() === name)?.long ?? name
}

/** Returns the name of a file for messages. */
export function shownPath(path: string): string {
  return path === STREAM ? 'the standard input' : path
}

export async function readStdin(): Promise<Uint8Array> {
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Resolves when the content has been written; a pipe accepts it only as fast as its reader reads. */
export function writeStdout(content: Uint8Array | string): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(content, (error) => (error ? reject(error) : resolve()))
  })
}
