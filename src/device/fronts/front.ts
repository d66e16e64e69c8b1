/** How a virtual printer is reached: what a front tells its host, and what the host may do with the link. */

/** Habits of the network and of firmware that a printer which polls may have. */
export type CloudFault = 'download-timeout' | 'get-again' | 'lose-delete' | 'late-delete'

export interface FrontHost {
  /** Takes as many bytes as it wants, and says how many that was. The rest is offered again after `more`. */
  take(bytes: Uint8Array): number
  /** The device would take no bytes now, so the front does not even read. */
  full(): boolean
  /** Someone is there, and may send. */
  begun?(): void
  /** The host has sent all its bytes, and all were taken. An answer given in here still goes out before our end. */
  ended?(): void
  /** They are gone, whether they had ended or not. */
  closed?(): void
}

/** `reset` breaks the link and `end` ends it; `stall` halts the endpoint of a USB gadget. */
export type LinkBreak = 'powerCut' | 'end' | 'reset' | 'stall'

export interface Front {
  /** The address by which a transport finds the front. */
  readonly uri: string
  /** Of TCP. */
  readonly port?: number
  /** How often someone came. */
  readonly connections: number
  /** Sends an answer. Returns false if no host is there to hear it. */
  say(bytes: Uint8Array): boolean
  /** The host takes bytes again. */
  more(): void
  /** Reads nothing for as long as it is held: NAK on USB, a full window on TCP. */
  hold(held: boolean): void
  breakLink(how: LinkBreak): void
  /** A printer that polls does so in a wrong way with the next job. */
  misbehave?(fault: CloudFault): void
  /** Without power: what is connected is cut off, and what comes is refused or lost. */
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  close(): Promise<void>
}
