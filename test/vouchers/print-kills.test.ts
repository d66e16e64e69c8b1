/** kill -9 at moments of a print: how each attempt ended is known or uncertain, and no slip is on paper twice without its mark. */

import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { paperToText, startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic58 } from '../../src/profiles/index.js'
import { createArchive, openArchive } from '../../src/vouchers/index.js'
import { ensureBuilt, root } from '../built.js'
import { seeded } from '../seeded.js'
import { slipTrades } from './slip-samples.js'

/** More of them for a run alone: `XIAOPIAO_KILLS=200 npx vitest run test/vouchers/print-kills.test.ts`. */
const KILLS = Number(process.env.XIAOPIAO_KILLS ?? 3)
const LONGEST_MS = 250
const AT_ONCE = 30
const child = join(root, 'test/vouchers/print-child.mjs')

beforeAll(ensureBuilt)

/** How a program ended, and the vouchers that it has begun. */
function run(...args: readonly string[]) {
  return new Promise<{ readonly end: string; readonly begun: readonly string[] }>((resolve) => {
    execFile(process.execPath, [child, ...args], (error, stdout, stderr) => {
      const end = error === null ? 'done' : (error.signal ?? stderr)
      resolve({ end, begun: stdout.trim().split('\n') })
    })
  })
}

test('no kill prints a slip twice unmarked, or leaves an end that is not told', {
  timeout: 240_000 + KILLS * 10_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'voucher-kills-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const store = join(folder, 'shop.db')
  const now = new Date('2026-11-23T05:46:00Z')
  const count = KILLS * 8 + AT_ONCE
  const numbers = Array.from({ length: count }, (_, i) => String(i + 1).padStart(6, '0'))
  const archive = await createArchive(store)
  const sale = slipTrades['sale-card'] as object
  const added = await archive.addMany(
    numbers.map((voucher) => ({ ...sale, voucher })),
    { now },
  )
  await archive.close()
  const ids = added.map(({ id }) => id)
  const virtual = await startVirtualPrinter({
    profile: generic58,
    processIds: true,
    readBytes: 2000,
    readIntervalMs: 2,
  })
  onTestFinished(() => virtual.close())

  const random = seeded(11)
  let from = 0
  for (let kill = 1; kill <= KILLS; kill++) {
    const some = ids.slice(from, from + AT_ONCE)
    const { end, begun } = await run(store, virtual.uri, `${random(LONGEST_MS)}`, ...some)
    expect(end, `kill ${kill}`).toBe('SIGKILL')
    from = Math.max(ids.indexOf(begun.at(-1) ?? ''), from)
  }
  const last = ids.slice(0, from + 2)
  expect((await run(store, virtual.uri, '-', ...last)).end).toBe('done')

  await virtual.settled()
  const paper = virtual.papers.map((one) => paperToText(one)).join('\n')
  const printed = [...paper.matchAll(/凭证号:(\d{6})/g)].map(([, number]) => number)
  await using after = await openArchive(store)
  expect((await after.verify()).faults).toEqual([])
  const ends: Record<string, number> = { confirmed: 0, uncertain: 0 }
  for (const [i, id] of last.entries()) {
    const { prints } = await after.get(id)
    const onPaper = printed.filter((number) => number === numbers[i]).length
    const told = prints.filter(({ outcome }) => outcome !== 'failed')
    expect(told, numbers[i]).toHaveLength(1)
    const [print] = told
    const end = print?.outcome ?? ''
    ends[end] = (ends[end] ?? 0) + 1
    if (end === 'confirmed') expect(onPaper, numbers[i]).toBe(1)
    else expect(onPaper, numbers[i]).toBeLessThanOrEqual(1)
    expect(print?.marked).toBe(false)
  }
  expect(paper).not.toContain('重打印')
  expect(Object.keys(ends).sort()).toEqual(['confirmed', 'uncertain'])
  expect(ends.confirmed).toBeGreaterThan(0)
  if (KILLS >= 50) process.stdout.write(`${KILLS} kills: ${JSON.stringify(ends)}\n`)
})
