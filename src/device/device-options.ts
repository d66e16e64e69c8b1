/** The options of a virtual device, and the events that it reports. */

import type { PaperCut } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import type { DeviceIdentity } from './device-identity.js'
import type { DeviceState } from './device-state.js'
import type { PaperPiece } from './roll/paper-piece.js'

/** NV memory for logos if the options name no other size. */
export const LOGO_BYTES = 262_144

export interface VirtualDeviceOptions {
  /** The printer whose paper is drawn. Default: the device executes commands and draws no paper. */
  readonly profile?: Profile
  /** The differences from a ready printer, which has paper, a closed cover, no error and a low drawer pin. */
  readonly state?: Partial<DeviceState>
  /** Whether the device never sends a byte, as some clones do. Default false. */
  readonly oneWay?: boolean
  /** Whether the device answers GS ( H, as few printers do. Default false. */
  readonly processIds?: boolean
  /** Whether the device keeps a macro (GS : and GS ^) while it is on. Default true. */
  readonly macros?: boolean
  readonly identity?: Partial<DeviceIdentity>
  /** Whether only the latest of process IDs that come due together is returned, as if the host was not ready. Default false. */
  readonly skipsProcessIds?: boolean
  /** Meaningless bytes that are sent before each answer. Default none. */
  readonly strayBytes?: Uint8Array
  /** Whether XOFF is sent when the receive buffer is three quarters full, and XON when it is a quarter full. Default false. */
  readonly xonXoff?: boolean
  /** Size of the receive buffer. Default 65536. */
  readonly receiveBufferBytes?: number
  /**
   * Whether bytes that come when the buffer is full are lost, as on a serial line without flow control. Real-time requests
   * are obeyed all the same. Default false: the host is held back.
   */
  readonly losesWhenFull?: boolean
  /** NV memory for logos. Default 262144. */
  readonly logoBytes?: number
  /** The roll ends when this many bytes have been executed. Default: never. */
  readonly paperEndAfterBytes?: number
  /** Speed of the paper, in real time; needs a profile, as do all options in mm. Default: paper comes out at once. */
  readonly speedMmPerSecond?: number
  /** Length of paper after which the roll ends. Default: it never ends. */
  readonly paperLeftMm?: number
  /** Length of paper that is left when the near-end sensor reports it. Default: it never does. */
  readonly nearEndMm?: number
  /** A pulse on either pin opens the drawer: pin 3 gets this level. Default: the drawer stays as it is. */
  readonly pulseOpensDrawer?: 'low' | 'high'
  /**
   * Whether DLE DC4 fn 2 is obeyed, which switches the device off until it is restarted; `GS ( D` changes this. Default false,
   * as on most printers.
   */
  readonly obeysPowerOff?: boolean
  /** Number of pieces of paper that are kept, the latest ones. Default: all. */
  readonly keepPieces?: number
}

export interface DeviceListener {
  /**
   * Sends an answer. Returns false if no host is connected. The answer is then lost, except for a process ID: the
   * device keeps the latest one.
   */
  reply?(bytes: Uint8Array): unknown
  /** A whole command, or a run of text, has been executed. `offset` counts received bytes. */
  executed?(offset: number, bytes: Uint8Array): void
  /** The receive buffer has room again, or is empty. */
  drained?(): void
  /** The device has come to rest: it is offline, or everything that it received is printed. */
  rested?(): void
  /** The device was switched off and on. Printing goes on with the settings at power-on. */
  restarted?(): void
  /** The state has changed, or DLE DC4 fn 2 has switched the device off. */
  changed?(state: DeviceState): void
  /** Rows of the roll came out or have changed, `to` exclusive. */
  printed?(from: number, to: number): void
  /**
   * A cut was made; `cut` is undefined if paper was torn off. The piece is undefined if no paper lay between this
   * cut and the one before.
   */
  cut?(piece: PaperPiece | undefined, cut: PaperCut | undefined): void
  pulsed?(pin: 2 | 5): void
}
