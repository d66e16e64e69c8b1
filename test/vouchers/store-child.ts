/**
 * `child STORE WORK COUNT NAME [KEYFILE]`: opens a store and adds trades; each line of its output is one acknowledgement, written once the promise
 * has resolved. `add` gives each trade a key; `resolve` adds unknown trades and resolves every one. An error is a line too, and ends it.
 */

import { writeSync } from 'node:fs'
import { openArchive } from '../../src/vouchers/open-archive.js'

const [store = '', work = 'add', count = '1', name = '1', keyFile] = process.argv.slice(2)
const now = new Date('2026-11-23T04:10:00Z')

function say(line: object): void {
  writeSync(1, `${JSON.stringify(line)}\n`)
}

try {
  await using archive = await openArchive(store, keyFile === undefined ? {} : { keyFile })
  say({ opened: true })
  for (let i = 0; i < Number(count); i++) {
    const { id, voucher } = await archive.add(
      {
        key: `${name}-${i}`,
        type: 'sale',
        kind: 'cash',
        result: work === 'resolve' ? 'unknown' : 'approved',
        fen: 100 + i,
        at: '2026-11-23T12:02:17+08:00',
        terminal: '10023456',
        operator: '01',
        remarks: 'x'.repeat(1 + ((i * 37) % 180)),
      },
      { now },
    )
    say({ added: id, key: `${name}-${i}`, voucher })
    if (work !== 'resolve') continue
    await archive.resolve(id, 'approved', { now, by: '01' })
    say({ resolved: id })
  }
} catch (error) {
  const { code, message } = error as { readonly code?: string; readonly message: string }
  say({ error: code ?? 'NONE', message })
  process.exitCode = 1
}
