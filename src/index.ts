/** xiaopiao: receipts as data, and the bytes that print them. The entry that needs no native library and no network. */

export { type Compiled, type CompileOptions, compile, compileJson } from './compile.js'
export { type BarcodeNode, barcode } from './elements/barcode.js'
export {
  type CellContent,
  type ColumnFields,
  type ColumnsNode,
  columns,
  type NodesCell,
  type RowContent,
  type StyledCell,
} from './elements/columns.js'
export { type CutNode, cut } from './elements/cut.js'
export { type DrawerNode, drawer } from './elements/drawer.js'
export { type FeedNode, feed } from './elements/feed.js'
export { type FieldNode, field } from './elements/field.js'
export type { AlignField, StyledText, StyleFields, Text } from './elements/fields.js'
export { type GroupNode, group } from './elements/group.js'
export { type ImageNode, image } from './elements/image.js'
export type { ReceiptNode } from './elements/index.js'
export { layoutReceipt } from './elements/layout-receipt.js'
export type { Length } from './elements/length.js'
export { type QrNode, qr } from './elements/qr.js'
export { parseReceipt, type Receipt, receiptJsonSchema } from './elements/receipt.js'
export { type RuleNode, rule } from './elements/rule.js'
export { type SymbolNode, symbol } from './elements/symbol.js'
export { type TextNode, text } from './elements/text.js'
export { encodeCommands } from './encoders/escpos/codec.js'
export type { Command } from './encoders/escpos/commands/index.js'
export { lowerStrip } from './encoders/escpos/lower.js'
export type { Bitmap, Pixels } from './model/bitmap.js'
export type { Cells } from './model/cells.js'
export type { CodePageSlot, MultibyteZone, OnUnsupported } from './model/charset.js'
export type { Diagnostic, Report, Severity } from './model/diagnostic.js'
export { OptionError, ReceiptError, TransportError, XiaopiaoError } from './model/errors.js'
export type { StoredLogo } from './model/logo.js'
export type { FontCell, Metrics } from './model/metrics.js'
export type { Profile } from './model/profile.js'
export type * from './model/strip.js'
export type { Align, FontId, TextStyle } from './model/style.js'
