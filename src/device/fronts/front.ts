/** Fronts, the links by which a virtual printer is reached: what a front tells its host, and what the host may do with the link. */

/** Habits of the network and of firmware that a printer which polls may have. */
export type CloudFault = 'download-timeout' | 'get-again' | 'lose-delete' | 'late-delete'

export interface FrontHost {
  /** Takes as many bytes as the host wants, and returns their number. The front offers the rest again after `more`. */
  take(bytes: Uint8Array): number
  /** Whether the device would take no bytes now. The front then does not read any. */
  full(): boolean
  /** A client has connected, and may send. */
  begun?(): void
  /** The client has sent all its bytes, and all were taken. Answers that are sent in this call go out before the link is ended. */
  ended?(): void
  /** The client is gone, whether it had ended or not. */
  closed?(): void
}

/** `reset` breaks the link and `end` ends it; `stall` halts the endpoint of a USB gadget. */
export type LinkBreak = 'powerCut' | 'end' | 'reset' | 'stall'

export interface Front {
  /** The address by which a transport finds the front. */
  readonly uri: string
  /** TCP port, if the front has one. */
  readonly port?: number
  /** Number of connections so far; of jobs on a link without connections. */
  readonly connections: number
  /** Sends an answer. Returns false if no client is connected. */
  say(bytes: Uint8Array): boolean
  /** The host takes bytes again. */
  more(): void
  /** Stops reading while `held` is true: NAK on USB, a full window on TCP. */
  hold(held: boolean): void
  breakLink(how: LinkBreak): void
  /** Makes a polling printer misbehave with the next job. */
  misbehave?(fault: CloudFault): void
  /** Switches the power off: clients are disconnected, and later ones are refused, or their bytes are lost. */
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  close(): Promise<void>
}
