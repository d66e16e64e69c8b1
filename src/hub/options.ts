/** The options of a hub, checked before anything happens. */

import {
  LIST_OF_TEXTS,
  needed,
  OBJECT,
  type OptionRule,
  type OptionRules,
  oneOf,
  readOptions,
  TEXT,
  wholeNumber,
} from '../model/options.js'
import type { HubFront } from './parts.js'

export interface HubOptions {
  /** `postgres://user@host/database?schema=xiaopiao_hub`; `migrateHub` has made the schema. */
  readonly db: string
  /** Default 127.0.0.1, for a proxy in front of the hub that ends TLS. */
  readonly host?: string
  /** Default 8620; 0 lets the system choose. */
  readonly port?: number
  /** The address of a broker that several hub processes share, with the hub's user and password. Default: a broker inside the process. */
  readonly mqtt?: string
  /** The broker's address for agents. Default: that of `mqtt`, or the hub's host and `mqttPort`. */
  readonly agentsMqtt?: string
  /** Port of the broker inside the process. Default 1883; 0 lets the system choose. */
  readonly mqttPort?: number
  /** A file of keys with which payloads are encrypted at rest. Default: none, and they are not encrypted. */
  readonly payloadKeys?: string
  /** Certificate and key in PEM. Default: plain HTTP. */
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Requests per second that one API key or agent may send, with bursts of twice as many. Default 200. */
  readonly requestsPerSecond?: number
  /** Web pages of these origins may use the API. Default none. */
  readonly origins?: readonly string[]
  /** Addresses that webhooks may have: `public` refuses loopback and private addresses, because tenants give them. Default `public`. */
  readonly webhooks?: 'public' | 'anywhere'
  /** Connections to the database. Default 10. */
  readonly connections?: number
  /** Interval at which agents ask without being woken. Default 45000. */
  readonly pollMs?: number
  /** Level of the log. Default `info`; `silent` writes no log. */
  readonly log?: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  /** Fronts, which add paths beside the API, such as a page or the paths for printers that poll. */
  readonly fronts?: readonly HubFront[]
}

const ADDRESS: OptionRule = {
  says: 'an address such as mqtt://host:1883',
  accepts: (value) => typeof value === 'string' && /^(mqtts?|wss?):\/\/[^/]+/.test(value),
}

const RULES: OptionRules<HubOptions> = {
  db: needed(TEXT),
  host: TEXT,
  port: wholeNumber(0, 65_535),
  mqtt: ADDRESS,
  agentsMqtt: ADDRESS,
  mqttPort: wholeNumber(0, 65_535),
  payloadKeys: TEXT,
  tls: OBJECT,
  requestsPerSecond: wholeNumber(1, 1_000_000),
  origins: LIST_OF_TEXTS,
  webhooks: oneOf('public', 'anywhere'),
  connections: wholeNumber(2, 500),
  pollMs: wholeNumber(100, 3_600_000),
  log: oneOf('debug', 'info', 'warn', 'error', 'silent'),
  fronts: { says: 'a list of fronts', accepts: (value) => Array.isArray(value) },
}

/** @throws OptionError */
export function readHubOptions(options: HubOptions): HubOptions {
  return readOptions<HubOptions>('openHub', options, RULES)
}
