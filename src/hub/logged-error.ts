/** An error without the data of slips, for the log, because PostgreSQL quotes rows and values in its messages. */

import { isError } from '../model/realms.js'

/** Fields of an error that name things in the database and never quote a value. */
const NAMES = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const
/** PostgreSQL's messages of these classes quote the value that was wrong. */
const QUOTING = /^(22|23|P0)/

export function loggedError(error: unknown): object {
  if (!isError(error)) return { type: typeof error }
  const fields = error as Error & Readonly<Record<string, unknown>>
  const names = NAMES.filter((name) => typeof fields[name] === 'string')
  const isQuoting = QUOTING.test(String(fields.code ?? '')) && fields.severity !== undefined
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    message: isQuoting ? 'the database refused a value' : error.message,
    ...Object.fromEntries(names.map((name) => [name, fields[name]])),
    stack: frames.join('\n'),
    ...(error.cause === undefined ? {} : { cause: loggedError(error.cause) }),
  }
}
