/** `vouchers settings`: shows or changes copies, language, masks and the like, for the shop or one terminal. */

import type { Command } from 'commander'
import type { SettingChange } from '../../vouchers/settings.js'
import { inputError } from '../fail.js'
import { signedInBy, withPin } from './pins.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

interface SettingsFlags extends StoreFlags {
  readonly set: readonly string[]
  readonly terminal?: string
  readonly by?: string
  readonly pinFile?: string
  readonly history?: boolean
}

export function addSettings(vouchers: Command): void {
  withPin(withStore(vouchers.command('settings')))
    .description('show the settings, or change some')
    .option(
      '--set <name=value>',
      'such as copies=3, language=zh or ask={"aboveFen":100000}; repeatable',
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .option('--terminal <number>', 'for one terminal; default: the shop')
    .option('--by <name>', 'who changes them')
    .option('--history', 'every change, with who made it and when')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers settings --set copies=3 --set language=zh --by manager --store shop.db',
    )
    .action(settings)
}

async function settings(flags: SettingsFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const { set, terminal, by } = flags
    if (flags.history === true) return showHistory(await archive.settingsHistory(terminal), flags)
    if (set.length > 0 && by === undefined) {
      throw inputError(
        'BY_MISSING',
        'it is not said who changes the settings',
        'give --by NAME',
        'by',
      )
    }
    const now =
      set.length === 0
        ? await archive.settings(terminal)
        : await archive.changeSettings(Object.fromEntries(set.map(pairOf)), {
            now: new Date(),
            by: await signedInBy(archive, by as string, flags),
            ...(terminal === undefined ? {} : { terminal }),
          })
    if (flags.json === true) return answer(now)
    for (const [name, value] of Object.entries(now)) {
      process.stdout.write(`${name} = ${JSON.stringify(value)}\n`)
    }
  })
}

function showHistory(changes: readonly SettingChange[], { json }: SettingsFlags): void {
  if (json === true) {
    answer({ changes })
    return
  }
  for (const { at, by, terminal, settings } of changes) {
    const where = terminal === undefined ? 'shop' : `terminal ${terminal}`
    for (const [name, value] of Object.entries(settings)) {
      process.stdout.write(`${at} ${by}, ${where}: ${name} = ${JSON.stringify(value)}\n`)
    }
  }
}

/** Reads `name=value`. The value is parsed as JSON, and stays text if it is not JSON. */
function pairOf(entry: string): readonly [string, unknown] {
  const equals = entry.indexOf('=')
  if (equals < 1)
    throw inputError('SET_INVALID', `--set ${entry} has no value`, 'write --set name=value', 'set')
  const text = entry.slice(equals + 1)
  try {
    return [entry.slice(0, equals), JSON.parse(text)]
  } catch {
    return [entry.slice(0, equals), text]
  }
}
