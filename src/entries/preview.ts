/**
 * Sub-path `xiaopiao/preview`: bytes to paper, and paper to pictures and text. It works in a browser too, because
 * it uses no module of Node.
 */

export {
  printBytes,
  VirtualPrinter,
  type VirtualPrinterOptions,
} from '../emulator/virtual-printer.js'
export { type CommandChange, diffStreams, type StreamDiff } from '../inspect/diff.js'
export { type DiffPart, type DiffTextOptions, diffText } from '../inspect/diff-text.js'
export { type ListStreamOptions, listStream } from '../inspect/list-stream.js'
export { type Trace, type Traced, traceStream } from '../inspect/trace.js'
export * from './paper.js'
