/** Each transaction goes on from what the one before knew of the terminals; the answers must be those of a store that asks anew. */
import { expect, test } from 'vitest'
import type { Archive } from '../../src/vouchers/index.js'
import { openArchive } from '../../src/vouchers/index.js'
import { by, cash, hasNodeSqlite, now, storeFolder } from './helpers.js'

const { path, create } = storeFolder()

type Step = (archive: Archive) => Promise<unknown>

/** Numbers from 0 to `below`, the same at every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
}

/** Trades with and without numbers, some refused or repeated, between settlements, settings, prints and resets. */
function steps(seed: number, count: number): readonly Step[] {
  const upTo = numbers(seed)
  return Array.from({ length: count }, (_, i): Step => {
    const terminal = `1002345${upTo(2)}`
    const minute = String(upTo(60)).padStart(2, '0')
    const trade = { ...cash, terminal, fen: 100 + i, at: `2026-11-23T12:${minute}:00+08:00` }
    const number = String(1 + upTo(9))
    const batch = String(1 + upTo(3))
    switch (upTo(12)) {
      case 0:
        return (archive) => archive.settle({ terminal }, by)
      case 1:
        return (archive) => archive.add({ ...trade, batch }, { now })
      case 2:
        return (archive) => archive.add({ ...trade, batch, voucher: number }, { now })
      case 3:
        return (archive) => archive.add({ ...trade, key: `k${number}`, fen: 500 }, { now })
      case 4:
        return (archive) => archive.addMany([trade, { ...trade, batch, voucher: number }], { now })
      case 5:
        return (archive) =>
          archive.add({ ...trade, type: 'void', original: { voucher: number, batch } }, { now })
      case 6:
        return (archive) => archive.changeSettings({ copies: 1 + (i % 3) }, by)
      case 7:
        return i % 3 === 0
          ? (archive) => archive.resetTerminal({ terminal, why: '换机' }, by)
          : (archive) => archive.seal(by)
      default:
        return (archive) => archive.add(trade, { now })
    }
  })
}

/** What a step said, without ids and hashes, which differ between stores. */
async function saidBy(step: Step, archive: Archive): Promise<unknown> {
  try {
    const said = await step(archive)
    return JSON.parse(
      JSON.stringify(said, (name, value) =>
        ['id', 'hash', 'seal', 'heads', 'follows'].includes(name) ? undefined : value,
      ),
    )
  } catch (error) {
    const { code, path: at } = error as { readonly code?: string; readonly path?: string }
    return { code, at }
  }
}

test.each([1, 2])('a store that goes on answers like one that asks anew, seed %i', async (seed) => {
  await using kept = await create(`kept-${seed}`)
  await (await create(`anew-${seed}`)).close()
  for (const [i, step] of steps(seed * 7919, 50).entries()) {
    await using anew = await openArchive(path(`anew-${seed}`))
    expect(await saidBy(step, kept), `step ${i}`).toEqual(await saidBy(step, anew))
  }
  expect(await kept.verify()).toMatchObject({ ok: true })
})

test.runIf(hasNodeSqlite)('what another connection has written is asked for', async () => {
  await using alone = await create('alone')
  await using one = await create('shared')
  await using other = await openArchive(path('shared'))
  const upTo = numbers(3)
  for (const [i, step] of steps(104_729, 80).entries()) {
    const archive = upTo(2) === 0 ? one : other
    expect(await saidBy(step, archive), `step ${i}`).toEqual(await saidBy(step, alone))
  }
  expect(await one.verify()).toMatchObject({ ok: true })
})

test('a refused trade leaves nothing behind that the next one takes for recorded', async () => {
  await using archive = await create('refused')
  await archive.add({ ...cash, key: 'a' }, { now })
  const wrong = [cash, { ...cash, key: 'a', fen: 1 }]
  await expect(archive.addMany(wrong, { now })).rejects.toMatchObject({ code: 'KEY_CONFLICT' })
  expect(await archive.add(cash, { now })).toMatchObject({ voucher: '000002' })
  expect(await archive.verify()).toMatchObject({ ok: true, entries: 2 })
})
