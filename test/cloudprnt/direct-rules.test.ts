import { describe, expect, it } from 'vitest'
import {
  isTroubled,
  judgeAsk,
  judgeResult,
  printJobIdOf,
  readPrintJobId,
  statusOfBits,
} from '../../src/cloudprnt/direct-rules.js'
import { jobXml, readResults, readStatus } from '../../src/cloudprnt/direct-xml.js'

const slip = '019ad000-0000-7000-8000-00000000fb01'

describe('a question', () => {
  it.each([
    ['has nothing', undefined, undefined],
    ['has a slip whose bytes were not given out', false, undefined],
    ['has a slip', true, { outcome: 'uncertain', reason: 'not-confirmed' }],
  ])('of a printer that %s', (_, isFetched, end) => {
    expect(judgeAsk(isFetched === undefined ? undefined : { slip, epoch: 1, isFetched })).toEqual(
      end,
    )
  })
})

it.each([
  [true, '', 'printed', undefined],
  [false, 'EPTR_COVER_OPEN', 'uncertain', 'cover-open'],
  [false, 'EPTR_REC_EMPTY', 'uncertain', 'paper-out'],
  [false, 'EPTR_CUTTER', 'uncertain', 'printer-error'],
  [false, 'SchemaError', 'uncertain', 'media-refused'],
  [false, 'EX_TIMEOUT', 'uncertain', 'printer-refused'],
  [false, 'toString', 'uncertain', 'printer-refused'],
])('a result with success %s and code %s ends the slip as %s', (success, code, outcome, reason) => {
  const result = { printJobId: undefined, success, code, status: undefined }
  expect(judgeResult(result)).toEqual(reason === undefined ? { outcome } : { outcome, reason })
})

it.each([
  [0x0f00_0014, 'ok closed none', true, false],
  [0x0002_0000, 'near-end closed none', true, false],
  [0x0008_0008, 'end closed none', false, true],
  [0x0000_0028, 'ok open none', false, true],
  [0x0000_0800, 'ok closed other', true, true],
  [0x0000_0001, 'ok closed none', false, true],
])('the bits %s', (bits, words, online, troubled) => {
  const status = statusOfBits(bits)
  expect(`${status.paper} ${status.cover} ${status.error}`).toBe(words)
  expect([status.online, isTroubled(status)]).toEqual([online, troubled])
})

it('a name of a job says slip and epoch in 30 signs, and anything else is none', () => {
  for (const epoch of [1, 35, 36, 2_000_000_000]) {
    const name = printJobIdOf({ slip, epoch })
    expect(name).toMatch(/^[A-Za-z0-9_.-]{24,30}$/)
    expect(readPrintJobId(name)).toEqual({ slip, epoch })
  }
  expect(['', slip, 'x.1', `${'a'.repeat(22)}.`].map(readPrintJobId)).toEqual(
    Array(4).fill(undefined),
  )
})

it('reads results and statuses as printers write them', () => {
  const one = (job: string, attributes: string) =>
    `<ePOSPrint>\r\n <Parameter><devid>local_printer</devid>${job}</Parameter>\r\n<PrintResponse><response ${attributes}/></PrintResponse></ePOSPrint>`
  const xml = `<PrintResponseInfo Version="2.00">${one('<printjobid>a.1</printjobid>', 'success="true" code="" status="251854870" battery="0"')}${one('', "success='false' code='EX_TIMEOUT' status='1'")}</PrintResponseInfo>`
  expect(readResults(xml)).toEqual([
    { printJobId: 'a.1', success: true, code: '', status: 251_854_870 },
    { printJobId: undefined, success: false, code: 'EX_TIMEOUT', status: 1 },
  ])
  expect([readResults(''), readResults('<html></html>'), readStatus('')]).toEqual([
    [],
    [],
    undefined,
  ])
  const status = (name: string, bits: string) =>
    `<printerstatus devicename="${name}" asbstatus="${bits}"/>`
  expect(readStatus(status('display', '0x1') + status('local_printer', '0x0F00003C'))).toBe(
    0x0f00_003c,
  )
})

it('makes no document that is larger than printers take', () => {
  const tall = (heightDots: number) => ({
    widthDots: 576,
    heightDots,
    data: new Uint8Array(72 * heightDots),
  })
  expect(jobXml('a.1', tall(20_000))).toBeDefined()
  expect(jobXml('a.1', tall(22_000))).toBeUndefined()
})
