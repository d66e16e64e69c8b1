/** Reads receipts with data and pictures, and compiles them. */

import { dirname, extname, resolve } from 'node:path'
import type { Command } from 'commander'
import { type Compiled, compileJson } from '../compile.js'
import type { Profile } from '../model/profile.js'
import { type BindOptions, bind } from '../template/bind.js'
import type { Template } from '../template/types.js'
import {
  loadImages,
  type ProfileOptions,
  parseJson,
  readBytes,
  readJson,
  readLogos,
  withProfile,
} from './input.js'

export interface ReceiptOptions extends ProfileOptions {
  readonly data?: string
  readonly strict?: boolean
  readonly logos?: string
  readonly partials?: string
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

function looksLikeJson(path: string, bytes: Uint8Array): boolean {
  if (extname(path).toLowerCase() === '.json') return true
  const first = bytes.find(
    (byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d,
  )
  return first === 0x7b
}
