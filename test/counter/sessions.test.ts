/** Sessions and times of trades, which live in memory alone. */

import { expect, test } from 'vitest'
import { Sessions } from '../../src/counter/sessions.js'
import { TradeTimes } from '../../src/counter/trade-times.js'
import type { SignedIn } from '../../src/vouchers/operators/signed-in.js'

const now = new Date('2026-11-23T04:00:00Z')
const operator = (no: string): SignedIn =>
  ({ no, name: `name ${no}`, role: 'cashier', isFirstPin: false }) as SignedIn

test('all sessions of an operator end at once, and those of others go on', () => {
  const sessions = new Sessions()
  const own = [sessions.begin(operator('01'), now), sessions.begin(operator('01'), now)]
  const other = sessions.begin(operator('02'), now)
  sessions.endOf('01')
  expect(own.map(({ id }) => sessions.find(id, now))).toEqual([undefined, undefined])
  expect(sessions.find(other.id, now)).toBe(other)
  sessions.endOf('99')
  expect(sessions.find(other.id, now)).toBe(other)
})

test('a session ends a quarter of an hour after its last use', () => {
  const sessions = new Sessions()
  const { id } = sessions.begin(operator('01'), now)
  const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
  expect(sessions.find(id, after(15))).toBeDefined()
  expect(sessions.find(id, after(30))).toBeDefined()
  expect(sessions.find(id, after(45.1))).toBeUndefined()
  expect(sessions.find(id, after(46))).toBeUndefined()
})

test('a trade that comes again keeps its time until it was refused', () => {
  let at = 0
  const times = new TradeTimes(() => new Date(now.getTime() + 1000 * at++))
  const first = times.of({ key: 'a' })
  expect(times.of({ key: 'a' })).toEqual(first)
  expect(times.of({ key: 'b' })).not.toEqual(first)
  times.forget({ key: 'a' })
  expect(times.of({ key: 'a' })).not.toEqual(first)
  times.forget({})
  expect(times.of({})).not.toEqual(times.of({}))
})
