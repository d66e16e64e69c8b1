/** `xiaopiao hub`: the commands of a hub, which has the slips of many stores in PostgreSQL. */

import type { Command } from 'commander'
import { inputError } from '../fail.js'

export interface DbFlags {
  readonly db?: string
}

/** Adds the group to which the commands of the hub are added. */
export function addHubGroup(program: Command): Command {
  return program
    .command('hub')
    .description('slips for the printers of many stores, in PostgreSQL')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao hub migrate --db postgres://owner@db.example/chain
  xiaopiao hub tenant 面馆 --store 人民路 --db postgres://owner@db.example/chain
  xiaopiao hub serve --db postgres://hub@db.example/chain --port 8620`,
    )
}

/** Adds `--db`. */
export function withDb(command: Command): Command {
  return command.option(
    '--db <address>',
    'postgres://user@host/database?schema=xiaopiao_hub; default: the environment variable XIAOPIAO_HUB_DB',
  )
}

export function dbOf({ db = process.env.XIAOPIAO_HUB_DB }: DbFlags): string {
  if (db !== undefined && db !== '') return db
  throw inputError(
    'HUB_UNNAMED',
    'it is not said which database',
    'give --db postgres://user@host/database, or set XIAOPIAO_HUB_DB',
    'db',
  )
}
