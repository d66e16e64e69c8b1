/** `child STORE COUNT [KEYFILE]`: tries so many wrong PINs of operator 02 at once, and says how often each answer came. */

import { writeSync } from 'node:fs'
import { openArchive } from '../../src/vouchers/open-archive.js'

const [store = '', count = '1', keyFile] = process.argv.slice(2)
await using archive = await openArchive(store, keyFile === undefined ? {} : { keyFile })
const answers: Record<string, number> = {}
const tries = Array.from({ length: Number(count) }, async (_, i) => {
  const pin = String(100_000 + i)
  const now = new Date('2026-11-23T04:10:00Z')
  const answer = await archive.operators.signIn('02', pin, { now }).then(
    () => 'signed in',
    ({ code }) => String(code),
  )
  answers[answer] = (answers[answer] ?? 0) + 1
})
await Promise.all(tries)
writeSync(1, `${JSON.stringify(answers)}\n`)
