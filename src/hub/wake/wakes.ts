/** How agents are woken, and how the hub learns that they are there. */

export interface AgentPlace {
  readonly tenant: string
  readonly agent: string
}

export type Presence = (place: AgentPlace, presence: 'online' | 'offline') => void

export interface Wakes {
  /** Tells an agent that slips wait at a printer. It may get lost. */
  wake(place: AgentPlace, printer: string): void
  /** The broker as agents reach it. @param host by which the agent knows the hub */
  addressFor(host: string): string | null
  close(): Promise<void>
}
