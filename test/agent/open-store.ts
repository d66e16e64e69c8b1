/** A store with virtual printers, a line that can be cut, and an agent that is enrolled at a real hub. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AgentOptions, enrolAgent, startAgent } from '../../src/agent/index.js'
import {
  startVirtualPrinter,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from '../../src/device/server/server.js'
import type { SlipRequest } from '../../src/hub-api/slip-shapes.js'
import type { Diagnostic } from '../../src/model/diagnostic.js'
import type { Paper } from '../../src/model/paper.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { type Asked, askBy, type TestHub, type TestTenant } from '../hub/start-hub.js'
import { startWan, type Wan } from './wan.js'

/** It is asked how it is, and not for what it may not know, because that waits for an answer. */
export const profile = generic80

export interface StoreOptions {
  readonly printers?: readonly string[]
  readonly virtual?: Partial<VirtualPrinterServerOptions>
  readonly agent?: Partial<AgentOptions>
}

export type RunningAgent = Awaited<ReturnType<typeof startAgent>>

export interface TestStore {
  readonly tenant: TestTenant
  readonly store: string
  readonly folder: string
  readonly wan: Wan
  readonly virtual: readonly VirtualPrinterServer[]
  readonly diagnostics: Diagnostic[]
  start(more?: Partial<AgentOptions>): Promise<RunningAgent>
  /** Hands a slip in at the hub. */
  accept(slip: object): Promise<Asked>
  /** The slip of this key at the hub. */
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field
  slipOfKey(key: string): Promise<any>
  /** The state of that slip; empty if the hub has none. */
  stateOf(key: string): Promise<string>
  /** The id of a printer at the hub, when the hub knows it. */
  printerId(agent: RunningAgent, name?: string): Promise<string>
  stop(): Promise<void>
}

export async function openStore(
  hub: TestHub,
  { printers = ['前台'], virtual: habits = {}, agent: own = {} }: StoreOptions = {},
): Promise<TestStore> {
  const tenant = await hub.tenant(`面馆 ${Math.random()}`)
  const store = (await tenant.ask('POST', '/v1/stores', { name: '人民路' })).json.id as string
  const { code } = (await tenant.ask('POST', '/v1/agents/codes', { store })).json
  const wan = await startWan(hub.url)
  const root = await mkdtemp(join(tmpdir(), 'xiaopiao-agent-'))
  const folder = join(root, 'agent')
  await enrolAgent({ hub: wan.url, code, folder, name: '收银台', version: '1.2.3' })
  const virtual: VirtualPrinterServer[] = []
  for (const _ of printers) virtual.push(await startVirtualPrinter({ profile, ...habits }))
  const diagnostics: Diagnostic[] = []
  const running: RunningAgent[] = []
  const slipOfKey: TestStore['slipOfKey'] = async (key) =>
    (await tenant.ask('GET', `/v1/slips?key=${key}`)).json.slips[0]
  return {
    ...{ tenant, store, folder, wan, virtual, diagnostics, slipOfKey },
    accept: (slip) => tenant.ask('POST', '/v1/slips', slip),
    stateOf: async (key) => (await slipOfKey(key))?.state ?? '',
    async start(more = {}) {
      const agent = await startAgent({
        folder,
        printers: Object.fromEntries(
          printers.map((name, i) => [name, { uri: virtual[i]?.uri ?? '', profile }]),
        ),
        ...{ pollMs: 200, statusMs: 400, retryMs: 20, holdMs: 60_000, lan: {}, version: '1.2.3' },
        onDiagnostic: (diagnostic) => diagnostics.push(diagnostic),
        printer: { lockFolder: root, answerTimeoutMs: 1000 },
        ...own,
        ...more,
      })
      running.push(agent)
      return agent
    },
    async printerId(agent, name = '前台') {
      await until(() => agent.printers[name] !== undefined)
      return agent.printers[name] as string
    },
    async stop() {
      for (const agent of running) await agent.close()
      for (const one of virtual) await one.close()
      await wan.stop()
      await rm(root, { recursive: true })
    },
  }
}

/** A slip whose paper says its key. */
export function slipOf(key: string, printer: string, more: Partial<SlipRequest> = {}): SlipRequest {
  const bytes = Buffer.from(`\x1b@KEY ${key} END\n`).toString('base64')
  return { key, printer, payload: { bytes }, ...more }
}

/** Hands a slip in at the agent itself. */
export function handIn(agent: RunningAgent, slip: object): Promise<Asked> {
  return askBy(agent.lanUrl ?? '', () => `Bearer ${agent.lanKey}`)('POST', '/v1/slips', slip)
}

/** How often each key is on paper, and how often headed as a second copy. */
export function keysOn(papers: readonly Paper[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const text of linesOn(papers)) {
    const [, key] = /KEY(.+)END/.exec(text) ?? []
    if (key !== undefined) found.set(key, (found.get(key) ?? 0) + 1)
  }
  return found
}

export function linesOn(papers: readonly Paper[]): string[] {
  return papers.flatMap(({ lines, glyphs }) =>
    lines.map(({ from, to }) =>
      glyphs
        .slice(from, to)
        .map((glyph) => glyph.text)
        .join(''),
    ),
  )
}

export async function until(
  holds: () => boolean | Promise<boolean>,
  timeoutMs = 25_000,
): Promise<void> {
  for (const end = Date.now() + timeoutMs; !(await holds()); ) {
    if (Date.now() > end) throw new Error('what was waited for has not come')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
