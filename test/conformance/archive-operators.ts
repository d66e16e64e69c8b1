/** What every store must do with the people at the counter. */
import { createHook } from 'node:async_hooks'
import { describe, expect, test } from 'vitest'
import type { Archive, SignedIn } from '../../src/vouchers/index.js'
import { refundOf } from '../../src/vouchers/index.js'
import { by, cash, now, sale } from '../vouchers/helpers.js'

export const manager = { no: '01', name: '王店长', role: 'manager', pin: '820416' } as const
export const cashier = { no: '02', name: '小李', role: 'cashier', pin: '739105' } as const

/** A store with a manager and a cashier who has changed his first PIN. */
export async function withOperators(archive: Archive): Promise<{
  readonly boss: SignedIn
  readonly clerk: SignedIn
}> {
  const { operators } = archive
  await operators.add(manager, { now, by: 'init' })
  const boss = await operators.signIn('01', manager.pin, { now })
  await operators.add({ ...cashier, pin: '246813' }, { now, by: boss })
  const pins = { old: '246813', next: cashier.pin }
  const clerk = await operators.changePin('02', pins, { now })
  return { boss, clerk }
}

/** After 200 wrong PINs of operator 02: five were looked at, and not one more. */
export async function expectLocked(archive: Archive, codes: readonly string[]): Promise<void> {
  expect(codes.filter((code) => code === 'PIN_WRONG')).toHaveLength(5)
  expect(codes.filter((code) => code === 'OPERATOR_LOCKED')).toHaveLength(195)
  const log = await archive.operators.log()
  const own = log.filter(({ no }) => no === '02')
  expect(own.slice(0, 5).map(({ action, failures }) => [action, failures])).toEqual(
    [5, 4, 3, 2, 1].map((failures) => ['attempt', failures]),
  )
  expect(own[5]).toMatchObject({ action: 'change-pin' })
  const right = archive.operators.signIn('02', cashier.pin, { now })
  await expect(right).rejects.toMatchObject({ code: 'OPERATOR_LOCKED' })
  expect((await archive.verify()).faults).toEqual([])
}

/** The answers that `pin-child.ts` counted, one by one. */
export function answersOf(runs: readonly { readonly stdout: string }[]): readonly string[] {
  return runs.flatMap(({ stdout }) =>
    Object.entries(JSON.parse(stdout)).flatMap(([code, count]) =>
      Array<string>(Number(count)).fill(code),
    ),
  )
}

/** @param create makes an empty store; `open` opens the one of that name again */
export function operatorConformance(
  name: string,
  create: (store: string) => Promise<Archive>,
  open: (store: string) => Promise<Archive>,
): void {
  describe(`operators in ${name}`, () => {
    test('are asked for only once there are some', async () => {
      await using archive = await create('none')
      await archive.changeSettings({ refundWithinBatch: true }, by)
      const { id } = await archive.add(cash, { now })
      const refund = refundOf(await archive.get(id), { at: cash.at, operator: '01', fen: 100 })
      await archive.add({ ...refund, key: 'a' }, { now })
      await archive.operators.authorize('reprint', by)
      expect(await archive.operators.list()).toEqual([])
      expect(await archive.operators.log()).toEqual([])

      const { boss, clerk } = await withOperators(archive)
      const codes = async (who: SignedIn | string) => {
        const tries = [
          archive.add(
            { ...refund, key: `b${JSON.stringify(who)}`.replace(/\W/g, '') },
            { now, by: who },
          ),
          archive.changeSettings({ language: 'zh' }, { now, by: who }),
          archive.operators.authorize('reprint', { now, by: who }),
          archive.operators.authorize('export', { now, by: who }),
          archive.operators.resetPin('02', '5592', { now, by: who }),
          archive.resetTerminal({ terminal: 'none', why: 'x' }, { now, by: who }),
        ]
        return Promise.all(
          tries.map((one) =>
            one.then(
              () => 'done',
              ({ code }) => code,
            ),
          ),
        )
      }
      expect(await codes('01')).toEqual(Array(6).fill('OPERATOR_NEEDED'))
      expect(await codes(clerk)).toEqual(Array(6).fill('MANAGER_NEEDED'))
      expect(await codes(boss)).toEqual([...Array(5).fill('done'), 'TERMINAL_UNKNOWN'])
      // A sale asks for nobody.
      await archive.add(sale, { now })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('vouch for trades by their numbers', async () => {
      await using archive = await create('vouch')
      const { boss, clerk } = await withOperators(archive)
      const { id } = await archive.add({ ...cash, operator: '02' }, { now, by: clerk })
      const other = archive.add({ ...cash, operator: '07' }, { now, by: clerk })
      await expect(other).rejects.toMatchObject({ code: 'OPERATOR_OTHER', path: 'operator' })
      const refund = refundOf(await archive.get(id), { at: cash.at, operator: '02', fen: 100 })
      const named = { ...refund, approvedBy: '王店长' }
      await expect(archive.add(named, { now })).rejects.toMatchObject({ code: 'OPERATOR_NEEDED' })
      await expect(archive.add(named, { now, by: boss })).rejects.toMatchObject({
        code: 'OPERATOR_OTHER',
        path: 'approvedBy',
      })
      const many = archive.addMany([{ ...cash, fen: 7 }, refund], { now, by: clerk })
      await expect(many).rejects.toMatchObject({ code: 'OPERATOR_OTHER', path: '[0].operator' })
      const [, back] = await archive.addMany([{ ...cash, fen: 7 }, refund], { now, by: boss })
      expect(await archive.get(back?.id as string)).toMatchObject({
        operator: '02',
        approvedBy: '01',
      })
      // The same trade again is the same voucher, also with a manager who vouches for it.
      const first = await archive.add({ ...refund, key: 'twice' }, { now, by: boss })
      const again = await archive.add({ ...refund, key: 'twice' }, { now, by: boss })
      expect(again).toMatchObject({ id: first.id, repeated: true })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('sign in by a PIN that the store does not hold, and lock after wrong ones', async () => {
      const archive = await create('lock')
      const { boss } = await withOperators(archive)
      await archive.changeSettings({ pinAttempts: 3 }, { now, by: boss })
      const attempt = (pin: string, no = '02') =>
        archive.operators.signIn(no, pin, { now }).then(
          ({ role }) => role,
          ({ code, hint }) => `${code} ${/one attempt/.test(hint)}`,
        )
      expect(await attempt('0000')).toBe('PIN_WRONG false')
      expect(await attempt(cashier.pin)).toBe('cashier')
      expect(await attempt('9999', '77')).toBe('PIN_WRONG false')
      expect(await attempt('no pin')).toBe('PIN_WRONG false')
      const tries = [await attempt('1111'), await attempt('2222'), await attempt('3333')]
      expect(tries).toEqual(['PIN_WRONG false', 'PIN_WRONG true', 'PIN_WRONG false'])
      expect(await attempt(cashier.pin)).toBe('OPERATOR_LOCKED false')
      await archive.close()

      await using again = await open('lock')
      const [, row] = await again.operators.list()
      expect(row).toMatchObject({ no: '02', isLocked: true })
      const anew = await again.operators.signIn('01', manager.pin, { now })
      // Sign-ins belong to the archive that made them.
      const old = again.operators.resetPin('02', '482915', { now, by: boss })
      await expect(old).rejects.toMatchObject({ code: 'SIGN_IN_ENDED' })
      const forged = again.operators.resetPin('02', '482915', { now, by: { ...anew } })
      await expect(forged).rejects.toMatchObject({ code: 'SIGN_IN_ENDED' })
      await again.operators.resetPin('02', '482915', { now, by: anew })
      const first = await again.operators.signIn('02', '482915', { now })
      expect(first).toMatchObject({ isFirstPin: true })
      const log = await again.operators.log()
      expect(log.slice(0, 3).map(({ action }) => action)).toEqual([
        'sign-in',
        'attempt',
        'reset-pin',
      ])
      expect(JSON.stringify(log)).not.toMatch(/salt|hash/)
      const kept = JSON.stringify(await again.records({ after: 0, limit: 5000 }))
      for (const pin of [manager.pin, cashier.pin, '246813', '482915'])
        expect(kept).not.toContain(pin)
      expect((await again.verify()).faults).toEqual([])
    })

    test('a number that nobody has is looked at like a wrong PIN', async () => {
      const archive = await create('nobody')
      await withOperators(archive)
      const stretched: number[] = []
      const hook = createHook({
        init: (id, type) => void (type === 'SCRYPTREQUEST' && stretched.push(id)),
      }).enable()
      for (const no of ['77', '02', '78']) {
        const attempt = archive.operators.signIn(no, '9182', { now })
        await expect(attempt).rejects.toMatchObject({ code: 'PIN_WRONG' })
      }
      hook.disable()
      expect(stretched).toHaveLength(3)
      await archive.close()
    })

    test('200 wrong PINs of four callers at once are five attempts', async () => {
      await using archive = await create('wrong pins')
      await withOperators(archive)
      const callers = [0, 1, 2, 3].map(async (caller) => {
        const codes: string[] = []
        for (let i = 0; i < 50; i++) {
          const pin = String(100_000 + caller * 1000 + i)
          const trying = archive.operators.signIn('02', pin, { now })
          codes.push(
            await trying.then(
              () => 'signed in',
              ({ code }) => code,
            ),
          )
        }
        return codes
      })
      await expectLocked(archive, (await Promise.all(callers)).flat())
    })

    test('a sign-in ends with the PIN, and the last manager stays', async () => {
      await using archive = await create('ends')
      const { operators } = archive
      const { boss, clerk } = await withOperators(archive)
      const last = [
        operators.remove('01', { now, by: boss }),
        operators.change('01', { role: 'cashier' }, { now, by: boss }),
      ]
      for (const one of last) await expect(one).rejects.toMatchObject({ code: 'LAST_MANAGER' })
      const own = operators.resetPin('01', '774411', { now, by: boss })
      await expect(own).rejects.toMatchObject({ code: 'OPERATOR_INVALID' })
      await operators.change('02', { role: 'manager' }, { now, by: boss })
      // What counts is the role of now.
      await operators.authorize('export', { now, by: clerk, what: '2026-11' })
      await operators.remove('01', { now, by: clerk })
      await expect(operators.authorize('export', { now, by: boss })).rejects.toMatchObject({
        code: 'SIGN_IN_ENDED',
      })
      await expect(operators.signIn('01', manager.pin, { now })).rejects.toMatchObject({
        code: 'PIN_WRONG',
      })
      await expect(operators.add(manager, { now, by: clerk })).rejects.toMatchObject({
        code: 'OPERATOR_EXISTS',
      })
      await operators.recoverPin('02', '918273', { now, by: '老板', why: '忘记密码' })
      await expect(operators.authorize('reprint', { now, by: clerk })).rejects.toMatchObject({
        code: 'SIGN_IN_ENDED',
      })
      const back = await operators.signIn('02', '918273', { now })
      await expect(operators.authorize('reprint', { now, by: back })).rejects.toMatchObject({
        code: 'PIN_FIRST',
      })
      const [newest] = (await operators.log()).filter(({ action }) => action === 'recover-pin')
      expect(newest).toMatchObject({ no: '02', by: '老板', why: '忘记密码' })
      expect((await archive.verify()).faults).toEqual([])
    })

    test('PINs that others try first are refused', async () => {
      await using archive = await create('weak')
      const add = (pin: string, no = '42') =>
        archive.operators.add({ ...manager, no, pin }, by).catch(({ code, message }) => {
          expect(message).not.toContain(pin)
          return code
        })
      for (const pin of ['123', '1234567890123', '4444', '1234', '98765', '0042', '12a4']) {
        expect(await add(pin), pin).toBe('PIN_INVALID')
      }
      const clerk = archive.operators.add(cashier, by)
      await expect(clerk).rejects.toMatchObject({ code: 'OPERATOR_INVALID', path: 'role' })
      expect(await archive.operators.list()).toEqual([])
    })
  })
}
