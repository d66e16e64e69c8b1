/** Sub-path `xiaopiao/device`: a virtual printer on a TCP port, a serial line, USB, CloudPRNT or Server Direct Print, with its state, habits and faults. */

export type { VirtualDevice } from '../device/device.js'
export type { DeviceListener, VirtualDeviceOptions } from '../device/device-options.js'
export type { DeviceState } from '../device/device-state.js'
export type { CloudPrntOptions, DirectPrintOptions } from '../device/fronts/cloud/cloud-options.js'
export type { PaperPiece } from '../device/roll/paper-piece.js'
export type { LinkHabits } from '../device/server/link-habits.js'
export {
  type PaperViews,
  startVirtualPrinter,
  type VirtualJob,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from '../device/server/server.js'
