/** Work that is gathered: what is carried out together, and how the ends of each come apart again. */
import { expect, test } from 'vitest'
import { gathered, type Settled } from '../../src/hub/db/gather.js'

/** They keep all lanes of a tenant busy. */
const FIRST = ['w', 'x', 'y', 'z']

/** Work that waits until it is let go, and remembers what came together. */
function held(end: (one: string) => Settled<string> = (one) => ({ value: one.toUpperCase() })) {
  const together: (readonly string[])[] = []
  const open: (() => void)[] = []
  const run = gathered<string, string>({
    nameOf: (one) => one.slice(0, 1),
    work: async (_tenant, all) => {
      together.push(all)
      await new Promise<void>((resolve) => open.push(resolve))
      return all.map(end)
    },
  })
  const letGo = async () => {
    // Whatever begins next does so before the promises of this turn are over.
    for (let turn = 0; turn < 20; turn++) {
      open.shift()?.()
      await Promise.resolve()
    }
  }
  return { run: (one: string) => run('tenant', one), together, letGo }
}

test('what comes while work is under way is carried out together', async () => {
  const { run, together, letGo } = held()
  const all = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map(run)
  const alone = [['a'], ['b'], ['c'], ['d']]
  expect(together).toEqual(alone)
  await letGo()
  await letGo()
  expect(await Promise.all(all)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G'])
  expect(together).toEqual([...alone, ['e', 'f', 'g']])
})

test('two pieces of work of one name are carried out one after the other', async () => {
  const { run, together, letGo } = held()
  const all = ['a1', 'a2', 'b1', 'a3', 'b2'].map(run)
  expect(together).toEqual([['a1'], ['b1']])
  for (let i = 0; i < 5; i++) await letGo()
  expect(await Promise.all(all)).toEqual(['A1', 'A2', 'B1', 'A3', 'B2'])
  for (const one of together) expect(new Set(one.map((name) => name[0])).size).toBe(one.length)
  expect(together.flat().filter((one) => one.startsWith('a'))).toEqual(['a1', 'a2', 'a3'])
})

test('a piece of work that is refused leaves the others alone', async () => {
  const refused = new Error('refused')
  const { run, letGo } = held((one) => (one === 'b' ? { error: refused } : { value: one }))
  const all = [...FIRST, 'a', 'b', 'c'].map(run)
  const settled = Promise.allSettled(all)
  for (let i = 0; i < 3; i++) await letGo()
  const [a, b, c] = (await settled).slice(FIRST.length)
  expect([a, b, c]).toEqual([
    { status: 'fulfilled', value: 'a' },
    { status: 'rejected', reason: refused },
    { status: 'fulfilled', value: 'c' },
  ])
})

test.each([
  ['a fault of one, so that each is tried alone', new TypeError('one'), ['a', 'c'], 8],
  [
    'another transaction in the way, so that each is tried alone',
    Object.assign(new Error('deadlock'), { code: '40P01' }),
    ['a', 'c'],
    8,
  ],
  ['an outage, which is told to all', new Error('the connection ended'), [], 5],
])('%s', async (_, error, done, count) => {
  const tries: (readonly string[])[] = []
  const run = gathered<string, string>({
    nameOf: (one) => one,
    work: async (_tenant, all) => {
      tries.push(all)
      await Promise.resolve()
      if (all.includes('b')) throw error
      return all.map((value) => ({ value }))
    },
  })
  const all = [...FIRST, 'a', 'b', 'c'].map((one) => run('tenant', one))
  const ended = (await Promise.allSettled(all)).slice(FIRST.length)
  const good = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(good).toEqual(done)
  expect(tries).toHaveLength(count)
})
