/** The results of looking for printers. */

export interface FoundPrinter {
  readonly kind: 'usb' | 'serial' | 'device' | 'queue' | 'network'
  /** Its address, as every command takes it. */
  readonly uri: string
  /** The name that the printer gives itself, or the name of its port. */
  readonly name: string | undefined
  /** Facts for a person: the driver that holds it, the device that a queue prints to, its answers. */
  readonly notes: readonly string[]
}

export interface Found {
  readonly printers: readonly FoundPrinter[]
  /** Ways that could not be searched, and why. */
  readonly omitted: readonly { readonly kind: FoundPrinter['kind']; readonly reason: string }[]
}
