import { describe, expect, it } from 'vitest'
import {
  type CloudSlip,
  judgeConfirmation,
  judgePoll,
  readToken,
  tokenOf,
} from '../../src/cloudprnt/rules.js'

const slip = '019ad000-0000-7000-8000-000000000001'
const taken: CloudSlip = { slip, epoch: 1, isFetched: false }
const fetched: CloudSlip = { ...taken, isFetched: true }

describe('a poll', () => {
  // What the printer has, what it says, whether an earlier poll said that it prints → the end of its slip, and whether a slip may be offered.
  it.each([
    [undefined, '200 OK', false, false, undefined, true],
    [undefined, '211 Paper low', false, false, undefined, true],
    [undefined, '220 Printing', false, false, undefined, false],
    [undefined, '200 OK', true, false, undefined, false],
    [undefined, '410 Out of paper', false, false, undefined, false],
    [undefined, '420 Cover open', false, false, undefined, false],
    [taken, '200 OK', false, false, undefined, true],
    [taken, '410 Out of paper', false, false, undefined, false],
    [fetched, '200 OK', true, false, undefined, false],
    [fetched, '220 Printing', false, false, undefined, false],
    [fetched, '410 Out of paper', true, false, undefined, false],
    [fetched, '200 OK', false, false, 'uncertain not-confirmed', true],
    [fetched, '200 OK', false, true, 'uncertain not-confirmed', true],
    [fetched, '410 Out of paper', false, false, 'uncertain paper-out', false],
    [fetched, '410 Out of paper', false, true, 'partial paper-out', false],
    [fetched, '420 Cover open', false, true, 'partial cover-open', false],
  ] as const)('%j says %s, printing %s, after printing %s: %s, offer %s', (...row) => {
    const [held, statusCode, printingInProgress, wasPrinting, ended, mayOffer] = row
    const verdict = judgePoll(held, { statusCode, printingInProgress }, wasPrinting)
    const { outcome, reason } = verdict.end ?? {}
    expect([outcome && `${outcome} ${reason}`, verdict.mayOffer]).toEqual([ended, mayOffer])
  })
})

it.each([
  ['200 OK', 'printed', undefined],
  ['OK', 'printed', undefined],
  ['200', 'printed', undefined],
  ['211 Paper low', 'printed', undefined],
  ['520 Download timeout', 'not-started', 'download-timeout'],
  ['521 Too large', 'uncertain', 'job-too-large'],
  ['510', 'uncertain', 'media-refused'],
  ['511 Decoding', 'uncertain', 'media-refused'],
  ['410 Out of paper', 'uncertain', 'paper-out'],
  ['411 Jam', 'uncertain', 'paper-error'],
  ['500', 'uncertain', 'printer-refused'],
  ['', 'uncertain', 'printer-refused'],
])('a confirmation with %s ends the slip as %s', (code, outcome, reason) => {
  expect(judgeConfirmation(code)).toEqual(reason === undefined ? { outcome } : { outcome, reason })
})

it('a token names slip and epoch, and anything else is none', () => {
  expect(readToken(tokenOf({ slip, epoch: 12 }))).toEqual({ slip, epoch: 12 })
  expect(['', slip, `${slip}.x`, `${slip}.1.1`, `x${slip}.1`].map(readToken)).toEqual(
    Array(5).fill(undefined),
  )
})
