/** `hub serve`: runs a hub process until a signal stops it. */

import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { cloudPrnt } from '../../cloudprnt/cloud-prnt.js'
import { directPrint } from '../../cloudprnt/direct-print.js'
import { openHub } from '../../hub/entry.js'
import type { HubOptions } from '../../hub/options.js'
import { statusPage } from '../../hub-page/status-page.js'
import { inputError } from '../fail.js'
import { readNumber } from '../numbers.js'
import { type DbFlags, dbOf, withDb } from './group.js'

interface ServeFlags extends DbFlags {
  readonly host?: string
  readonly port?: string
  readonly mqtt?: string
  readonly agentsMqtt?: string
  readonly mqttPort?: string
  readonly payloadKeys?: string
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly requests?: string
  readonly origin: readonly string[]
  readonly webhooks?: string
  readonly log?: string
}

const PORT = { min: 0, max: 65_535, isWhole: true }

export function addServing(hub: Command): void {
  withDb(hub.command('serve'))
    .description('serve the API; ends with Ctrl-C. Several processes may serve one database')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <number>', 'port of the API', '8620')
    .option(
      '--mqtt <address>',
      'a broker that hub processes share, such as mosquitto; without it one is inside the process',
    )
    .option('--agents-mqtt <address>', 'the broker as agents reach it')
    .option('--mqtt-port <number>', 'port of the broker inside the process', '1883')
    .option('--payload-keys <file>', 'keys by which payloads are encrypted in the database')
    .option('--tls-cert <file>', 'certificate in PEM; without it a proxy has to end TLS')
    .option('--tls-key <file>', 'its key in PEM')
    .option('--requests <number>', 'requests a second of one API key or agent', '200')
    .option(
      '--origin <origin>',
      'web pages of this origin may use the API; repeatable',
      (value: string, all: string[]) => [...all, value],
      [] as string[],
    )
    .option(
      '--webhooks <reach>',
      'public, or anywhere: also loopback and private addresses, which a tenant could abuse',
      'public',
    )
    .option('--log <level>', 'debug, info, warn, error or silent', 'info')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao hub serve --db postgres://hub@db.example/chain
  xiaopiao hub serve --db postgres://hub@db.example/chain --mqtt mqtt://hub:secret@mosquitto.example`,
    )
    .action(serve)
}

async function serve(flags: ServeFlags): Promise<void> {
  const hub = await openHub(await hubOptions(flags))
  process.stdout.write(`${JSON.stringify({ url: hub.url, mqtt: hub.mqttUrl })}\n`)
  const stopped = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve(undefined))
    }
  })
  const error = await Promise.race([stopped, hub.lost])
  await hub.close()
  if (error !== undefined) throw error
}

async function hubOptions(flags: ServeFlags): Promise<HubOptions> {
  const { host, mqtt, agentsMqtt, payloadKeys, origin, log } = flags
  const tls = await readTls(flags)
  return {
    db: dbOf(flags),
    fronts: [statusPage, cloudPrnt, directPrint],
    port: readNumber('--port', flags.port ?? '', PORT),
    mqttPort: readNumber('--mqtt-port', flags.mqttPort ?? '', PORT),
    requestsPerSecond: readNumber('--requests', flags.requests ?? '', {
      ...{ min: 1, max: 1_000_000, isWhole: true },
    }),
    origins: origin,
    log: log as NonNullable<HubOptions['log']>,
    webhooks: flags.webhooks as NonNullable<HubOptions['webhooks']>,
    ...(host === undefined ? {} : { host }),
    ...(mqtt === undefined ? {} : { mqtt }),
    ...(agentsMqtt === undefined ? {} : { agentsMqtt }),
    ...(payloadKeys === undefined ? {} : { payloadKeys }),
    ...(tls === undefined ? {} : { tls }),
  }
}

async function readTls({ tlsCert, tlsKey }: ServeFlags): Promise<HubOptions['tls']> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined
  if (tlsCert === undefined || tlsKey === undefined) {
    throw inputError(
      'TLS_HALF',
      'TLS needs a certificate and its key',
      'give --tls-cert and --tls-key',
    )
  }
  const [cert, key] = await Promise.all([tlsCert, tlsKey].map((file) => readFile(file, 'utf8')))
  return { cert: cert ?? '', key: key ?? '' }
}
