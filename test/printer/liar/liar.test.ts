/** What print() says to a printer that lies is never better than the paper, and no line comes twice. */

import { expect, it } from 'vitest'
import { FIXED } from './fixed-scripts.js'
import { randomScript } from './random-script.js'
import { runScript, type Script } from './script.js'

const FIRST = Number(process.env.LIAR_FIRST ?? 1)
/** `LIAR_SCRIPTS=5000 npx vitest run test/printer/liar` is the long run. */
const SCRIPTS = Number(process.env.LIAR_SCRIPTS ?? 40)
const AT_ONCE = 16

async function liesOf(scripts: readonly Script[]) {
  const said = new Map<string, number>()
  const lies: string[] = []
  const waiting = [...scripts]
  const worker = async () => {
    for (let script = waiting.shift(); script !== undefined; script = waiting.shift()) {
      const verdict = await runScript(script)
      const key = `${script.kind} ${script.fault === undefined ? 'clean' : 'faulty'}: ${verdict.said}`
      said.set(key, (said.get(key) ?? 0) + 1)
      for (const lie of verdict.lies) {
        lies.push(
          `${script.name} (${script.kind}): ${verdict.said}: ${lie}; paper ${verdict.paper}`,
        )
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { said, lies }
}

it('scripts of one lie each', async () => {
  const { lies } = await liesOf(FIXED)
  expect(lies).toEqual([])
})

it(`${SCRIPTS} scripts of chance`, { timeout: 3_600_000 }, async () => {
  const scripts = Array.from({ length: SCRIPTS }, (_, i) => randomScript(FIRST + i))
  const { said, lies } = await liesOf(scripts)
  if (SCRIPTS > 100) {
    const shares = [...said].sort(([a], [b]) => (a < b ? -1 : 1))
    process.stdout.write(`${shares.map(([key, count]) => `${key} ${count}`).join('\n')}\n`)
  }
  expect(lies).toEqual([])
})
