/** Reads passwords of backups from a file, the environment or the screen, but never from an argument, which other users can see. */

import type { Command } from 'commander'
import { inputError } from '../fail.js'
import { readBytes } from '../input.js'
import { askSilently } from './pins.js'

export interface PasswordFlags {
  readonly passwordFile?: string
  readonly encrypt?: boolean
}

const VARIABLE = 'XIAOPIAO_BACKUP_PASSWORD'

/** Adds `--password-file`. */
export function withPassword(command: Command): Command {
  return command.option(
    '--password-file <file>',
    `the password, a line of a file; default: the environment variable ${VARIABLE}`,
  )
}

/** Reads the password of a new backup; undefined if it is not encrypted. It is asked for twice, because it is typed without echo. */
export async function newPassword(flags: PasswordFlags): Promise<string | undefined> {
  const given = await givenPassword(flags)
  if (given !== undefined || flags.encrypt !== true) return given
  const [password, again] = await askSilently(['password', 'password, again'], missing)
  if (password === again) return password
  throw inputError(
    'PASSWORD_MISSING',
    'the two passwords differ',
    'type the same one twice',
    'password',
  )
}

/** Does the work with the password of the flags. If there is none and the backup needs one, it asks for it and tries again. */
export async function withPasswordOf<T>(
  flags: PasswordFlags,
  work: (password: { readonly password?: string }) => Promise<T>,
): Promise<T> {
  const given = await givenPassword(flags)
  if (given !== undefined) return work({ password: given })
  try {
    return await work({})
  } catch (error) {
    const { code } = (error ?? {}) as { readonly code?: unknown }
    if (code !== 'BACKUP_PASSWORD' || !process.stdin.isTTY) throw error
    const [password] = await askSilently(['password of the backup'], missing)
    return work({ password: password as string })
  }
}

async function givenPassword({ passwordFile }: PasswordFlags): Promise<string | undefined> {
  if (passwordFile === undefined) {
    const variable = process.env[VARIABLE] ?? ''
    return variable === '' ? undefined : variable
  }
  const text = new TextDecoder().decode(await readBytes(passwordFile))
  const [line = ''] = text.split(/\r?\n/)
  if (line !== '') return line
  throw inputError(
    'PASSWORD_MISSING',
    'the file of the password has no first line',
    'write the password on its first line',
    'passwordFile',
  )
}

function missing(): Error {
  return inputError(
    'PASSWORD_MISSING',
    'there is no screen to ask for a password',
    `give --password-file FILE, or set ${VARIABLE}`,
    'passwordFile',
  )
}
