/**
 * The interface of every transport: it opens a connection, which takes bytes in order and tells exactly how many the system has taken.
 */

export interface WaitOptions {
  /** Limit of this wait in milliseconds. The default depends on the transport. */
  readonly timeoutMs?: number | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Transport {
  /** The address, such as `tcp://192.168.1.50:9100`. It names the printer in messages; printers of one address share a queue. */
  readonly uri: string
  /** Whether the device can answer over this link at all. */
  readonly twoWay: boolean
  /** The link stays open when the device restarts, as a serial line does. Default false: a restart ends the link, and so is noticed. */
  readonly hidesRestart?: boolean
  /** The device sends XON and XOFF between its answers. Default false. */
  readonly xonXoff?: boolean
  /** @throws TransportError */
  open(options?: WaitOptions): Promise<Connection>
}

export interface Connection {
  /** Bytes taken by the operating system so far. */
  readonly bytesWritten: number
  /** Resolves when the operating system has taken all bytes. Only one write may run at a time. @throws TransportError */
  write(data: Uint8Array, options?: WaitOptions): Promise<void>
  /** Sets the callback for every piece that the device sends. There is one listener. */
  onData(listener: (data: Uint8Array) => void): void
  /** Sets the callback for the end of the link. It is called once, with an error if we did not end the link ourselves. */
  onClose(listener: (error: Error | undefined) => void): void
  /** Closes in order: delivers all written bytes, and reads what the device still sends. @throws TransportError */
  close(options?: WaitOptions): Promise<void>
  /** Ends the connection at once. Bytes that are not delivered yet may be lost. */
  abort(): void
}
