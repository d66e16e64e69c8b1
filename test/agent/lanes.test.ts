import { expect, test } from 'vitest'
import { Lanes } from '../../src/agent/lanes.js'

test('so many are under way at once, in the order in which they came, also after one has failed', async () => {
  const lanes = new Lanes(3)
  const begun: number[] = []
  let now = 0
  let most = 0
  const ends = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) =>
      lanes.run(async () => {
        begun.push(i)
        now++
        most = Math.max(most, now)
        await new Promise((resolve) => setTimeout(resolve, 1))
        now--
        if (i % 4 === 0) throw new Error('lost')
      }),
    ),
  )
  expect([most, now]).toEqual([3, 0])
  expect(begun).toEqual(Array.from({ length: 20 }, (_, i) => i))
  expect(ends.filter(({ status }) => status === 'rejected')).toHaveLength(5)
})
