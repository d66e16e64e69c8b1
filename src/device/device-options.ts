/** The options of a virtual device, and the events that it reports. */

import type { PaperCut } from '../model/paper.js'
import type { Profile } from '../model/profile.js'
import type { DeviceIdentity } from './device-identity.js'
import type { DeviceState } from './device-state.js'
import type { PaperPiece } from './roll/paper-piece.js'

/** NV memory for logos if the options name no other size. */
export const LOGO_BYTES = 262_144

export interface VirtualDeviceOptions {
  /** The printer whose paper it prints. Default: it executes, and draws nothing. */
  readonly profile?: Profile
  /** The differences from a ready printer, which has paper, a closed cover, no error and a low drawer pin. */
  readonly state?: Partial<DeviceState>
  /** A clone that never says anything. Default false. */
  readonly oneWay?: boolean
  /** Whether it answers GS ( H, as few printers do. Default false. */
  readonly processIds?: boolean
  /** Whether it keeps a macro (GS : and GS ^) while it is on. Default true. */
  readonly macros?: boolean
  readonly identity?: Partial<DeviceIdentity>
  /** Of process IDs that come due together only the latest is returned, as when the host was not ready. Default false. */
  readonly skipsProcessIds?: boolean
  /** Said before each answer, and meaning nothing. Default none. */
  readonly strayBytes?: Uint8Array
  /** Says XOFF when the receive buffer is three quarters full, and XON when it is a quarter full. Default false. */
  readonly xonXoff?: boolean
  /** Default 65536. */
  readonly receiveBufferBytes?: number
  /**
   * A serial line without flow control: what comes when the buffer is full is lost, but real-time requests are obeyed.
   * Default false: the host is held back.
   */
  readonly losesWhenFull?: boolean
  /** NV memory for logos. Default 262144. */
  readonly logoBytes?: number
  /** The roll ends when this many bytes have been executed. Default: never. */
  readonly paperEndAfterBytes?: number
  /** How fast the paper moves, in real time; needs a profile, as all that is measured in mm. Default: at once. */
  readonly speedMmPerSecond?: number
  /** The roll ends after so much paper. Default: never. */
  readonly paperLeftMm?: number
  /** So much paper is left when the near-end sensor tells. Default: it never does. */
  readonly nearEndMm?: number
  /** A pulse on either pin opens the drawer: pin 3 gets this level. Default: the drawer stays as it is. */
  readonly pulseOpensDrawer?: 'low' | 'high'
  /** Obeys DLE DC4 fn 2, which switches it off until it is restarted; `GS ( D` changes it. Default false, as most printers. */
  readonly obeysPowerOff?: boolean
  /** Pieces of paper that are remembered, the latest ones. Default: all. */
  readonly keepPieces?: number
}

export interface DeviceListener {
  /**
   * Sends an answer. Returns false if no host is there. The answer is then lost, except for a process ID: the
   * device keeps the latest one.
   */
  reply?(bytes: Uint8Array): unknown
  /** A whole command, or a run of text, has been executed. `offset` counts received bytes. */
  executed?(offset: number, bytes: Uint8Array): void
  /** The receive buffer has room again, or is empty. */
  drained?(): void
  /** The device has come to rest: it is offline, or all that it received is printed. */
  rested?(): void
  /** It was off: what is printed from now on begins with its settings at power-on. */
  restarted?(): void
  /** Its state, or that DLE DC4 fn 2 switched it off. */
  changed?(state: DeviceState): void
  /** Rows of the roll came out, `to` exclusive, or look different from before. */
  printed?(from: number, to: number): void
  /**
   * A cut was made; `cut` is undefined if paper was torn off. The piece is undefined if no paper lay between this
   * cut and the one before.
   */
  cut?(piece: PaperPiece | undefined, cut: PaperCut | undefined): void
  pulsed?(pin: 2 | 5): void
}
