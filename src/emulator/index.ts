/** The virtual printer: bytes to Paper, and Paper to PNG, SVG, text and a summary. */

export type { VirtualDevice } from './device.js'
export type { DeviceListener, VirtualDeviceOptions } from './device-options.js'
export type { PaperPiece } from './device-roll.js'
export type { DeviceState } from './device-state.js'
export type { LinkHabits } from './link-habits.js'
export * from './preview.js'
export {
  type PaperViews,
  startVirtualPrinter,
  type VirtualJob,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from './server.js'
