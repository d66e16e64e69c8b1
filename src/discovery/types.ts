/** The results of looking for printers. */

export interface FoundPrinter {
  readonly kind: 'usb' | 'serial' | 'device' | 'queue' | 'network'
  /** Address of the printer, in the form that every command accepts. */
  readonly uri: string
  /** The name that the printer reports, or the name of its port. */
  readonly name: string | undefined
  /** Facts for people: the driver that holds the printer, the device that a queue prints to, its answers. */
  readonly notes: readonly string[]
}

export interface Found {
  readonly printers: readonly FoundPrinter[]
  /** Kinds of printers that could not be searched for, and why. */
  readonly omitted: readonly { readonly kind: FoundPrinter['kind']; readonly reason: string }[]
}
