/** The options of a virtual printer on a link, and the interface that it offers. */

import {
  BYTES,
  CALLBACK,
  FLAG,
  LIST_OF_TEXTS,
  milliseconds,
  needed,
  numberFrom,
  type OptionRules,
  oneOf,
  optionsOf,
  PROFILE,
  TEXT,
  wholeNumber,
} from '../../model/options.js'
import type { Paper } from '../../model/paper.js'
import type { Profile } from '../../model/profile.js'
import type { VirtualDevice, VirtualDeviceOptions } from '../device.js'
import type { DeviceIdentity } from '../device-identity.js'
import type { DeviceState } from '../device-state.js'
import type { CloudPrntOptions, DirectPrintOptions } from '../fronts/cloud/cloud-options.js'
import type { PaperPiece } from '../roll/paper-piece.js'
import type { PaperViews, VirtualJob } from './job-views.js'
import type { LinkHabits } from './link-habits.js'

export interface VirtualPrinterServerOptions extends VirtualDeviceOptions, LinkHabits {
  readonly profile: Profile
  /** TCP port. Default 0: any free one. */
  readonly port?: number
  /** Address that the port is on. Default 127.0.0.1. */
  readonly host?: string
  /** A serial line instead of a port: true, or the path of a link to it. Needs the program socat. */
  readonly pty?: true | string
  /** A USB printer instead of a port: a mounted FunctionFS, or `/dev/g_printer0`. Linux, root. */
  readonly usbGadget?: string
  /** IEEE 1284 device ID of the USB printer. */
  readonly deviceId?: string
  /** No port: it polls a server by Star CloudPRNT, and prints the pictures that it gets there. */
  readonly cloudPrnt?: CloudPrntOptions
  /** The same by Epson Server Direct Print. */
  readonly directPrint?: DirectPrintOptions
  /** A serial line and USB lack connections, so a job is over when no byte came for so long. Default 500. */
  readonly quietMs?: number
  /** Called when a connection that printed has ended. */
  readonly onJob?: (job: VirtualJob) => void
  /**
   * Faults with their places, such as `paper-out@120mm`; docs/emulator.md lists the words. Times count from the
   * first byte that is received.
   */
  readonly faults?: readonly string[]
  /** Port of the control server, on this machine only; 0 is any free one. Default: none. */
  readonly control?: number
  /** Jobs that are remembered, the latest ones. Default: all. */
  readonly keepJobs?: number
  /** Sends the four status bytes each so many milliseconds, unasked. Default: never. */
  readonly pushStatusEveryMs?: number
}

/** `text`, `png` and `symbols` are of all that came out of it. */
export interface VirtualPrinterServer extends PaperViews {
  /** TCP port; 0 on other links. */
  readonly port: number
  /** For `openPrinter`. */
  readonly uri: string
  readonly device: VirtualDevice
  /** Connections that printed, the first one first; those that only asked for the status are left out. */
  readonly jobs: readonly VirtualJob[]
  /** The next job that ends after the call. */
  nextJob(): Promise<VirtualJob>
  /** The paper that came out of the printer over all connections, one for each time that it was switched on. */
  readonly papers: readonly Paper[]
  /** The same, cut off: a paper for each cut, and last what hangs in the printer, if something is printed on it. */
  readonly pieces: readonly PaperPiece[]
  /** Address of the control server and its page; undefined without one. */
  readonly controlUrl: string | undefined
  /** Lets faults happen: `cover-open@now`, or several with blanks between them. Places count from now. */
  fault(script: string): void
  /** Faults that have not happened yet. */
  readonly faults: readonly string[]
  /** When it prints nothing any more: all is on paper, or it is offline. */
  settled(): Promise<void>
  /** Power off and on: breaks the connection and forgets what was received. */
  powerCut(): void
  /** Power off: connections are broken and refused until it is switched on again. */
  switchOff(): Promise<void>
  switchOn(): Promise<void>
  close(): Promise<void>
}

const COUNT = wholeNumber(0, Number.MAX_SAFE_INTEGER)
const AMOUNT = numberFrom(0)

export const SERVER_RULES: OptionRules<VirtualPrinterServerOptions> = {
  profile: needed(PROFILE),
  state: optionsOf<DeviceState>({
    paper: oneOf('ok', 'near-end', 'end'),
    cover: oneOf('closed', 'open'),
    error: oneOf('none', 'cutter', 'recoverable', 'unrecoverable', 'auto-recoverable'),
    drawerPin: oneOf('low', 'high'),
  }),
  oneWay: FLAG,
  processIds: FLAG,
  macros: FLAG,
  identity: optionsOf<DeviceIdentity>({
    firmware: TEXT,
    maker: TEXT,
    model: TEXT,
    serial: TEXT,
    languageFont: TEXT,
  }),
  skipsProcessIds: FLAG,
  strayBytes: BYTES,
  xonXoff: FLAG,
  receiveBufferBytes: wholeNumber(1, 2 ** 30),
  losesWhenFull: FLAG,
  logoBytes: COUNT,
  paperEndAfterBytes: COUNT,
  speedMmPerSecond: AMOUNT,
  paperLeftMm: AMOUNT,
  nearEndMm: AMOUNT,
  pulseOpensDrawer: oneOf('low', 'high'),
  obeysPowerOff: FLAG,
  keepPieces: COUNT,
  readBytes: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  readIntervalMs: milliseconds(1),
  stopReadingAfterBytes: COUNT,
  powerCutAfterBytes: COUNT,
  powerCutTimes: COUNT,
  resetAfterBytes: COUNT,
  resetTimes: COUNT,
  port: wholeNumber(0, 65_535),
  host: TEXT,
  pty: {
    says: 'true, or the path of a link to the serial line',
    accepts: (value) => value === true || TEXT.accepts(value),
  },
  usbGadget: TEXT,
  deviceId: TEXT,
  cloudPrnt: optionsOf<CloudPrntOptions>({ url: needed(TEXT), mac: TEXT, pollMs: milliseconds(1) }),
  directPrint: optionsOf<DirectPrintOptions>({
    ...{ url: needed(TEXT), id: TEXT, pollMs: milliseconds(1) },
  }),
  quietMs: milliseconds(1),
  onJob: CALLBACK,
  faults: {
    ...LIST_OF_TEXTS,
    says: "a list of faults, such as ['paper-out@120mm']",
  },
  control: wholeNumber(0, 65_535),
  keepJobs: COUNT,
  pushStatusEveryMs: milliseconds(1),
}
