/** The virtual printer: bytes to Paper, and Paper to PNG, SVG, text and a summary. */
export type {
  Paper,
  PaperCut,
  PaperNote,
  PrintedGlyph,
  PrintedImage,
  PrintedLine,
  PrintedPulse,
  PrintedSymbol,
  UnknownBytes,
} from '../model/paper.js'
export { listStream } from './list-stream.js'
export { type PngOptions, paperToPng } from './paper-png.js'
export { paperToSvg } from './paper-svg.js'
export { paperToText, type TextOptions } from './paper-text.js'
export {
  startVirtualPrinter,
  type VirtualJob,
  type VirtualPrinterServer,
  type VirtualPrinterServerOptions,
} from './server.js'
export { type DecodeSummary, decodeSummary } from './summary.js'
export { printBytes, VirtualPrinter, type VirtualPrinterOptions } from './virtual-printer.js'
