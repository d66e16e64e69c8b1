/**
 * The effects of commands beside the dots on paper. The machine alone reads commands; it reports what they ask of the rest of the
 * printer as plain data, so that a device can act on it, and the paper can log it.
 */

export type Effect =
  /** Asks for a sensor, as GS r n does; the answer comes in order with the data. */
  | { readonly kind: 'status-asked'; readonly n: number }
  /** Asks for a name or a number of the printer, as GS I n does. */
  | { readonly kind: 'identity-asked'; readonly n: number }
  | { readonly kind: 'logo-capacity-asked'; readonly bytes: number }
  | { readonly kind: 'logo-room-asked'; readonly bytes: number }
  | { readonly kind: 'logo-keys-asked'; readonly keys: readonly string[] }
  /** The host has taken a part of a long answer, and wants the next one. */
  | { readonly kind: 'acknowledged' }
  /** From now on the printer reports changes of these groups without being asked; 0 ends that. */
  | { readonly kind: 'auto-status'; readonly groups: number }
  /** From now on the printer reports, or no longer reports, that it goes offline. */
  | { readonly kind: 'offline-response'; readonly isOn: boolean }
  /** The ID is returned when the data before it have been printed. */
  | { readonly kind: 'process-id'; readonly id: Uint8Array }
  /** Real-time requests are obeyed or ignored from now on; those that are not named stay as they are. */
  | { readonly kind: 'realtime-rights'; readonly pulse?: boolean; readonly powerOff?: boolean }
  | { readonly kind: 'pulse'; readonly pin: 2 | 5; readonly onMs: number; readonly offMs: number }
  /** NV memory was written, or had no room for the picture. */
  | { readonly kind: 'nv-write'; readonly isKept: boolean }
  | { readonly kind: 'macro'; readonly fate: MacroFate }
  | { readonly kind: 'unknown'; readonly bytes: Uint8Array; readonly reason: string }

/** The ways in which `GS ^` does something other than run the whole macro. */
export type MacroFate = 'dropped' | 'missing' | 'waits' | 'stopped'
