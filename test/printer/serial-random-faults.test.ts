import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { runRandomFault } from './random-faults.js'

const FIRST = Number(process.env.FAULT_FIRST ?? 1)
const SCRIPTS = Number(process.env.FAULT_SCRIPTS ?? 8)

it.skipIf(spawnSync('socat', ['-V']).status !== 0)(
  `what ${SCRIPTS} random faults on a line leave on paper is what was said`,
  { timeout: 7_200_000 },
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-faults-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    const said = new Map<string, number>()
    const wrong: unknown[] = []
    for (let seed = FIRST; seed < FIRST + SCRIPTS; seed++) {
      // A name of its own: a printer at one that was used before might be taken for that one.
      const line = join(folder, `line-${seed}`)
      const outcome = await runRandomFault(seed, line).catch((error: unknown) => {
        wrong.push(error)
      })
      if (typeof outcome === 'string') said.set(outcome, (said.get(outcome) ?? 0) + 1)
    }
    if (SCRIPTS > 100) process.stdout.write(`${JSON.stringify(Object.fromEntries(said))}\n`)
    expect(wrong).toEqual([])
  },
)
