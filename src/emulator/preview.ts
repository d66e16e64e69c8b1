/** Sub-path `xiaopiao/preview`: bytes to paper, and paper to pictures and text, in a browser too. No module of Node stands behind it. */

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
export { type CommandChange, diffStreams, type StreamDiff } from './diff.js'
export { type DotsDiff, diffPng } from './diff-dots.js'
export {
  type Change,
  diffPapers,
  type ImageChange,
  type ImageSummary,
  type LineChange,
  type PaperDiff,
  type PaperPlace,
} from './diff-paper.js'
export { type DiffPart, type DiffTextOptions, diffText } from './diff-text.js'
export { type ListStreamOptions, listStream } from './list-stream.js'
export { papersByCut } from './paper-by-cut.js'
export {
  type BitmapJson,
  type PaperJson,
  type PaperJsonOptions,
  paperToJson,
} from './paper-json.js'
export type { PaperPart } from './paper-part.js'
export type { PictureOptions } from './paper-picture.js'
export { type PngOptions, paperToPng } from './paper-png.js'
export { paperToSvg, type SvgOptions } from './paper-svg.js'
export { paperToText, type TextOptions } from './paper-text.js'
export { type DecodeSummary, decodeSummary } from './summary.js'
export { type Trace, type Traced, traceStream } from './trace.js'
export { printBytes, VirtualPrinter, type VirtualPrinterOptions } from './virtual-printer.js'
