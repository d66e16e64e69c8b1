/** Passes bytes from the device to the listener, and keeps those that arrive before a listener is set. */

/** Limit of the bytes kept while no listener is set, so that a chatty device cannot fill the memory. */
const KEPT_BYTES = 65_536

export interface Inbox {
  push(data: Uint8Array): void
  listen(listener: (data: Uint8Array) => void): void
  /** Drops the kept bytes. */
  clear(): void
}

export function createInbox(): Inbox {
  let kept: Uint8Array[] = []
  let keptBytes = 0
  let deliver: ((data: Uint8Array) => void) | undefined
  const take = () => {
    const early = kept
    kept = []
    keptBytes = 0
    return early
  }
  return {
    push(data) {
      if (data.length === 0) return
      if (deliver !== undefined) {
        deliver(data)
        return
      }
      kept.push(data)
      keptBytes += data.length
      while (keptBytes > KEPT_BYTES && kept.length > 1) keptBytes -= kept.shift()?.length ?? 0
    },
    listen(listener) {
      deliver = listener
      for (const data of take()) listener(data)
    },
    clear: () => void take(),
  }
}
