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
  /** TCP port. Default 0: any free port. */
  readonly port?: number
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string
  /** A serial line instead of a port: true, or the path of a link to it. Needs the program socat. */
  readonly pty?: true | string
  /** A USB printer instead of a port: a mounted FunctionFS, or `/dev/g_printer0`. Linux, root. */
  readonly usbGadget?: string
  /** IEEE 1284 device ID of the USB printer. */
  readonly deviceId?: string
  /** A printer that polls a server by Star CloudPRNT instead of a port, and prints the pictures that it gets. */
  readonly cloudPrnt?: CloudPrntOptions
  /** A printer that polls a server by Epson Server Direct Print instead of a port. */
  readonly directPrint?: DirectPrintOptions
  /** Time without a byte after which a job is over, because a serial line and USB have no connections. Default 500. */
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
  /** Number of jobs that are kept, the latest ones. Default: all. */
  readonly keepJobs?: number
  /** Interval at which the four status bytes are sent unasked. Default: never. */
  readonly pushStatusEveryMs?: number
}

/** A running virtual printer. `text`, `png` and `symbols` are those of all paper that came out. */
export interface VirtualPrinterServer extends PaperViews {
  /** TCP port; 0 on other links. */
  readonly port: number
  /** Address for `openPrinter`. */
  readonly uri: string
  readonly device: VirtualDevice
  /** Jobs of the connections that printed, oldest first. Connections that only asked for the status are left out. */
  readonly jobs: readonly VirtualJob[]
  /** Resolves with the next job that ends after the call. */
  nextJob(): Promise<VirtualJob>
  /** The paper that came out of the printer over all connections, one for each time that the printer was switched on. */
  readonly papers: readonly Paper[]
  /** The same paper in pieces: one for each cut, and last the paper that hangs in the printer, if something is printed on it. */
  readonly pieces: readonly PaperPiece[]
  /** Address of the control server and its page; undefined without one. */
  readonly controlUrl: string | undefined
  /** Lets faults happen: `cover-open@now`, or several with blanks between them. Places count from now. */
  fault(script: string): void
  /** Faults that have not happened yet. */
  readonly faults: readonly string[]
  /** Resolves when the printer has come to rest: everything is on paper, or it is offline. */
  settled(): Promise<void>
  /** Switches the power off and on, which breaks the connection and loses the bytes in the buffer. */
  powerCut(): void
  /** Switches the power off. Connections are broken and refused until the printer is switched on again. */
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
