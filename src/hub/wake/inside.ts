/**
 * An MQTT broker inside the hub's process. It admits agents that sign, each to its own topics only. It serves a single hub process, because a wake-up
 * does not reach agents that are connected to another process.
 */

import { createServer, type Server } from 'node:net'
import type { AuthenticateError, Client } from 'aedes'
import { isSignedForMqtt, isTimely, readToken } from '../../hub-api/signing.js'
import { mqttUser, readTopic, topicOf } from '../../hub-api/topics.js'
import type { AgentKeys } from '../agent-keys.js'
import { need } from '../need.js'
import type { AgentPlace, Presence, Wakes } from './wakes.js'

/** Longest message in bytes. Those of agents have only a few. */
const LONGEST_MESSAGE = 1024
const NOT_AUTHORIZED = 5

export interface InsideOptions {
  readonly host: string
  /** Port of the broker; 0 lets the system choose. */
  readonly port: number
  readonly keys: AgentKeys
  readonly onPresence: Presence
}

export async function openInside(options: InsideOptions): Promise<Wakes> {
  const { Aedes } = await need<typeof import('aedes')>('aedes')
  const places = new WeakMap<Client, AgentPlace>()
  /** The newest connection of each agent: an agent may reconnect before the hub has noticed that the old connection is lost. */
  const current = new Map<string, Client>()
  const broker = await Aedes.createBroker({
    connectTimeout: 10_000,
    drainTimeout: 30_000,
    authenticate(client, username, password, done) {
      admit(options.keys, { id: client.id, username, password }).then(
        (place) => {
          if (place === undefined) return done(refusal(), null)
          places.set(client, place)
          done(null, true)
        },
        () => done(refusal(), null),
      )
    },
    authorizePublish(client, packet, done) {
      const name = readTopic(packet.topic)
      const place = client === null ? undefined : places.get(client)
      const isOwn = place !== undefined && isOf(name, place) && name?.kind !== 'wake'
      const isShort = packet.payload.length <= LONGEST_MESSAGE
      packet.retain = false
      done(isOwn && isShort ? null : new Error('not a topic of this agent'))
    },
    authorizeSubscribe(client, subscription, done) {
      const place = places.get(client)
      const name = readTopic(subscription.topic)
      const isOwn = place !== undefined && isOf(name, place) && name?.kind === 'wake'
      done(null, isOwn ? subscription : null)
    },
  })
  broker.on('clientReady', (client) => {
    const place = places.get(client)
    if (place === undefined) return
    current.set(place.agent, client)
    options.onPresence(place, 'online')
  })
  broker.on('clientDisconnect', (client) => {
    const place = places.get(client)
    if (place === undefined || current.get(place.agent) !== client) return
    current.delete(place.agent)
    options.onPresence(place, 'offline')
  })
  broker.on('clientError', ignore)
  broker.on('connectionError', ignore)
  const server = createServer((socket) => void broker.handle(socket))
  const port = await listen(server, options)
  return {
    wake(place, printer) {
      if (!current.has(place.agent)) return
      const payload = Buffer.from(JSON.stringify({ printers: [printer] }))
      const topic = topicOf({ ...place, kind: 'wake' })
      broker.publish({ cmd: 'publish', topic, payload, qos: 1, retain: false, dup: false }, ignore)
    },
    addressFor: (host) => `mqtt://${host.includes(':') ? `[${host}]` : host}:${port}`,
    async close() {
      await new Promise<void>((resolve) => broker.close(() => resolve()))
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

interface Admission {
  readonly id: string
  readonly username: string | undefined
  readonly password: Uint8Array | undefined
}

async function admit(
  keys: AgentKeys,
  { id, username, password }: Admission,
): Promise<AgentPlace | undefined> {
  const claim = readToken(Buffer.from(password ?? []).toString())
  if (claim === undefined || !isTimely(claim, Date.now())) return undefined
  const { tenant, agent } = claim
  if (username !== mqttUser(tenant, agent) || id !== agent) return undefined
  const key = await keys.find(tenant, agent)
  return key !== undefined && isSignedForMqtt(claim, key) ? { tenant, agent } : undefined
}

function isOf(name: AgentPlace | undefined, { tenant, agent }: AgentPlace): boolean {
  return name?.tenant === tenant && name.agent === agent
}

function refusal(): AuthenticateError {
  return Object.assign(new Error('not an agent of this hub'), { returnCode: NOT_AUTHORIZED })
}

function listen(
  server: Server,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function ignore(): undefined {
  return undefined
}
