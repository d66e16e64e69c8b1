/** A shop with a counter on a virtual printer, for tests: two operators, a setting to print at once, a clock that stands. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startCounter } from '../../src/counter/index.js'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { fileJournal } from '../../src/journal/index.js'
import { openPrinter } from '../../src/printer/index.js'
import { generic58 } from '../../src/profiles/index.js'
import { createArchive } from '../../src/vouchers/index.js'
import { cashier, manager, withOperators } from '../conformance/archive-operators.js'

export { cashier, manager }

export const profile = { ...generic58, cuts: ['partial'] as const, answersStatus: true }

export type Shop = Awaited<ReturnType<typeof openShop>>

export async function openShop() {
  const folder = mkdtempSync(join(tmpdir(), 'counter-'))
  let at = Date.parse('2026-11-23T04:10:00Z')
  const clock = () => new Date(at)
  const archive = await createArchive(join(folder, 'shop.db'))
  const { boss } = await withOperators(archive)
  const merchant = { no: '898110058120001', name: '老城面馆人民路店' }
  const settings = { merchant, ask: 'always', copies: 1, language: 'zh' } as const
  await archive.changeSettings(settings, { now: clock(), by: boss })
  const virtual = await startVirtualPrinter({ profile, processIds: true })
  const journal = await fileJournal(join(folder, 'jobs.jsonl'))
  const printer = openPrinter(virtual.uri, { profile, journal, answerTimeoutMs: 300 })
  const papers = () => virtual.pieces
  const given = {
    archive,
    printer,
    journal,
    profile,
    terminal: '10023456',
    clock,
    papers,
    backupFolder: folder,
  }
  const counter = await startCounter(given)
  return {
    folder,
    archive,
    boss,
    virtual,
    counter,
    given,
    /** Time goes on by so many minutes. */
    later: (minutes: number) => {
      at += minutes * 60_000
    },
    async close() {
      await counter.close()
      await printer.close()
      await virtual.close()
      await journal.close()
      await archive.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
