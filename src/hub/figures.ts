/** The hub's figures for Prometheus. */

import type { Registry } from 'prom-client'
import type { Answered } from './http/app.js'
import { need } from './need.js'

export interface Figures {
  countSlip(what: string): void
  countWake(): void
  answered(answer: Answered): void
  /** The figures of the process and the slips, in the text format of Prometheus. */
  text(): Promise<string>
  readonly contentType: string
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

export async function hubFigures(): Promise<Figures> {
  const client = await need<typeof import('prom-client')>('prom-client')
  const registry: Registry = new client.Registry()
  client.collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const slips = new client.Counter({
    name: 'xiaopiao_hub_slips_total',
    help: 'slips that were accepted, taken, or came to an end, by what happened',
    labelNames: ['what'],
    registers,
  })
  const wakes = new client.Counter({
    name: 'xiaopiao_hub_wakes_total',
    help: 'wake-ups that were sent to agents',
    registers,
  })
  const answers = new client.Histogram({
    name: 'xiaopiao_hub_answer_seconds',
    help: 'time until a request was answered, by route and status',
    labelNames: ['route', 'status'],
    buckets: SECONDS,
    registers,
  })
  return {
    countSlip: (what) => slips.inc({ what }),
    countWake: () => wakes.inc(),
    answered: ({ route, status, ms }) => answers.observe({ route, status }, ms / 1000),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
