/** QR codes of GBK and of bytes, by the printer's own generator and as dots, as an independent reader finds them on paper. */

import iconv from 'iconv-lite'
import { beforeAll, describe, expect, it } from 'vitest'
import { compile, compileJson } from '../../src/compile.js'
import { qr } from '../../src/elements/qr.js'
import { vcardText, wifiText } from '../../src/elements/qr-texts.js'
import { decodeAll } from '../../src/encoders/escpos/index.js'
import { printBytes } from '../../src/entries/emulator.js'
import { decodeBase64, encodeBase64 } from '../../src/model/base64.js'
import { epsonTmT88v, generic58 } from '../../src/profiles/index.js'
import { prepareReader, readCodes } from './reader.js'

const every = Uint8Array.from({ length: 256 }, (_, i) => i)
const cases = [
  [
    'GBK',
    qr('收款码 ￥12.50 红烧牛肉面', { encoding: 'gbk' }),
    iconv.encode('收款码 ￥12.50 红烧牛肉面', 'gbk'),
  ],
  ['GBK of digits', qr('20261123', { encoding: 'gbk' }), Buffer.from('20261123')],
  ['all bytes', qr(every), every],
  ['a request to the printer', qr(Uint8Array.of(0xff, 0x10, 0x04, 0x01)), [0xff, 0x10, 0x04, 0x01]],
  ['UTF-8', qr('收款码'), Buffer.from('收款码')],
] as const

describe('a QR code', () => {
  beforeAll(prepareReader)

  for (const profile of [epsonTmT88v, generic58]) {
    it.each(cases)(`of %s scans on ${profile.id}`, async (_, node, bytes) => {
      const printed = compile({ nodes: [node] }, { profile })
      const [found] = await readCodes(printBytes(printed.bytes, profile).bitmap)
      expect(Array.from(found?.bytes ?? [])).toEqual(Array.from(bytes))
    })
  }

  it('of GBK is stored by the printer as GBK', () => {
    const { bytes } = compile({ nodes: [cases[0][1]] }, { profile: epsonTmT88v })
    const stored = decodeAll(bytes).find(({ command }) => command.kind === 'qrStore')
    expect(stored?.command).toMatchObject({ data: new Uint8Array(cases[0][2]) })
  })

  it('of a contact and a network scans as it was written', async () => {
    const texts = [
      wifiText({ ssid: '老城;面馆', password: 'a:b,c\\d"' }),
      vcardText({ name: '老城面馆', phone: '021-55550100', note: '一楼;二楼' }),
    ]
    for (const text of texts) {
      const printed = compile({ nodes: [qr(text, { module: 3 })] }, { profile: generic58 })
      const [found] = await readCodes(printBytes(printed.bytes, generic58).bitmap)
      expect(found?.text).toBe(text)
    }
  })

  it.each([
    ['QR_NOT_GBK', { data: '面😀', encoding: 'gbk' }],
    ['QR_NOT_BASE64', { data: 'abc', encoding: 'base64' }],
    ['QR_NOT_BASE64', { data: 'ab c', encoding: 'base64' }],
    ['RECEIPT_INVALID', { data: 'a', encoding: 'GBK' }],
  ])('is refused by %s', (code, fields) => {
    const receipt = { nodes: [{ kind: 'qr', ...fields }] }
    expect(() => compileJson(receipt, { profile: generic58 })).toThrow(
      expect.objectContaining({
        code,
        path: expect.stringMatching(/^nodes\[0\]\.(data|encoding)$/),
      }),
    )
  })

  it('is written in base64 as Node writes it', () => {
    for (const length of [0, 1, 2, 3, 4, 255]) {
      const bytes = every.subarray(0, length)
      expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
      expect(decodeBase64(encodeBase64(bytes))).toEqual(bytes.slice())
    }
  })
})
