/** The electronic voucher: kept bytes as PDF, PNG, HTML and text, and what none of them may hold. */

import { inflateSync } from 'node:zlib'
import { getDocument, OPS } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { describe, expect, test } from 'vitest'
import { paperToPng, printBytes } from '../../src/entries/emulator.js'
import { paperToHtml, withDrawnTexts } from '../../src/entries/paper.js'
import { compile } from '../../src/index.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { createArchive, electronicVoucher, slipMaker } from '../../src/vouchers/index.js'
import { by, cash, now, sale, storeFolder } from './helpers.js'
import { testPans, tradesOfPans } from './pans.js'
import { pansIn } from './pans-in.js'

const { path } = storeFolder()
const maker = slipMaker({ profile: generic58 })

async function unprinted(name: string, slips = maker) {
  const archive = await createArchive(path(name), { slips })
  await archive.changeSettings({ ask: 'never', merchant: { no: '1', name: '老城面馆' } }, by)
  return archive
}

const textOf = ({ content }: { readonly content: Uint8Array }) => new TextDecoder().decode(content)

describe('formats', () => {
  test('all of them show the kept bytes after templates and settings have changed', async () => {
    await using archive = await unprinted('formats')
    const { id } = await archive.add({ ...sale, remarks: '加辣 <b>&"x"' }, { now })
    await archive.changeSettings({ language: 'zh', merchant: { no: '2', name: '另一家' } }, by)
    const kept = await archive.slips(id)
    const [merchant] = kept?.copies ?? []
    const paper = printBytes(merchant?.bytes as Uint8Array, generic58)
    const show = (as: 'pdf' | 'png' | 'svg' | 'html' | 'text') =>
      electronicVoucher(archive, id, { copy: 'merchant', as })
    const [pdf, png, svg, html, text] = await Promise.all([
      show('pdf'),
      show('png'),
      show('svg'),
      show('html'),
      show('text'),
    ])
    expect(png.content).toEqual(paperToPng(paper))
    expect(textOf(svg)).toContain('<svg')
    expect(textOf(text)).toContain('MERCHANT NAME')
    expect(textOf(html)).toContain('<dt>商户编号 MERCHANT NO:</dt><dd>1</dd>')
    expect(textOf(html)).toContain('&lt;b&gt;&amp;&quot;x&quot;')
    expect(pdf).toMatchObject({
      mediaType: 'application/pdf',
      fileName: '20261123-000236-merchant.pdf',
      isKept: true,
      diagnostics: [],
    })
  })

  test('pdf.js reads the text in its order, the title and the record, and draws every dot', async () => {
    await using archive = await unprinted('pdfjs')
    const { id } = await archive.add(sale, { now })
    const open = async (copy: 'merchant' | 'cardholder') => {
      const { content } = await electronicVoucher(archive, id, { copy, as: 'pdf' })
      return getDocument({ data: content.slice(), verbosity: 0 }).promise
    }
    const pdf = await open('merchant')
    const page = await pdf.getPage(1)
    const { items } = await page.getTextContent()
    const words = items.map((item) => ('str' in item ? item.str : '')).join('')
    const places = ['银联签购单', '老城面馆', '622202******0012', '1,286.00'].map((one) =>
      words.replaceAll(' ', '').indexOf(one),
    )
    expect(places.every((place) => place >= 0)).toBe(true)
    expect([...places].sort((a, b) => a - b)).toEqual(places)
    expect((await pdf.getMetadata()).info).toMatchObject({ Title: '消费 000236 2026-11-23' })
    const files = (await pdf.getAttachments()) as Record<string, { content: Uint8Array }>
    const record = JSON.parse(new TextDecoder().decode(files['voucher.json']?.content))
    expect(record).toEqual(JSON.parse(JSON.stringify(await archive.get(id))))

    const [merchant] = (await archive.slips(id))?.copies ?? []
    const { bitmap, widthDots, heightDots } = printBytes(merchant?.bytes as Uint8Array, generic58)
    const { fnArray, argsArray } = await page.getOperatorList()
    const at = fnArray.indexOf(OPS.paintImageMaskXObject)
    const [given] = argsArray[at] as [{ width: number; height: number; data: string }]
    expect([given.width, given.height]).toEqual([widthDots, heightDots])
    const mask = await new Promise<{ data: Uint8Array }>((done) => page.objs.get(given.data, done))
    // In a mask a bit that is set is not painted.
    expect(Buffer.from(mask.data.map((byte) => byte ^ 0xff)).equals(Buffer.from(bitmap.data))).toBe(
      true,
    )

    const customer = (await (await open('cardholder')).getAttachments()) as typeof files
    expect(new TextDecoder().decode(customer['voucher.json']?.content)).not.toMatch(
      /"prints"|"feeFen"|"key"|"warnings"/,
    )
  })

  test('a voucher without kept slips is refused, or made and said to be', async () => {
    await using archive = await createArchive(path('unkept'))
    const { id } = await archive.add(cash, { now })
    const asked = { copy: 'cardholder', as: 'html' } as const
    await expect(electronicVoucher(archive, id, asked)).rejects.toMatchObject({
      code: 'SLIP_NOT_KEPT',
    })
    expect(await electronicVoucher(archive, id, { ...asked, maker })).toMatchObject({
      isKept: false,
      fileName: '20261123-000001-cardholder.html',
    })
    await expect(
      electronicVoucher(archive, id, { ...asked, as: 'docx' as never }),
    ).rejects.toMatchObject({ code: 'OPTION_INVALID' })
  })
})

describe('HTML', () => {
  const pageOf = (nodes: readonly unknown[], profile = generic80) => {
    const compiled = compile({ nodes } as never, { profile })
    return paperToHtml(withDrawnTexts(printBytes(compiled.bytes, profile), compiled.drawnBlocks))
  }

  test('titles, labels, rules, drawn characters and codes are told apart', () => {
    const html = pageOf([
      { kind: 'text', text: '老城面馆', size: 2, align: 'center' },
      { kind: 'rule' },
      { kind: 'field', label: '应收 DUE:', value: '51.00' },
      { kind: 'text', text: '收银员:𠮷田' },
      { kind: 'text', text: '12:08:31' },
      { kind: 'text', text: '谢谢惠顾', align: 'center' },
      { kind: 'qr', data: 'https://shop.example/v/1?a=1&b=2', align: 'center' },
    ])
    expect(html).toContain('<h1>老城面馆</h1>')
    expect(html).toContain('<hr>')
    expect(html).toContain('<dt>应收 DUE:</dt><dd>51.00</dd>')
    expect(html).toContain('<dt>收银员:</dt><dd>𠮷田</dd>')
    expect(html).toContain('<p>12:08:31</p>')
    expect(html).toContain('<p class="c">谢谢惠顾</p>')
    expect(html).toMatch(/<img src="data:image\/png;base64,[^"]+" [^>]*alt="二维码 QR code: https:/)
    expect(html).toContain('<a href="https://shop.example/v/1?a=1&amp;b=2"')
  })

  test('nothing in a slip becomes markup, a script or an address that runs', () => {
    const hostile = [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      "' onmouseover='alert(1)",
      '</title></style></article>',
      '&lt;script&gt;',
      '\u202Etxt.exe',
    ]
    const html = pageOf([
      ...hostile.map((text) => ({ kind: 'text', text })),
      ...hostile.slice(0, 4).map((text) => ({ kind: 'field', label: `${text}:`, value: text })),
      { kind: 'qr', data: 'javascript:alert(1)' },
      { kind: 'qr', data: 'https://x.example/"onclick="alert(1)' },
    ])
    expect(html.match(/<script|<img src=x|onerror=a[^l]/g)).toBeNull()
    expect(html.match(/<[a-z0-9]+/g)?.every((tag) => KNOWN_TAGS.has(tag.slice(1)))).toBe(true)
    expect(html).not.toContain('href="javascript')
    expect(html).not.toContain('"onclick="')
    expect(html).not.toContain('\u202E')
    expect(html).toContain('default-src &#39;none&#39;')
  })
})

const KNOWN_TAGS: ReadonlySet<string> = new Set(
  'html head meta title style body main article h1 hr p dl div dt dd span strong figure img figcaption a'.split(
    ' ',
  ),
)

/** A printer model takes a while for each, so a usual run draws some of them. */
const EVERY = process.env.XIAOPIAO_RUNS === undefined ? 23 : 1

test('no card number of 1,000 trades is in their PDF, HTML, PNG or text', async () => {
  await using archive = await createArchive(path('pans'))
  const pans = testPans(1000)
  const added = await archive.addMany(tradesOfPans(pans), { now })
  const wanted = new Set(pans)
  for (const [i, { id }] of added.entries()) {
    if (i % EVERY > 0) continue
    const copy = i % 2 === 0 ? 'merchant' : 'cardholder'
    for (const as of ['html', 'pdf', 'png', 'text'] as const) {
      const { content } = await electronicVoucher(archive, id, { copy, as, maker })
      for (const bytes of [Buffer.from(content), ...(as === 'pdf' ? streamsOf(content) : [])]) {
        expect(pansIn(bytes, wanted), `${as} of ${id}`).toEqual([])
      }
    }
  }
}, 600_000)

/** The decompressed streams of a PDF, with the hex of its strings as text. */
function streamsOf(content: Uint8Array): readonly Buffer[] {
  const text = Buffer.from(content).toString('latin1')
  return [...text.matchAll(/FlateDecode[^>]*>>\nstream\n/g)].map(({ 0: head, index }) =>
    inflateSync(content.subarray(index + head.length)),
  )
}
