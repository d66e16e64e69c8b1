/**
 * Wake-ups by MQTT. They only save time: an agent without a broker, or without the library, polls the hub. The last will tells
 * the hub that the connection is lost.
 */

import { mqttPassword, type Signer } from '../hub-api/signing.js'
import { hereShape, mqttUser, topicOf, wakeShape } from '../hub-api/topics.js'
import { importOptional } from '../model/optional-library.js'
import { AgentError } from './errors.js'
import type { TlsOptions } from './http-request.js'

export interface WakeOptions {
  readonly url: string
  readonly signer: Signer
  readonly version: string
  readonly tls?: TlsOptions | undefined
  readonly reconnectMs: number
  /** The time by the hub's clock. */
  readonly nowMs: () => number
  /** Called with the printers for which slips may wait; an empty list means all. */
  readonly onWake: (printers: readonly string[]) => void
  readonly onError: (error: unknown) => void
}

export interface Wake {
  close(): Promise<void>
}

type Mqtt = typeof import('mqtt')

const KEEPALIVE_SECONDS = 30

/** @throws AgentError `MQTT_MISSING` if the library is not installed */
export async function openWake(options: WakeOptions): Promise<Wake> {
  const { url, signer, version, tls, nowMs, onWake, onError } = options
  const { connect } = await loadMqtt()
  const topic = (kind: 'wake' | 'here' | 'gone') => topicOf({ ...signer, kind })
  const client = connect(url, {
    ...tls,
    clientId: signer.agent,
    username: mqttUser(signer.tenant, signer.agent),
    password: mqttPassword(signer, nowMs()),
    keepalive: KEEPALIVE_SECONDS,
    // Missed wake-ups are not delivered later, because the agent asks for slips once it is connected again.
    clean: true,
    reconnectPeriod: options.reconnectMs * (0.5 + Math.random()),
    queueQoSZero: false,
    will: { topic: topic('gone'), payload: Buffer.from('{}'), qos: 1, retain: false },
  })
  client.on('reconnect', () => {
    // Each connection needs a new password, because the password is a signature that contains the time.
    client.options.password = mqttPassword(signer, nowMs())
  })
  // Only the first error is reported, because each try to connect fails in the same way while the broker is away.
  let isTold = false
  client.on('error', (error) => {
    if (!isTold) onError(error)
    isTold = true
  })
  client.on('connect', () => {
    isTold = false
    client.subscribe(topic('wake'), { qos: 1 }, () => onWake([]))
    client.publish(topic('here'), JSON.stringify(hereShape.parse({ version })), { qos: 1 })
  })
  client.on('message', (_, payload) => {
    const wake = wakeShape.safeParse(parsed(payload))
    onWake(wake.success ? wake.data.printers : [])
  })
  return { close: () => client.endAsync(true) }
}

async function loadMqtt(): Promise<Mqtt> {
  try {
    const module = (await importOptional('mqtt')) as Mqtt & { readonly default?: Mqtt }
    return module.default ?? module
  } catch (cause) {
    throw new AgentError('the library for MQTT is not installed', {
      code: 'MQTT_MISSING',
      hint: 'npm i mqtt; without it the agent asks the hub now and then, which is slower',
      cause,
    })
  }
}

function parsed(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch {
    return undefined
  }
}
