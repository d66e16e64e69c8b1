/**
 * The grammar of receipts: every node with its fields, and the union of them. Types only, and on one page, because nodes hold nodes:
 * a cell of `columns` and a `group` take any of them.
 * It is long because all nodes are on this one page.
 */

import type { DitherMode } from '../images/dither-modes.js'
import type { WrapPolicy } from '../layout/line.js'
import type { Align, TextFont, VerticalAlign } from '../model/style.js'
import type { BarcodeSymbology, QrLevel, StackedSymbology } from '../model/symbologies.js'

export type { WrapPolicy }

/** Style fields of a node; what is left out is inherited. */
export interface StyleFields {
  /** `small` has hanzi of 16×16 dots; it is printed as dots, on any printer with a thermal head. */
  readonly font?: TextFont
  /** Width and height multiple at once, 1 to 8. */
  readonly size?: number
  /** Width multiple, 1 to 8; goes before `size`. */
  readonly width?: number
  /** Height multiple, 1 to 8; goes before `size`. */
  readonly height?: number
  readonly bold?: boolean
  /** Printed twice on the same spot. */
  readonly doubleStrike?: boolean
  /** Thickness in dots; `true` is 1. */
  readonly underline?: boolean | 0 | 1 | 2
  /** White on black. */
  readonly inverse?: boolean
  /** A line through the middle; the text is then printed as dots. */
  readonly strike?: boolean
  /** White after each character in dots, 0 to 64; grows with the width multiple. */
  readonly letterSpacing?: number
}

export interface StyledText extends StyleFields {
  readonly text: string
  /** The line is not broken inside of it, unless it is wider than the line. Default false. */
  readonly nowrap?: boolean
}

/** A string, or a list of strings and styled strings. */
export type Text = string | readonly (string | StyledText)[]

export interface AlignField {
  readonly align?: Align
}

/** A number of dots, or millimetres such as `'10mm'`. */
export type Length = number | string

/** White: a number of dots, millimetres such as `'2mm'`, or half-width cells of Font A such as `'3 cells'`. */
export type Spacing = number | string

/** White on each side; what is left out is 0. */
export interface Sides {
  readonly top?: Spacing
  readonly right?: Spacing
  readonly bottom?: Spacing
  readonly left?: Spacing
}

/** Fields of every node. */
export interface PlaceFields {
  /** White around the node; a single value holds for all four sides. Default 0. */
  readonly margin?: Spacing | Sides
  /** Least height, in dots or as `'10mm'`: white is added below. Default 0. */
  readonly minHeight?: Length
  /** On a label: its place from the upper left corner. Default: below the node before it. */
  readonly at?: { readonly xMm: number; readonly yMm: number }
}

export interface TextNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'text'
  readonly text: Text
  /** How to break text wider than its box. Default `word`. */
  readonly wrap?: WrapPolicy
  /** Indent of the lines after the first, in half-width cells of the text's font. Default 0. */
  readonly indent?: number
  /** Lines of the text at most; the last one ends with `…`. Default: as many as it needs. */
  readonly maxLines?: number
}

export interface ColumnFields {
  /**
   * A number of half-width cells of the node's font, `30%`, `auto` (as wide as its widest cell) or `2fr` (a share of
   * the rest). Default `1fr`.
   */
  readonly width?: number | string
  /** Least and most width of a column that is not a number, in half-width cells. */
  readonly min?: number
  readonly max?: number
  /** `decimal` aligns the points of figures under each other, at the right. Default `left`. */
  readonly align?: Align | 'decimal'
  /** Vertical place of a cell beside cells of more lines. Default `top`. */
  readonly valign?: VerticalAlign
  /** How to break text wider than the column. Default `word`. */
  readonly wrap?: WrapPolicy
  /** Indent of a cell's lines after the first, in half-width cells. Default 0. */
  readonly indent?: number
  /** Lines of a cell at most; the last one ends with `…`. Default: as many as it needs. */
  readonly maxLines?: number
  /** Fills the white beside the text: 1 to 4 characters such as `.`. */
  readonly leader?: string
}

export interface CellFields {
  /** Columns that the cell covers. Default 1. */
  readonly span?: number
}

export interface StyledCell extends StyleFields, CellFields {
  readonly text: Text
  /** Of all its lines, in half-width cells. Default 0. */
  readonly indent?: number
  readonly align?: Align | 'decimal'
}

/** Nodes in a cell: a group, columns, a code, a picture. */
export interface NodesCell extends CellFields {
  readonly nodes: readonly ReceiptNode[]
}

export type CellContent = Text | StyledCell | NodesCell

export type RowContent = readonly CellContent[]

export interface ColumnsNode extends StyleFields, PlaceFields {
  readonly kind: 'columns'
  readonly columns: readonly ColumnFields[]
  readonly header?: RowContent
  /** As many cells a row as there are columns, or fewer. */
  readonly rows: readonly RowContent[]
  readonly footer?: RowContent
  /**
   * Lines of dots: `rules` above and below the table and beside its header and footer, `box` around it and under its header,
   * `grid` around every cell. With `box` and `grid` the table is printed as dots. Default `none`.
   */
  readonly border?: 'none' | 'rules' | 'grid' | 'box'
  /** White above and below the lines of each row. Default 0, with a border 4 dots. */
  readonly rowPadding?: Spacing
  /** Places of rules: around the header, between rows, above the footer. Default none. */
  readonly rules?: readonly ('header' | 'rows' | 'footer')[]
  /** The rules' character. Default `-`. */
  readonly ruleChar?: string
  /** Between columns, in half-width cells of the node's font. Default 1. */
  readonly gap?: number
}

export interface FieldNode extends StyleFields, PlaceFields {
  readonly kind: 'field'
  readonly label: Text
  readonly value: Text
  /** Fills the gap: 1 to 4 characters such as `.`; left out, the gap is white. */
  readonly leader?: string
  /** Alignment of a value that had to go under its label. Default `right`. */
  readonly wrappedAlign?: Align
  /** How to break a label or a value wider than the paper. Default `word`. */
  readonly wrap?: WrapPolicy
}

export interface RuleNode extends StyleFields, PlaceFields {
  readonly kind: 'rule'
  /** One character. Default `-`. Not with `line` or `thickness`. */
  readonly char?: string
  /** A title in the rule's middle. One that is too long for that is centred, without a rule. */
  readonly text?: Text
  /** A line of dots in place of characters: `cut` has scissors at its left. Default `solid` if `thickness` is given. */
  readonly line?: LineStyle
  /** Of the line of dots, 1 to 24. Default 2. */
  readonly thickness?: number
}

/** How a line of dots looks. */
export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'double' | 'wave' | 'cut'

/** A border: a style, or the thickness of a solid line in dots, 1 to 24. */
export type Border = 'none' | 'single' | 'double' | 'thick' | 'dashed' | number

/** The background of a box: black with white text, or a grey of dots. */
export type Fill = 'none' | 'inverse' | 'grey'

/** Nodes in a frame. It is printed as dots, so that its lines touch whatever the printer's line spacing. */
export interface BoxNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'box'
  readonly nodes: readonly ReceiptNode[]
  /** Default `single`, which is 2 dots. */
  readonly border?: Border
  /** White between the border and the nodes. Default 8 dots. */
  readonly padding?: Spacing | Sides
  /** Default `none`. */
  readonly fill?: Fill
  /** Printed in the upper border. */
  readonly title?: Text
}

/** A line of text on a band across the paper, white on black. */
export interface BannerNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'banner'
  readonly text: Text
  /** Default `inverse`. */
  readonly fill?: Fill
  /** Black above, below and beside the text. Default 6 dots. */
  readonly padding?: Spacing | Sides
}

/** A part of a row: a share of its width, with any nodes. */
export interface RowCell {
  readonly nodes: readonly ReceiptNode[]
  /** As of a column. Default `1fr`. */
  readonly width?: number | string
  readonly min?: number
  readonly max?: number
  /** Default `top`. */
  readonly valign?: VerticalAlign
  readonly align?: Align
}

/** Boxes side by side. If all of them hold text alone, the text stays text. */
export interface RowNode extends StyleFields, PlaceFields {
  readonly kind: 'row'
  readonly cells: readonly RowCell[]
  /** Between the cells, in half-width cells of the node's font. Default 1. */
  readonly gap?: number
}

export interface QrNode extends AlignField, PlaceFields {
  readonly kind: 'qr'
  /** The payload. */
  readonly data: string
  /** Bytes that the code holds of it: its text in UTF-8 or GBK, or those that it says in base64. Default `utf-8`. */
  readonly encoding?: 'utf-8' | 'gbk' | 'base64'
  /**
   * Side of a module: 1 to 16 dots, `'0.75mm'`, or `fit` for the largest that fits. Default 6 dots. It is made
   * smaller, with a warning, if the code would not fit.
   */
  readonly module?: Length | 'fit'
  /** Error correction. Default `M`, with a logo `H`. */
  readonly level?: QrLevel
  /** Takes a lower level where modules would be smaller than 3 dots, with a warning. Default false. */
  readonly allowLowerLevel?: boolean
  /** Least version, 1 to 40, so that codes of different data have one size. Default as small as the data allow. */
  readonly version?: number
  /** White modules around it. Default 4, as scanners need. */
  readonly quietZone?: number
  /** Text under the code, in its middle. */
  readonly caption?: Text
  /** Picture in the middle, a fifth of the code wide: a name among the `images` given to `compile`. */
  readonly logo?: string
}

export interface BarcodeNode extends AlignField, PlaceFields {
  readonly kind: 'barcode'
  readonly symbology: BarcodeSymbology | StackedSymbology
  /** GS1 data as `(01)09521234543213(10)ABC`. A check digit that is missing is added, one that is there is verified. */
  readonly data: string
  /** Width of the thinnest bar, in dots or as `'0.33mm'`. Default 3 dots, or what fits. */
  readonly module?: Length
  /**
   * Height of the bars, in dots or as `'10mm'`. Default 10 mm. The height of stacked symbols follows from their
   * data.
   */
  readonly height?: Length
  /** Place of the text that people read. Default `below`. */
  readonly text?: 'none' | 'above' | 'below' | 'both'
  /** Of the text. Default A. */
  readonly font?: 'A' | 'B'
  /** Adds the check character that CODE39 and ITF have only by agreement. Default false. */
  readonly addCheck?: boolean
  /** White modules on each side. Default as the symbology asks: 7 to 11, of GS1 DataBar 1. */
  readonly quietZone?: number
  /** Symbol characters of a row of `databar-expanded-stacked`, even, 2 to 22. Default 4. */
  readonly segments?: number
}

export interface SymbolFields extends AlignField, PlaceFields {
  readonly kind: 'symbol'
  /** Stored as UTF-8. */
  readonly data: string
  /** Dots or `'0.5mm'`. Default 3 dots for PDF417, 4 for the others, or what fits. MaxiCode has one size. */
  readonly module?: Length
  /** White modules on each side. Default as the symbology asks. */
  readonly quietZone?: number
}

export interface Pdf417Node extends SymbolFields {
  readonly symbology: 'pdf417'
  /** Of data, 1 to 30. Default as many as fit, up to 8. */
  readonly columns?: number
  /** In modules, 2 to 8. Default 3. */
  readonly rowHeight?: number
  /** Error correction, 0 to 8. Default 2. */
  readonly level?: number
  /** Without the right row indicators. Default false. */
  readonly truncated?: boolean
}

export interface DataMatrixNode extends SymbolFields {
  readonly symbology: 'datamatrix'
  /** Default `square`. */
  readonly shape?: 'square' | 'rectangle'
}

export interface AztecNode extends SymbolFields {
  readonly symbology: 'aztec'
  /** Part that corrects errors, 5 to 95 per cent. Default 23. */
  readonly errorPercent?: number
}

export interface MaxiCodeNode extends SymbolFields {
  readonly symbology: 'maxicode'
  /** Default 4, the standard symbol; 2 and 3 are carriers' messages. */
  readonly mode?: 2 | 3 | 4 | 5 | 6
}

export type SymbolNode = Pdf417Node | DataMatrixNode | AztecNode | MaxiCodeNode

export interface ImageNode extends AlignField, PlaceFields {
  readonly kind: 'image'
  /** A name among the `images` given to `compile`; the command line loads files and `data:` URIs by it. */
  readonly src: string
  /** Dots, `'30mm'`, or a share of the width such as `50%`. Default: one dot per pixel, made smaller where it would not fit. */
  readonly width?: number | string
  /** How grey becomes dots. Default `auto`. */
  readonly dither?: DitherMode
  /** Key of the same picture in the printer's memory; printers without such a memory get the dots. */
  readonly stored?: string
  /** Error diffusion runs to and fro. Default true. */
  readonly serpentine?: boolean
  /** Above 1 lighter, below 1 darker middle tones. Default 1. */
  readonly gamma?: number
  /** -100 to 100. Default 0. */
  readonly contrast?: number
  /** 0 to 5. Default 0. */
  readonly sharpen?: number
}

export interface FeedNode extends PlaceFields {
  readonly kind: 'feed'
  /** Lines at the printer's line spacing. Default 1, or 0 where `dots` is given. */
  readonly lines?: number
  readonly dots?: number
}

export interface CutNode extends PlaceFields {
  readonly kind: 'cut'
  /** `partial` leaves a point uncut. Default `partial`. */
  readonly mode?: 'full' | 'partial'
}

export interface DrawerNode extends PlaceFields {
  readonly kind: 'drawer'
  /** Pin of the connector. Default: the profile's. */
  readonly pin?: 2 | 5
}

/** Rings the buzzer, for example in a kitchen. */
export interface BuzzerNode extends PlaceFields {
  readonly kind: 'buzzer'
  /** Default 1. */
  readonly times?: number
  /** Length of a beep in milliseconds, as near as the printer comes to it. Default 200. */
  readonly ms?: number
}

/** Prints darker or lighter from here to the end of the receipt. */
export interface DensityNode extends PlaceFields {
  readonly kind: 'density'
  /** Of what the printer is set to, in steps of 5. */
  readonly percent: number
}

/** Prints slower or faster from here to the end of the receipt. */
export interface SpeedNode extends PlaceFields {
  readonly kind: 'speed'
  /** 1 is the slowest; the profile has the number of levels. */
  readonly level: number
}

/** Bytes sent to the printer unchanged. Only the builder `raw` can make this node. */
export interface RawNode extends PlaceFields {
  readonly kind: 'raw'
  readonly bytes: Uint8Array
}

export interface GroupNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'group'
  readonly nodes: readonly ReceiptNode[]
  /** Least distance from a line's top to the next one's, in dots. Default: the printer's. */
  readonly lineSpacing?: number
  /** A cut in it is refused, so that what it holds stays on one piece of paper. Default false. */
  readonly keepTogether?: boolean
  /** Clockwise; turned nodes are printed as dots, on any printer. Default 0. */
  readonly rotate?: 0 | 90 | 180 | 270
  /** Length of the lines of a group turned by 90 or 270, along the paper, in dots. Default: the width of the box. */
  readonly length?: number
}

/** One label of a receipt with a `page`. */
export interface LabelNode extends StyleFields, PlaceFields {
  readonly kind: 'label'
  readonly nodes: readonly ReceiptNode[]
  /** Where the nodes stand. Default `top`. */
  readonly valign?: VerticalAlign
  /** Prints smaller what does not fit; without it that is an error. Default false. */
  readonly fit?: boolean
}

/** The size of labels, in millimetres. */
export interface Page {
  readonly heightMm: number
  /** Default: what the printer can print on. */
  readonly widthMm?: number
  /** From the end of one to the beginning of the next. Default 0. */
  readonly gapMm?: number
  /** White within the edges. Default 1 mm. */
  readonly padding?: Spacing | Sides
}

export type ReceiptNode =
  | TextNode
  | ColumnsNode
  | FieldNode
  | RuleNode
  | BoxNode
  | BannerNode
  | RowNode
  | LabelNode
  | QrNode
  | BarcodeNode
  | SymbolNode
  | ImageNode
  | FeedNode
  | CutNode
  | DrawerNode
  | BuzzerNode
  | DensityNode
  | SpeedNode
  | RawNode
  | GroupNode

/** The kinds of nodes that JSON can hold. */
export type NodeKind = Exclude<ReceiptNode['kind'], 'raw'>

export interface Receipt extends StyleFields {
  /** For lists and files; not printed. */
  readonly title?: string
  /** Prints labels of this size. Default: a receipt as long as it needs. */
  readonly page?: Page
  readonly nodes: readonly ReceiptNode[]
}
