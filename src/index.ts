/** xiaopiao: receipts as data, and the bytes that print them. The entry that needs no native library and no network. */

export { type Compiled, type CompileOptions, compile, compileJson } from './compile.js'
export { type BarcodeNode, barcode } from './elements/barcode.js'
export {
  type CellContent,
  type CellFields,
  type ColumnFields,
  type ColumnsNode,
  columns,
  type NodesCell,
  type RowContent,
  type StyledCell,
  type VerticalAlign,
} from './elements/columns.js'
export { type CutNode, cut } from './elements/cut.js'
export { type DrawerNode, drawer } from './elements/drawer.js'
export { type FeedNode, feed } from './elements/feed.js'
export { type FieldNode, field } from './elements/field.js'
export type { AlignField, StyledText, StyleFields, Text } from './elements/fields.js'
export { type GroupNode, group } from './elements/group.js'
export { type ImageNode, image } from './elements/image.js'
export type { ReceiptNode } from './elements/index.js'
export { type LayoutContext, layoutReceipt } from './elements/layout-receipt.js'
export type { Length } from './elements/length.js'
export { type QrNode, qr } from './elements/qr.js'
export { parseReceipt, type Receipt, receiptJsonSchema } from './elements/receipt.js'
export { type RuleNode, rule } from './elements/rule.js'
export {
  type AztecNode,
  type DataMatrixNode,
  type MaxiCodeNode,
  type Pdf417Node,
  type SymbolFields,
  type SymbolNode,
  symbol,
} from './elements/symbol.js'
export { type TextNode, text, type WrapPolicy } from './elements/text.js'
export { encodeCommands } from './encoders/escpos/codec.js'
export type { Command, TableCommand } from './encoders/escpos/commands/index.js'
export { type LowerOptions, lowerStrip } from './encoders/escpos/lower.js'
export type { Bitmap, Pixels } from './model/bitmap.js'
export type { Cells } from './model/cells.js'
export type { CodePageSlot, MultibyteZone, OnUnsupported } from './model/charset.js'
export type { Diagnostic, Report, Severity } from './model/diagnostic.js'
export {
  type ErrorDetails,
  OptionError,
  ReceiptError,
  TransportError,
  type TransportErrorDetails,
  type TransportPhase,
  XiaopiaoError,
} from './model/errors.js'
export type { StoredLogo } from './model/logo.js'
export type { FontCell, Metrics } from './model/metrics.js'
export type {
  Buzzer,
  ImageCommand,
  NativeBarcode,
  NetworkPolicy,
  PrinterIdentity as ProfileIdentity,
  Profile,
  StatusAbilities,
} from './model/profile.js'
export type * from './model/strip.js'
export type { Align, FontId, TextStyle } from './model/style.js'
