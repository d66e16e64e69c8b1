/** Reads files with a receipt or data: JSON, YAML or the text form, by the ending of their name. */

import { extname } from 'node:path'
import { ReceiptError } from '../model/errors.js'
import type { Written } from '../writing/written.js'
import { inputError } from './fail.js'
import { parseJson, readBytes } from './input.js'
import { STREAM, shownPath } from './streams.js'

const YAML = ['.yaml', '.yml']

/** Whether the file is a receipt by its name, or by its first character. */
export function looksLikeReceipt(path: string, bytes: Uint8Array): boolean {
  const ending = extname(path).toLowerCase()
  return ['.json', '.md', ...YAML].includes(ending) || firstCharacter(bytes) === '{'
}

/** Reads a receipt or a template. The standard input is read as YAML unless it begins with `{`. */
export async function readTemplate(bytes: Uint8Array, path: string): Promise<Written> {
  if (extname(path).toLowerCase() === '.md') {
    const { readMarkdown } = await import('../writing/markdown.js')
    return inFile(path, () => readMarkdown(textOf(bytes, path)))
  }
  const isYaml = path === STREAM && firstCharacter(bytes) !== '{'
  return isYaml ? parseYaml(bytes, path) : parseData(bytes, path)
}

/** Reads data, or lists of nodes, in JSON or YAML. */
export async function readData(path: string): Promise<unknown> {
  return (await parseData(await readBytes(path), path)).value
}

async function parseData(bytes: Uint8Array, path: string): Promise<Written> {
  if (YAML.includes(extname(path).toLowerCase())) return parseYaml(bytes, path)
  return { value: parseJson(bytes, path), placeOf: () => undefined }
}

async function parseYaml(bytes: Uint8Array, path: string): Promise<Written> {
  const { readYaml } = await import('../writing/yaml.js')
  return inFile(path, () => readYaml(textOf(bytes, path)))
}

/** Adds the name of the file to a `ReceiptError`, because a command may read several files. */
async function inFile(path: string, read: () => Written | Promise<Written>): Promise<Written> {
  try {
    return await read()
  } catch (error) {
    if (!(error instanceof ReceiptError)) throw error
    const { code, path: place, hint, cause } = error
    const message = `${shownPath(path)}: ${error.message}`
    throw new ReceiptError(message, { code, path: place, hint, cause })
  }
}

function firstCharacter(bytes: Uint8Array): string {
  const first = bytes.find((byte) => ![0x20, 0x09, 0x0a, 0x0d].includes(byte))
  return first === undefined ? '' : String.fromCharCode(first)
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw inputError('TEXT_NOT_UTF8', `${shownPath(path)} is not text in UTF-8`, 'save it as UTF-8')
  }
}
