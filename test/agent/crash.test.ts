/**
 * An agent is killed at random moments, its clock jumps, and the printers' paper is the judge. `AGENT_KILLS=200` for a run as long as it should be
 * before a release.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { enrolAgent } from '../../src/agent/index.js'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import { buildChild } from '../build-child.js'
import { askBy, startHub, type TestHub } from '../hub/start-hub.js'
import { postgresFolder } from '../postgres-server.js'
import { seeded } from '../seeded.js'
import { keysOn, profile, slipOf, until } from './open-store.js'

const KILLS = Number(process.env.AGENT_KILLS ?? 5)
const SEED = Number(process.env.XIAOPIAO_SEED ?? 1)
const SLIPS_OF_A_LIFE = 8
const CLOCK_JUMP_MS = 7_200_000

describe.skipIf(postgresFolder === undefined)('an agent that is killed', () => {
  let hub: TestHub
  let folder: string
  let program: string

  beforeAll(async () => {
    hub = await startHub()
    folder = await mkdtemp(join(tmpdir(), 'xiaopiao-killed-'))
    const libraries = ['serialport', 'usb', 'sharp']
    program = await buildChild(new URL('./agent-child.ts', import.meta.url), folder, libraries)
  })
  afterAll(async () => {
    await hub?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  test('has no slip on paper twice, and says printed only of what is', {
    timeout: 240_000 + KILLS * 20_000,
  }, async () => {
    const pick = seeded(SEED)
    const random = () => pick(1_000_000) / 1_000_000
    const shop = await hub.tenant('面馆')
    const store = (await shop.ask('POST', '/v1/stores', { name: '人民路' })).json.id
    const { code } = (await shop.ask('POST', '/v1/agents/codes', { store })).json
    const own = join(folder, 'agent')
    await enrolAgent({ hub: hub.url, code, folder: own, name: '收银台' })
    const virtual = await Promise.all([1, 2].map(() => startVirtualPrinter({ profile })))
    const printers = { 前台: virtual[0]?.uri, 厨房: virtual[1]?.uri }
    const times = { pollMs: 100, statusMs: 300, retryMs: 20 }
    const options = { folder: own, printers, ...times, printer: { lockFolder: folder } }
    const live = (life: number) => startChild(program, { ...options, shiftMs: shiftOf(life) })
    const shiftOf = (life: number) => (life % 2 === 0 ? 0 : random() * CLOCK_JUMP_MS)

    let child = await live(0)
    onTestFinished(() => child.kill())
    const ids: Record<string, string> = {}
    await until(async () => {
      const { json } = await shop.ask('GET', '/v1/printers')
      for (const { name, id } of json.printers) ids[name] = id
      return Object.keys(ids).length === 2
    })
    const keys: string[] = []
    for (let life = 0; life < KILLS; life++) {
      const slips = Array.from({ length: SLIPS_OF_A_LIFE }, (_, i) => {
        const key = `${life}-${i}`
        keys.push(key)
        return slipOf(key, ids[random() < 0.5 ? '前台' : '厨房'] ?? '')
      })
      const handing = slips.map(async (slip) => {
        const isLost = random() < 0.3
        const isOnLan = random() < 0.5
        // Some reach the hub, their answers are lost, and the till sends them to the agent.
        if (isLost || !isOnLan) await shop.ask('POST', '/v1/slips', slip)
        if (!isLost && !isOnLan) return
        await until(async () => {
          const ask = askBy(child.url, () => `Bearer ${child.key}`)
          const answer = await ask('POST', '/v1/slips', slip).catch(() => undefined)
          return answer !== undefined && answer.status < 300
        })
      })
      await new Promise((resolve) => setTimeout(resolve, random() * 600))
      await child.kill()
      child = await live(life + 1)
      await Promise.all(handing)
    }
    const unended = () =>
      hub.server.sql(
        "select count(*) from xiaopiao_hub.slip where state in ('accepted', 'offered', 'taken', 'printing', 'not-started')",
      )
    const known = () => Number(hub.server.sql('select count(*) from xiaopiao_hub.slip'))
    await until(() => unended() === '0' && known() === keys.length, 25_000 + KILLS * 5000)
    await child.kill()
    const papers = keysOn(virtual.flatMap((one) => one.papers))
    await Promise.all(virtual.map((one) => one.close()))
    const rows = hub.server.sql('select key, state from xiaopiao_hub.slip').split('\n')
    const states = new Map(rows.map((row) => row.split('|') as [string, string]))
    expect([...states.keys()].sort()).toEqual([...keys].sort())
    const wrong = [...states].filter(([key, state]) => !fits(state, papers.get(key) ?? 0))
    expect(wrong).toEqual([])
    const doubtful = [...states.values()].filter((state) => state === 'uncertain')
    // Each life leaves one slip in doubt at each printer, at most.
    expect(doubtful.length).toBeLessThanOrEqual(KILLS * 2)
    if (KILLS > 20) process.stdout.write(`${keys.length} slips, ${doubtful.length} uncertain\n`)
  })
})

/** Whether so many papers may be out in this state. */
function fits(state: string, papers: number): boolean {
  if (state === 'processed') return papers === 1
  return state === 'uncertain' && papers <= 1
}

interface Child {
  readonly url: string
  readonly key: string
  kill(): Promise<void>
}

async function startChild(program: string, options: object): Promise<Child> {
  const child: ChildProcess = spawn(process.execPath, [program, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').once('data', resolve)
    child.once('exit', () => reject(new Error('the agent ended before it had begun')))
  })
  const [url = '', key = ''] = line.trim().split(' ')
  return {
    url,
    key,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}
