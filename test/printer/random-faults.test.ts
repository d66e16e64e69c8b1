import { expect, it } from 'vitest'
import { runRandomFault } from './random-faults.js'

const FIRST = Number(process.env.FAULT_FIRST ?? 1)
const SCRIPTS = Number(process.env.FAULT_SCRIPTS ?? 20)
/** The last one cut a question in half, which swallowed the beginning of the next job. */
const SEEDS = [...Array.from({ length: SCRIPTS }, (_, i) => i + FIRST), 788]

it(`what ${SCRIPTS} random faults leave on paper is what was said`, {
  timeout: 3_600_000,
}, async () => {
  const said = new Map<string, number>()
  const wrong: unknown[] = []
  for (const seed of SEEDS) {
    const outcome = await runRandomFault(seed).catch((error: unknown) => {
      wrong.push(error)
    })
    if (typeof outcome === 'string') said.set(outcome, (said.get(outcome) ?? 0) + 1)
  }
  if (SCRIPTS > 100) process.stdout.write(`${JSON.stringify(Object.fromEntries(said))}\n`)
  expect(wrong).toEqual([])
})
