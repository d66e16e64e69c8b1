/** Wake-ups by a broker elsewhere, such as mosquitto or EMQX, which several hub processes share. */

import { randomUUID } from 'node:crypto'
import { readTopic, topicOf, topicOfAll } from '../../hub-api/topics.js'
import { need } from '../need.js'
import type { Presence, Wakes } from './wakes.js'

export interface ElsewhereOptions {
  /** The broker's address, with the hub's own user and password. */
  readonly url: string
  /** Address of the same broker for agents. Default: `url` without user and password. */
  readonly agentsUrl?: string | undefined
  readonly onPresence: Presence
}

export async function openElsewhere(options: ElsewhereOptions): Promise<Wakes> {
  const { url, agentsUrl = withoutPassword(url), onPresence } = options
  const { default: mqtt } = await need<{ default: typeof import('mqtt') }>('mqtt')
  const client = await mqtt.connectAsync(url, {
    clientId: `xiaopiao-hub-${randomUUID()}`,
    reconnectPeriod: 1000,
  })
  client.on('error', ignore)
  client.on('message', (topic) => {
    const name = readTopic(topic)
    if (name === undefined || name.kind === 'wake') return
    onPresence(name, name.kind === 'here' ? 'online' : 'offline')
  })
  await client.subscribeAsync([topicOfAll('here'), topicOfAll('gone')], { qos: 1 })
  return {
    wake(place, printer) {
      // While the broker is away, wake-ups are dropped, because the agents ask by HTTPS anyway.
      if (!client.connected) return
      const body = JSON.stringify({ printers: [printer] })
      client.publish(topicOf({ ...place, kind: 'wake' }), body, { qos: 1 }, ignore)
    },
    addressFor: () => agentsUrl,
    close: () => client.endAsync(true).then(ignore),
  }
}

function withoutPassword(address: string): string {
  const url = new URL(address)
  url.username = ''
  url.password = ''
  return url.href
}

function ignore(): undefined {
  return undefined
}
