/** Sub-path `xiaopiao/paper`: a Paper to PNG, SVG, PDF, HTML, text and JSON, papers compared, and a roll cut into its papers. It runs in a browser too. */

export type { DrawnBlock, DrawnPiece } from '../model/drawn-block.js'
export type {
  Paper,
  PaperCut,
  PaperNote,
  PaperPart,
  PrintedGlyph,
  PrintedImage,
  PrintedLine,
  PrintedPulse,
  PrintedSymbol,
  PrintedText,
  UnknownBytes,
} from '../model/paper.js'
export { type DotsDiff, diffPng } from '../paper/diff/diff-dots.js'
export {
  type Change,
  diffPapers,
  type ImageChange,
  type ImageSummary,
  type LineChange,
  type PaperDiff,
  type PaperPlace,
} from '../paper/diff/diff-paper.js'
export { withDrawnTexts } from '../paper/drawn-texts.js'
export { type HtmlOptions, paperToHtml } from '../paper/html/paper-html.js'
export { papersByCut } from '../paper/paper-by-cut.js'
export { type PdfAttachment, type PdfOptions, paperToPdf } from '../paper/pdf/paper-pdf.js'
export {
  type BitmapJson,
  type PaperJson,
  type PaperJsonOptions,
  paperToJson,
} from '../paper/views/paper-json.js'
export type { PictureOptions } from '../paper/views/paper-picture.js'
export { type PngOptions, paperToPng } from '../paper/views/paper-png.js'
export { paperToSvg, type SvgOptions } from '../paper/views/paper-svg.js'
export { paperToText, type TextOptions } from '../paper/views/paper-text.js'
export { type DecodeSummary, decodeSummary } from '../paper/views/summary.js'
