/** Reads what the commands share: receipts with data and pictures, byte files, profiles with settings. */

import { readFile, writeFile } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { loadImage } from '../images/index.js'
import {
  type Compiled,
  compileJson,
  type Diagnostic,
  type Pixels,
  type Profile,
  type StoredLogo,
} from '../index.js'
import { findProfile, overrideProfile, parseProfile } from '../profiles/index.js'
import { type BindOptions, bind, type Template } from '../template/index.js'
import { inputError } from './fail.js'
import { readStdin, STREAM, shownPath, writeStdout } from './streams.js'

export interface ProfileOptions {
  readonly profile: string
  readonly set: readonly string[]
}

export interface ReceiptOptions extends ProfileOptions {
  readonly data?: string
  readonly strict?: boolean
  readonly logos?: string
  readonly partials?: string
}

const PROFILE = [
  '--profile <id>',
  'printer model (see `xiaopiao profiles`), a profile .json file, or - for the standard input',
] as const

/** Adds `--profile` and `--set`. */
export function withProfile(command: Command): Command {
  return withSettings(command.requiredOption(...PROFILE))
}

/** The same for a command that may do without. */
export function withOptionalProfile(command: Command): Command {
  return withSettings(command.option(...PROFILE))
}

function withSettings(command: Command): Command {
  return command.option(
    '--set <field=value>',
    'override a field of the profile, such as widthDots=416 or charset=gb2312; repeatable',
    (value: string, all: string[]) => [...all, value],
    [] as string[],
  )
}

/** Adds `--data` and `--strict`. */
export function withReceipt(command: Command): Command {
  return withProfile(command)
    .option(
      '--data <file>',
      'JSON whose values fill the {{ … }} of the receipt; - is the standard input',
    )
    .option('--partials <file>', 'JSON object of the lists of nodes that the receipt includes')
    .option(
      '--logos <file>',
      'JSON list of the pictures in the printer, from `logos upload --record`',
    )
    .option('--strict', 'stop at the first warning: a character substituted, a column squeezed')
}

export async function readProfile({ profile, set }: ProfileOptions): Promise<Profile> {
  const base = await readBaseProfile(profile)
  // Without a prototype: a field named __proto__ is unknown like others.
  const settings: Record<string, string> = Object.create(null)
  for (const entry of set) {
    const equals = entry.indexOf('=')
    if (equals < 1) {
      throw inputError('SET_INVALID', `--set ${entry} has no value`, 'write --set field=value')
    }
    settings[entry.slice(0, equals)] = entry.slice(equals + 1)
  }
  return overrideProfile(base, settings)
}

/** A profile by its name, or from a file. */
export async function readBaseProfile(name: string): Promise<Profile> {
  const isFile = name === STREAM || name.endsWith('.json')
  return isFile ? parseProfile(await readJson(name)) : findProfile(name)
}

export async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return path === STREAM ? await readStdin() : await readFile(path)
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

/** The error for a file that the system does not let us read. */
export function unreadable(path: string, cause: unknown): Error {
  return inputError(
    'FILE_UNREADABLE',
    `cannot read ${shownPath(path)}: ${(cause as Error).message}`,
    'check the path and its permissions',
  )
}

export async function readJson(path: string): Promise<unknown> {
  return parseJson(await readBytes(path), path)
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw inputError(
      'JSON_INVALID',
      `${shownPath(path)} is not JSON in UTF-8: ${withoutExcerpt((cause as Error).message)}`,
      'mend it there, and save it as UTF-8',
    )
  }
}

/** Node quotes the text around the fault, and that text may hold a card number, so its digits become #. */
function withoutExcerpt(message: string): string {
  return message.replace(/".*"/s, (excerpt) => excerpt.replace(/\d/g, '#'))
}

/** The job to print: the segments and the heading of a reprint are those of a receipt. */
export type Job = Compiled | Pick<Compiled, 'bytes' | 'diagnostics' | 'drawnBlocks'>

/** The bytes to print: of a receipt compiled, or of a byte file as they are. */
export async function readJob(
  path: string,
  profile: Profile,
  options: ReceiptOptions,
): Promise<Job> {
  const bytes = await readBytes(path)
  if (!looksLikeJson(path, bytes)) return { bytes, diagnostics: [], drawnBlocks: [] }
  return compileTemplate(parseJson(bytes, path), path, profile, options)
}

export async function compileFile(
  path: string,
  profile: Profile,
  options: ReceiptOptions,
): Promise<Compiled> {
  return compileTemplate(await readJson(path), path, profile, options)
}

async function compileTemplate(
  template: unknown,
  path: string,
  profile: Profile,
  { data, logos, partials, strict = false }: ReceiptOptions,
): Promise<Compiled> {
  const values = data === undefined ? {} : await readJson(data)
  const included = partials === undefined ? {} : { partials: await readJson(partials) }
  const receipt = bind(template as Template, values, included as BindOptions)
  const images = await loadImages(receipt, dirname(resolve(path)))
  const stored = logos === undefined ? undefined : await readLogos(logos)
  return compileJson(receipt, { profile, images, logos: stored, strict })
}

/** The list that `logos upload --record` writes. */
export async function readLogos(path: string): Promise<readonly StoredLogo[]> {
  const json = await readJson(path)
  const isLogo = (one: unknown) =>
    typeof one === 'object' && one !== null && 'key' in one && 'hash' in one
  if (Array.isArray(json) && json.every(isLogo)) return json as StoredLogo[]
  throw inputError(
    'LOGOS_INVALID',
    `${shownPath(path)} is no list of logos`,
    'write it with xiaopiao logos upload --record',
  )
}

/** Loads the pictures that the receipt names: `data:` URIs, and files in the receipt's folder. */
export async function loadImages(receipt: unknown, root: string): Promise<Record<string, Pixels>> {
  const images: Record<string, Pixels> = {}
  for (const src of imageSources(receipt)) images[src] = await loadImage(src, { root })
  return images
}

function imageSources(value: unknown): Set<string> {
  const sources = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { kind, src, logo } = node as { kind?: unknown; src?: unknown; logo?: unknown }
    if (kind === 'image' && typeof src === 'string') sources.add(src)
    if (kind === 'qr' && typeof logo === 'string') sources.add(logo)
    for (const child of Object.values(node)) visit(child)
  }
  visit(value)
  return sources
}

function looksLikeJson(path: string, bytes: Uint8Array): boolean {
  if (extname(path).toLowerCase() === '.json') return true
  const first = bytes.find(
    (byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d,
  )
  return first === 0x7b
}

export async function writeOutput(path: string, content: Uint8Array | string): Promise<void> {
  if (path === STREAM) return writeStdout(content)
  try {
    await writeFile(path, content)
  } catch (cause) {
    throw inputError(
      'FILE_UNWRITABLE',
      `cannot write ${path}: ${(cause as Error).message}`,
      'check that its folder is there and may be written to',
    )
  }
}

/** Diagnostics on stderr, a line each. */
export function showDiagnostics(diagnostics: readonly Diagnostic[]): void {
  for (const { severity, code, path, message, hint } of diagnostics) {
    const at = path === '' ? '' : ` at ${path}`
    const tail = hint === undefined ? '' : ` — ${hint}`
    process.stderr.write(`${severity} ${code}${at}: ${message}${tail}\n`)
  }
}
