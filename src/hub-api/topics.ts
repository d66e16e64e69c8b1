/**
 * Topics of MQTT between the hub and an agent, and their messages. A message only wakes an agent or shows its presence. If one is lost, the
 * slip is only printed later, because an agent asks by HTTPS anyway. All are sent with QoS 1, and none is retained.
 *
 * | topic | from | body |
 * |---|---|---|
 * | `xiaopiao/TENANT/AGENT/wake` | hub | `{"printers":[id, …]}`: slips wait at these printers |
 * | `xiaopiao/TENANT/AGENT/here` | agent, once it has connected | `{"version":"0.1.0"}` |
 * | `xiaopiao/TENANT/AGENT/gone` | agent's last will | `{}` |
 *
 * The user is `TENANT/AGENT`, the client id the agent's, and the password is `mqttPassword` of `signing.ts`, made for each connection.
 */

import * as z from 'zod/mini'

const ROOT = 'xiaopiao'
export type TopicKind = 'wake' | 'here' | 'gone'

export interface TopicName {
  readonly tenant: string
  readonly agent: string
  readonly kind: TopicKind
}

export function topicOf({ tenant, agent, kind }: TopicName): string {
  return `${ROOT}/${tenant}/${agent}/${kind}`
}

/** The topic filter for all agents, to which the hub subscribes. */
export function topicOfAll(kind: TopicKind): string {
  return `${ROOT}/+/+/${kind}`
}

/** Reads a topic; undefined if it is not one of those above. */
export function readTopic(topic: string): TopicName | undefined {
  const [root, tenant = '', agent = '', kind = '', more] = topic.split('/')
  if (root !== ROOT || more !== undefined || tenant === '' || agent === '') return undefined
  return kind === 'wake' || kind === 'here' || kind === 'gone' ? { tenant, agent, kind } : undefined
}

export function mqttUser(tenant: string, agent: string): string {
  return `${tenant}/${agent}`
}

export const wakeShape = z.object({ printers: z.array(z.uuid()) })
export const hereShape = z.object({ version: z.string() })
