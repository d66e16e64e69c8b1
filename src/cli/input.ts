/** Reads the input that several commands share: profiles with settings, files of bytes and of JSON, pictures. */

import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { loadImage } from '../images/index.js'
import type { Pixels } from '../model/bitmap.js'
import type { StoredLogo } from '../model/logo.js'
import type { Profile } from '../model/profile.js'
import { findProfile, overrideProfile, parseProfile } from '../profiles/index.js'
import { inputError } from './fail.js'
import { readStdin, STREAM, shownPath } from './streams.js'

export interface ProfileOptions {
  readonly profile: string
  readonly set: readonly string[]
}

const PROFILE = [
  '--profile <id>',
  'printer model (see `xiaopiao profiles`), a profile .json file, or - for the standard input',
] as const

/** Adds `--profile` and `--set`. */
export function withProfile(command: Command): Command {
  return withSettings(command.requiredOption(...PROFILE))
}

/** Adds the same options to a command that works without a profile too. */
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

export async function readProfile({ profile, set }: ProfileOptions): Promise<Profile> {
  const base = await readBaseProfile(profile)
  // It has no prototype, so that a field named __proto__ is reported as unknown like any other.
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

/** Finds a profile by its name, or reads it from a file. */
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

/** Makes the error of a file that cannot be read. */
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

export function parseJson(bytes: Uint8Array, path: string): unknown {
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

/** Replaces digits by #, because Node's message quotes the text around the fault, which may contain a card number. */
function withoutExcerpt(message: string): string {
  return message.replace(/".*"/s, (excerpt) => excerpt.replace(/\d/g, '#'))
}

/** Reads the list that `logos upload --record` writes. */
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
