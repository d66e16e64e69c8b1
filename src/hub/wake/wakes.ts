/** The interface by which agents are woken, and by which the hub learns that they are connected. */

export interface AgentPlace {
  readonly tenant: string
  readonly agent: string
}

export type Presence = (place: AgentPlace, presence: 'online' | 'offline') => void

export interface Wakes {
  /** Tells an agent that slips wait for a printer. The message may get lost. */
  wake(place: AgentPlace, printer: string): void
  /** The broker's address for agents; null if there is no broker. @param host the name by which the agent reached the hub */
  addressFor(host: string): string | null
  close(): Promise<void>
}
