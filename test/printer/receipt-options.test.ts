/** The options of receipts, which `compile`, a printer and one print share. */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compile } from '../../src/compile.js'
import { raw } from '../../src/elements/raw.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import type { PrinterOptions, PrintOptions } from '../../src/printer/types.js'
import { generic80 } from '../../src/profiles/index.js'
import { loadFonts } from '../../src/scripts/index.js'

const profile = { ...generic80, answersStatus: false }
const thai = readFileSync(
  createRequire(import.meta.url).resolve(
    '@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf',
  ),
)
const fonts = await loadFonts([{ bytes: new Uint8Array(thai) }])
const receipt = {
  nodes: [
    { kind: 'text' as const, text: 'ขอบคุณ ½' },
    raw(Uint8Array.of(0x1b, 0x42, 2, 3)),
    { kind: 'feed' as const },
  ],
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'receipt-options-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What comes out of a printer, which is a file. */
async function printed(options: PrinterOptions, limits: PrintOptions = {}): Promise<Uint8Array> {
  const file = join(folder, 'paper.bin')
  await using printer = openPrinter(`file:${file}`, { profile, ...options })
  await printer.print(receipt, limits)
  return new Uint8Array(readFileSync(file))
}

describe('options of receipts', () => {
  it('are those of compile, given to the printer or to one print', async () => {
    const options = { fonts, allowRaw: true, onUnsupported: 'draw' } as const
    const { bytes } = compile(receipt, { profile, ...options })
    expect(await printed(options)).toEqual(bytes)
    rmSync(join(folder, 'paper.bin'))
    expect(await printed({ strict: true }, { ...options, strict: false })).toEqual(bytes)
  })

  it('are checked when the printer is opened, and when it prints', async () => {
    const asked = loadFonts([{ bytes: new Uint8Array(thai) }])
    const wrong = { fonts: asked } as unknown as PrinterOptions
    const error = { code: 'OPTION_INVALID', path: 'options.fonts' }
    expect(() => openPrinter('file:/dev/null', wrong)).toThrow(expect.objectContaining(error))
    await expect(printed({}, wrong as PrintOptions)).rejects.toMatchObject(error)
    await asked
  })

  it('refuse raw bytes unless they are allowed', async () => {
    await expect(printed({ fonts })).rejects.toMatchObject({ code: 'RAW_NOT_ALLOWED' })
    const forged = JSON.parse('{"nodes":[{"kind":"raw","bytes":[27]}]}')
    await using printer = openPrinter(`file:${join(folder, 'x')}`, { profile, allowRaw: true })
    await expect(printer.print(forged)).rejects.toMatchObject({ code: 'RECEIPT_INVALID' })
  })

  it('leave a receipt that holds itself to the compiler', async () => {
    const nodes: unknown[] = []
    nodes.push({ kind: 'group', nodes })
    await using printer = openPrinter(`file:${join(folder, 'x')}`, { profile })
    await expect(printer.print({ nodes } as never)).rejects.toMatchObject({ name: 'ReceiptError' })
  })
})
