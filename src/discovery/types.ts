/** What looking for printers finds. */

export interface FoundPrinter {
  readonly kind: 'usb' | 'serial' | 'device' | 'queue' | 'network'
  /** Its address, as every command takes it. */
  readonly uri: string
  /** What it calls itself, or what its port is called. */
  readonly name: string | undefined
  /** What a person may want to know: the driver that holds it, where a queue prints to, what it answered. */
  readonly notes: readonly string[]
}

export interface Found {
  readonly printers: readonly FoundPrinter[]
  /** Ways that could not be searched, and why. */
  readonly omitted: readonly { readonly kind: FoundPrinter['kind']; readonly reason: string }[]
}
