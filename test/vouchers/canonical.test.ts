/** The texts that an import makes by a shorter way are those of RFC 8785, whatever the order of the caller's fields. */

import canonicalize from 'canonicalize'
import { expect, test } from 'vitest'
import { readTrade } from '../../src/vouchers/read-trade.js'
import { canonicalTrade, canonicalTradeBody } from '../../src/vouchers/store/canonical.js'
import { slipTrades } from './slip-samples.js'

test.each(Object.entries(slipTrades))('%s', (_, given) => {
  const fields = Object.entries(given)
  for (const order of [fields, fields.toReversed()]) {
    const { trade } = readTrade(Object.fromEntries(order))
    const text = canonicalTrade(trade)
    expect(text).toBe(canonicalize(trade))
    const body = {
      voucher: '000001',
      id: 'x',
      recordedAt: 5,
      merchantNo: '',
      batch: '000001',
      businessDay: '2026-11-23',
      warnings: [{ path: 'at', code: 'AT_BEFORE_LAST' }],
    }
    expect(canonicalTradeBody(body, text)).toBe(canonicalize({ ...body, trade }))
  }
})
