/**
 * The interface of every transport: an open connection that takes bytes in order and says truthfully how far it
 * got.
 */

export interface WaitOptions {
  /** Deadline of this wait; default per transport. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Transport {
  /** For messages and for keys of queues: `tcp://192.168.1.50:9100`. */
  readonly uri: string
  /** Whether the device can answer over this link at all. */
  readonly twoWay: boolean
  /** The link stays as it is when the device restarts, as a serial line does. Default false: it ends, and so the restart is seen. */
  readonly hidesRestart?: boolean
  /** The device says XON and XOFF between its answers. Default false. */
  readonly xonXoff?: boolean
  /** @throws TransportError */
  open(options?: WaitOptions): Promise<Connection>
}

export interface Connection {
  /** Bytes taken by the operating system so far. */
  readonly bytesWritten: number
  /** Resolves when all bytes are taken; one write at a time. @throws TransportError */
  write(data: Uint8Array, options?: WaitOptions): Promise<void>
  /** Called with every piece that the device sends; one listener. */
  onData(listener: (data: Uint8Array) => void): void
  /** Called once when the link ends, with an error if it was not our doing. */
  onClose(listener: (error: Error | undefined) => void): void
  /** Orderly end: what was written is delivered, what the device still says is read. @throws TransportError */
  close(options?: WaitOptions): Promise<void>
  /** Ends at once; bytes on their way may be lost. */
  abort(): void
}
