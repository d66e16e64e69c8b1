/**
 * The agent of a store. The hub has the slips, and the agent has the printers: it takes a slip, writes it to its journal, prints it, and reports
 * what came out. It is the only program in the store that uses a printer.
 *
 * ```js
 * import { enrolAgent, startAgent } from 'xiaopiao/agent'
 * import { generic80 } from 'xiaopiao/profiles/generic-80'
 *
 * await enrolAgent({ hub: 'https://hub.example', code, folder: 'agent', name: '总店' })
 * const agent = await startAgent({
 *   folder: 'agent',
 *   printers: { 前台: { uri: 'tcp://192.168.1.50', profile: generic80 } },
 *   lan: { host: '0.0.0.0', port: 8199 },
 * })
 * await agent.ended
 * ```
 */

export type { AgentOptions, AgentPrinter } from './agent-options.js'
export { type EnrolOptions, enrolAgent } from './enrol.js'
export { AgentError } from './errors.js'
export type { AgentIdentity } from './folder.js'
export type { TlsOptions } from './http-request.js'
export type { LanOptions } from './lan-options.js'
export { type Agent, startAgent } from './start-agent.js'
export { systemdUnit, type UnitOptions } from './systemd-unit.js'
