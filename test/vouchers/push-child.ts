/**
 * `child STORE TO SEED`: pushes a store; now and then two pushes at once, and parts are sent twice. Its output is one line: what was sent, or the
 * error.
 */

import { openArchive, pushVouchers } from '../../src/vouchers/index.js'
import { ShopCopy } from '../../src/vouchers/store/shop-copy.js'
import { chance } from '../rigs/chance.js'

const [store = '', to = '', seed = '1'] = process.argv.slice(2)
const random = chance(seed)

const take = ShopCopy.prototype.take
/** As if the answer had been lost and the part sent again. */
ShopCopy.prototype.take = async function (records) {
  const sent = await take.call(this, records)
  if (random() < 0.3) await take.call(this, records)
  return sent
}

try {
  await using archive = await openArchive(store)
  const pushes = Array.from({ length: random() < 0.3 ? 2 : 1 }, () => pushVouchers(archive, to))
  const ends = await Promise.allSettled(pushes)
  for (const end of ends) if (end.status === 'rejected') throw end.reason
  process.stdout.write(`${JSON.stringify({ pushed: true })}\n`)
} catch (error) {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  process.stdout.write(`${JSON.stringify({ error: code ?? 'NONE', message })}\n`)
  process.exitCode = 1
}
