/** Reads receipts with data and pictures, and compiles them. */

import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { type Compiled, compileJson } from '../compile.js'
import type { ScriptFonts } from '../model/cells.js'
import type { Profile } from '../model/profile.js'
import { type BindOptions, bind } from '../template/bind.js'
import type { Template } from '../template/types.js'
import { atPlace, type Written } from '../writing/written.js'
import { loadImages, type ProfileOptions, readBytes, readLogos, withProfile } from './input.js'
import { looksLikeReceipt, readData, readTemplate } from './written.js'

export interface ReceiptOptions extends ProfileOptions {
  readonly data?: string
  readonly strict?: boolean
  readonly logos?: string
  readonly font?: readonly string[]
  readonly partials?: string
}

/** Adds the options of profiles, and `--data`, `--partials`, `--logos`, `--font` and `--strict`. */
export function withReceipt(command: Command): Command {
  return withProfile(command)
    .option(
      '--data <file>',
      'JSON or YAML whose values fill the {{ … }} of the receipt; - is the standard input',
    )
    .option(
      '--partials <file>',
      'object of the lists of nodes that the receipt includes, in JSON or YAML',
    )
    .option(
      '--logos <file>',
      'JSON list of the pictures in the printer, from `logos upload --record`',
    )
    .option(
      '--font <file>',
      'font of Thai, Arabic or another script that is shaped; may be given several times',
      (file: string, others: readonly string[] = []) => [...others, file],
    )
    .option('--strict', 'stop at the first warning: a character substituted, a column squeezed')
}

/** The job to print. Only a compiled receipt has segments and a heading for a reprint. */
export type Job = Compiled | Pick<Compiled, 'bytes' | 'diagnostics' | 'drawnBlocks'>

/** Reads the bytes to print: a receipt is compiled, and a byte file is taken as it is. */
export async function readJob(
  path: string,
  profile: Profile,
  options: ReceiptOptions,
): Promise<Job> {
  const bytes = await readBytes(path)
  if (!looksLikeReceipt(path, bytes)) return { bytes, diagnostics: [], drawnBlocks: [] }
  return compileTemplate(await readTemplate(bytes, path), path, profile, options)
}

export async function compileFile(
  path: string,
  profile: Profile,
  options: ReceiptOptions,
): Promise<Compiled> {
  const written = await readTemplate(await readBytes(path), path)
  return compileTemplate(written, path, profile, options)
}

async function compileTemplate(
  written: Written,
  path: string,
  profile: Profile,
  { data, logos, partials, font = [], strict = false }: ReceiptOptions,
): Promise<Compiled> {
  const values = data === undefined ? {} : await readData(data)
  const included = partials === undefined ? {} : { partials: await readData(partials) }
  const template = written.value as Template
  const receipt = atPlace(written, () => bind(template, values, included as BindOptions))
  const images = await loadImages(receipt, dirname(resolve(path)))
  const stored = logos === undefined ? undefined : await readLogos(logos)
  const options = { profile, images, logos: stored, fonts: await readFonts(font), strict }
  return atPlace(written, () => compileJson(receipt, options))
}

/** Loads fonts; undefined if no file is given, so that most calls load no shaper. */
async function readFonts(files: readonly string[]): Promise<ScriptFonts | undefined> {
  if (files.length === 0) return undefined
  const { loadFonts } = await import('../scripts/index.js')
  const read = files.map(async (file) => ({ bytes: await readBytes(file) }))
  return loadFonts(await Promise.all(read))
}
