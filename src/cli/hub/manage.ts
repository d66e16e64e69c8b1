/** `hub migrate`, `hub tenant` and `hub key`: tasks that an operator does once. */

import type { Command } from 'commander'
import { makeApiKey, makeTenant, migrateHub } from '../../hub/entry.js'
import { SCOPES, type Scope } from '../../hub-api/scopes.js'
import { inputError } from '../fail.js'
import { type DbFlags, dbOf, withDb } from './group.js'

export function addManaging(hub: Command): void {
  withDb(hub.command('migrate'))
    .description('make the schema and the roles of a hub, or bring them to the newest form')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao hub migrate --db postgres://owner@db.example/chain',
    )
    .action(async (flags: DbFlags) => {
      const steps = await migrateHub(dbOf(flags))
      const text = steps.length === 0 ? 'nothing was to be done' : `done: ${steps.join(', ')}`
      process.stdout.write(`${text}\n`)
    })

  withDb(hub.command('tenant <name>'))
    .description('a new tenant with an API key, as JSON; the key is shown once')
    .option('--store <name>', 'its first store, with a one-time code for the agent there')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao hub tenant 面馆 --store 人民路 --db postgres://owner@db.example/chain',
    )
    .action(async (name: string, flags: DbFlags & { readonly store?: string }) => {
      const { store } = flags
      const made = await makeTenant(dbOf(flags), {
        name,
        ...(store === undefined ? {} : { store }),
      })
      process.stdout.write(`${JSON.stringify(made)}\n`)
    })

  withDb(hub.command('key <tenant>'))
    .description('another API key of a tenant; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .option(
      '--scope <scope>',
      `${SCOPES.join(', ')}; repeatable`,
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao hub key 019ad000-0000-7000-8000-000000000001 --name pos --scope slips:write --db postgres://owner@db.example/chain',
    )
    .action(
      async (
        tenant: string,
        flags: DbFlags & { readonly name: string; readonly scope: readonly string[] },
      ) => {
        const scopes = readScopes(flags.scope)
        const key = await makeApiKey(dbOf(flags), tenant, { name: flags.name, scopes })
        process.stdout.write(`${key}\n`)
      },
    )
}

function readScopes(given: readonly string[]): readonly Scope[] {
  const known: readonly string[] = SCOPES
  const wrong = given.find((one) => !known.includes(one))
  if (wrong === undefined && given.length > 0) return given as readonly Scope[]
  const message = wrong === undefined ? 'the key has no scope' : `there is no scope ${wrong}`
  throw inputError('SCOPE_UNKNOWN', message, `give --scope with one of ${SCOPES.join(', ')}`)
}
