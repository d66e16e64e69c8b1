/** xiaopiao: receipts as data, and the bytes that print them. The entry that needs no native library and no network. */

export {
  type Compiled,
  type CompileOptions,
  compile,
  compileJson,
  compilePieces,
  type PiecesOptions,
} from './compile.js'
export { barcode } from './elements/barcode.js'
export { banner, box } from './elements/box.js'
export { columns } from './elements/columns.js'
export { cut } from './elements/cut.js'
export { buzzer, density, speed } from './elements/device.js'
export { drawer } from './elements/drawer.js'
export { feed } from './elements/feed.js'
export { field } from './elements/field.js'
export { group } from './elements/group.js'
export { image } from './elements/image.js'
export { label } from './elements/labels.js'
export { layoutReceipt, type ReceiptContext as LayoutContext } from './elements/layout-receipt.js'
export type {
  AlignField,
  AztecNode,
  BannerNode,
  BarcodeNode,
  Border,
  BoxNode,
  BuzzerNode,
  CellContent,
  CellFields,
  ColumnFields,
  ColumnsNode,
  CutNode,
  DataMatrixNode,
  DensityNode,
  DrawerNode,
  FeedNode,
  FieldNode,
  Fill,
  GroupNode,
  ImageNode,
  LabelNode,
  Length,
  LineStyle,
  MaxiCodeNode,
  NodesCell,
  Page,
  Pdf417Node,
  PlaceFields,
  QrNode,
  RawNode,
  Receipt,
  ReceiptNode,
  RowCell,
  RowContent,
  RowNode,
  RuleNode,
  Sides,
  Spacing,
  SpeedNode,
  StyledCell,
  StyledText,
  StyleFields,
  SymbolFields,
  SymbolNode,
  Text,
  TextNode,
  WrapPolicy,
} from './elements/nodes.js'
export { qr } from './elements/qr.js'
export { raw } from './elements/raw.js'
export { parseReceipt, receiptJsonSchema } from './elements/receipt.js'
export { row } from './elements/row.js'
export { rule } from './elements/rule.js'
export { symbol } from './elements/symbol.js'
export { text } from './elements/text.js'
export { encodeCommands } from './encoders/escpos/codec.js'
export type { Command, TableCommand } from './encoders/escpos/commands/index.js'
export { type LowerOptions, lowerStrip } from './encoders/escpos/lower.js'
export type { Bitmap, Pixels } from './model/bitmap.js'
export type { Cells, PlainCells } from './model/cells.js'
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
  DensityCommand,
  ImageCommand,
  NativeBarcode,
  NetworkPolicy,
  Profile,
  ProfileIdentity,
  StatusAbilities,
} from './model/profile.js'
export type { ReceiptOptions } from './model/receipt-options.js'
export type * from './model/strip.js'
export type { Align, FontId, TextFont, TextStyle, VerticalAlign } from './model/style.js'
export type * from './model/symbologies.js'
