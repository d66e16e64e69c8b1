/** `xiaopiao profiles`: lists the known printer models, shows one, compares two, or derives one from a test page. */

import type { Command } from 'commander'
import type { Profile } from '../model/profile.js'
import {
  evidenceOf,
  findProfile,
  isProfilePath,
  type ProfilePath,
  profileFields,
  profiles,
  vendorOf,
} from '../profiles/index.js'
import { addDerive } from './derive-profile.js'
import { inputError } from './fail.js'

interface ListOptions {
  readonly json?: boolean
  readonly width?: string
  readonly vendor?: string
}

export function addProfiles(program: Command): void {
  const command = program
    .command('profiles')
    .argument('[id]', 'this one, as JSON that --profile FILE.json takes')
    .description('list the printer models, show one, compare two, or derive one from a test page')
    .option('--json', 'as JSON')
    .option('--width <dots>', 'only those of this width in dots')
    .option('--vendor <name>', 'only those whose vendor has this in its name')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao profiles --width 576 --vendor 佳博
  xiaopiao profiles xprinter-xp-80c > mine.json
  xiaopiao profiles show '芯烨 XP-N160II'
  xiaopiao profiles compare generic-58 zjiang-pos-5890
  xiaopiao profiles derive --base generic-80 --id kitchen -o kitchen.json`,
    )
    .action((id: string | undefined, options: ListOptions) => {
      if (id === undefined) list(options)
      else printJson(findProfile(id))
    })
  command
    .command('show <id>')
    .description('one printer, a line each field, with what the figure rests on')
    .addHelpText(
      'after',
      "\nExamples:\n  xiaopiao profiles show generic-80\n  xiaopiao profiles show '芯烨 XP-N160II'",
    )
    .action((id: string) => show(findProfile(id)))
  command
    .command('compare <a> <b>')
    .description('the fields in which two printers differ')
    .addHelpText('after', '\nExample:\n  xiaopiao profiles compare generic-58 zjiang-pos-5890')
    .action((a: string, b: string) => compare(findProfile(a), findProfile(b)))
  addDerive(command)
}

function list({ json = false, width, vendor = '' }: ListOptions): void {
  if (width !== undefined && !/^\d+$/.test(width)) {
    throw inputError(
      'WIDTH_INVALID',
      `--width must be a whole number of dots, found "${width}"`,
      'write --width 576',
    )
  }
  const maker = vendorOf(vendor).toLowerCase()
  const found = profiles.filter((profile) => {
    const ofWidth = width === undefined || profile.widthDots === Number(width)
    return ofWidth && profile.vendor.toLowerCase().includes(maker)
  })
  if (json) {
    printJson(found)
    return
  }
  for (const profile of found) {
    const { id, widthDots, charset, vendor: maker, name } = profile
    const columns = Math.floor(widthDots / profile.fonts.A.widthDots)
    const size = `${String(widthDots).padStart(4)} dots ${String(columns).padStart(3)} columns`
    const full = name.startsWith(maker) ? name : `${maker} ${name}`
    process.stdout.write(`${id.padEnd(24)} ${size}  ${charset.padEnd(14)} ${full}\n`)
  }
}

function show(profile: Profile): void {
  for (const path of fieldPaths(profile)) {
    const value = valueAt(profile, path)
    const { kind, where } = evidenceOf(profile, path)
    // A value that is not known has evidence only if a source says that it is not known.
    const known = value !== null || profile.sources[path] !== undefined
    const evidence = !known ? '' : where === '' ? kind : `${kind}: ${where}`
    const line = `${path.padEnd(24)} ${shown(value).padEnd(24)} ${evidence}`
    process.stdout.write(`${line.trimEnd()}\n`)
  }
}

function printJson(value: Profile | readonly Profile[]): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)
}

function compare(a: Profile, b: Profile): void {
  for (const path of fieldPaths(a, b)) {
    const [left, right] = [shown(valueAt(a, path)), shown(valueAt(b, path))]
    if (left === right) continue
    process.stdout.write(`${path.padEnd(24)} ${left.padEnd(32)} ${right}\n`)
  }
}

function fieldPaths(...of: readonly Profile[]): readonly ProfilePath[] {
  return Object.keys(profileFields)
    .filter(isProfilePath)
    .filter((path) => path !== 'sources' && of.some((one) => valueAt(one, path) !== undefined))
}

function valueAt(profile: Profile, path: ProfilePath): unknown {
  return path.split('.').reduce<unknown>((at, key) => {
    return typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined
  }, profile)
}

/** Formats a value in the form that `--set` accepts. */
function shown(value: unknown): string {
  if (value === undefined) return '-'
  if (value === null) return 'unknown'
  if (!Array.isArray(value)) return String(value)
  if (value.length === 0) return 'none'
  const isSlot = (item: unknown): item is { number: number; encoding: string } =>
    typeof item === 'object'
  const items = value.map((item) =>
    isSlot(item) ? `${item.number}:${item.encoding}` : String(item),
  )
  return items.join(items.some((item) => item.includes(' ')) ? '; ' : ',')
}
