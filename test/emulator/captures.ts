/** Streams of other programs, read from a folder outside the project where there is one. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MultibyteZone } from '../../src/model/charset.js'

export interface Capture {
  readonly name: string
  readonly bytes: Uint8Array
  readonly widthDots: number
  readonly codePageTable: string
  readonly charset: MultibyteZone
  readonly chineseModeAtPowerOn: boolean
  readonly expect: {
    readonly text: readonly string[]
    readonly qr: readonly string[]
    readonly barcodes: readonly { readonly symbology: string; readonly data: string }[]
    readonly images: readonly { readonly width: number; readonly height: number }[]
    readonly cuts: number | null
    readonly drawer: number | null
    readonly status_replies: number | null
  }
}

/** Where captures may be: beside the project. */
const folder = new URL('../../../shared/captures/', import.meta.url).pathname

export function readCaptures(): Capture[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) =>
      captureNames(join(folder, entry.name)).map((name) => `${entry.name}/${name}`),
    )
    .map(readCapture)
}

function captureNames(path: string): string[] {
  return readdirSync(path)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -5))
}

function readCapture(name: string): Capture {
  const about = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const { codepages, multibyte } = about.printer
  return {
    name,
    bytes: new Uint8Array(readFileSync(join(folder, `${name}.bin`))),
    widthDots: about.width_dots,
    codePageTable: codepages,
    charset: multibyte ?? 'none',
    chineseModeAtPowerOn: about.printer.multibyte_on_at_start === true,
    expect: about.expect,
  }
}
