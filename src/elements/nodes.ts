/**
 * The grammar of receipts: the type of every node, and the union of them. It is long because nodes hold nodes: a cell of `columns` and
 * a `group` take any of them, so all types are on this one page. Editors show these comments to people who write receipts in JSON,
 * because `npm run schemas` copies them into `schema/`.
 */

import type { DitherMode } from '../images/dither-modes.js'
import type { WrapPolicy } from '../layout/line.js'
import type { Align, TextFont, VerticalAlign } from '../model/style.js'
import type { BarcodeSymbology, QrLevel, StackedSymbology } from '../model/symbologies.js'

export type { WrapPolicy }

/** Style fields of a node. A field that is left out is inherited from the node around it. */
export interface StyleFields {
  /** Font of the printer, or `small`, which is drawn as dots with hanzi of 16×16 dots. Default: inherited, else `A`. */
  readonly font?: TextFont
  /** Multiple of width and height, 1 to 8. Default: inherited, else 1. */
  readonly size?: number
  /** Multiple of the width, 1 to 8; overrides `size`. */
  readonly width?: number
  /** Multiple of the height, 1 to 8; overrides `size`. */
  readonly height?: number
  /** Bold text. Default: inherited, else false. */
  readonly bold?: boolean
  /** Prints the text twice on the same spot, which looks like bold. Default: inherited, else false. */
  readonly doubleStrike?: boolean
  /** Thickness of the underline in dots, 0 to 2; `true` is 1. Default: inherited, else 0. */
  readonly underline?: boolean | 0 | 1 | 2
  /** White text on black. Default: inherited, else false. */
  readonly inverse?: boolean
  /** Strikes the text through; it is then printed as dots. Default: inherited, else false. */
  readonly strike?: boolean
  /** White after each character in dots, 0 to 64, times the width multiple. Default: inherited, else 0. */
  readonly letterSpacing?: number
}

export interface StyledText extends StyleFields {
  readonly text: string
  /** Keeps the span on one line, unless it is wider than the line. Default false. */
  readonly nowrap?: boolean
}

/** A string, or a list of strings and styled strings. */
export type Text = string | readonly (string | StyledText)[]

export interface AlignField {
  /** Alignment in the width that there is. Default: that of the group around, else `left`. */
  readonly align?: Align
}

/** A number of dots, or millimetres such as `'10mm'`. */
export type Length = number | string

/** White: 0 to 4000 dots, millimetres such as `'2mm'`, or half-width cells of Font A such as `'3 cells'`. */
export type Spacing = number | string

/** White on each side. A side that is left out has none. */
export interface Sides {
  /** White above: dots, `'2mm'` or `'3 cells'`. Default 0. */
  readonly top?: Spacing
  /** White at the right: dots, `'2mm'` or `'3 cells'`. Default 0. */
  readonly right?: Spacing
  /** White below: dots, `'2mm'` or `'3 cells'`. Default 0. */
  readonly bottom?: Spacing
  /** White at the left: dots, `'2mm'` or `'3 cells'`. Default 0. */
  readonly left?: Spacing
}

/** Fields of every node. */
export interface PlaceFields {
  /** White around the node: dots, `'2mm'` or `'3 cells'` for all four sides, or an object with some of them. Default 0. */
  readonly margin?: Spacing | Sides
  /** Minimum height: 1 to 4000 dots, or `'10mm'`. White is added below. Default: none. */
  readonly minHeight?: Length
  /** Position on a label, from its upper left corner. Default: below the node before. */
  readonly at?: { readonly xMm: number; readonly yMm: number }
}

/** A paragraph, wrapped to the width of the paper. Newlines and blank lines are kept. */
export interface TextNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'text'
  /** A string, or a list of strings and styled spans. A newline begins a new line. */
  readonly text: Text
  /** What to do with text wider than the paper: break it at words, break it anywhere, cut it off, end it with `…`, or print it narrower. Default `word`. */
  readonly wrap?: WrapPolicy
  /** Indent of the lines after the first, in half-width cells, 0 to 64. Default 0. */
  readonly indent?: number
  /** Maximum number of lines, 1 to 100; a text that is cut ends with `…`. Default: no limit. */
  readonly maxLines?: number
}

export interface ColumnFields {
  /** Width: a number of half-width cells, `30%`, `auto` (its widest cell) or `2fr` (a share of the rest). Default `1fr`. */
  readonly width?: number | string
  /** Minimum width in half-width cells, 1 to 64, if `width` is not a number. Default: none. */
  readonly min?: number
  /** Maximum width in half-width cells, 1 to 64, if `width` is not a number. Default: none. */
  readonly max?: number
  /** Alignment of the cells; `decimal` puts the decimal points under each other, at the right. Default `left`. */
  readonly align?: Align | 'decimal'
  /** Vertical position of a cell beside taller ones. Default `top`. */
  readonly valign?: VerticalAlign
  /** What to do with text wider than the column, as in `text`. Default `word`. */
  readonly wrap?: WrapPolicy
  /** Indent of a cell's lines after the first, in half-width cells, 0 to 64. Default 0. */
  readonly indent?: number
  /** Maximum number of lines of a cell, 1 to 100; a text that is cut ends with `…`. Default: no limit. */
  readonly maxLines?: number
  /** 1 to 4 characters, such as `.`, that fill the white beside the text. Default: white. */
  readonly leader?: string
}

export interface CellFields {
  /** Number of columns that the cell covers, 1 to 32. Default 1. */
  readonly span?: number
}

export interface StyledCell extends StyleFields, CellFields {
  readonly text: Text
  /** Indent of all lines of the cell, in half-width cells, 0 to 64. Default 0. */
  readonly indent?: number
  /** Alignment of the cell. Default: that of its column. */
  readonly align?: Align | 'decimal'
}

/** Nodes in a cell: a group, columns, a code, a picture. */
export interface NodesCell extends CellFields {
  readonly nodes: readonly ReceiptNode[]
}

export type CellContent = Text | StyledCell | NodesCell

export type RowContent = readonly CellContent[]

/** A table: rows of cells under each other, in columns. */
export interface ColumnsNode extends StyleFields, PlaceFields {
  readonly kind: 'columns'
  /** The columns, from left to right: 1 to 32. */
  readonly columns: readonly ColumnFields[]
  /** The row at the top. Default: none. */
  readonly header?: RowContent
  /** The rows. Each has as many cells as there are columns, or fewer. */
  readonly rows: readonly RowContent[]
  /** The row at the bottom. Default: none. */
  readonly footer?: RowContent
  /**
   * Lines of dots. `rules`: above and below the table, under the header, above the footer; `box`: around the table as well; `grid`:
   * around every cell. `box` and `grid` print the table as dots. Not with `rules`. Default `none`.
   */
  readonly border?: 'none' | 'rules' | 'grid' | 'box'
  /** White above and below each row: dots, `'2mm'` or `'3 cells'`. Default 0, or 4 dots with a border. */
  readonly rowPadding?: Spacing
  /** Rules of characters: around the header, between the rows, above the footer. Default: none. */
  readonly rules?: readonly ('header' | 'rows' | 'footer')[]
  /** Character that the rules are made of. Default `-`. */
  readonly ruleChar?: string
  /** White between columns, in half-width cells, 0 to 64. Default 1. */
  readonly gap?: number
}

/** A label at the left and its value at the right of the same line, or under it if they do not fit. */
export interface FieldNode extends StyleFields, PlaceFields {
  readonly kind: 'field'
  /** Text at the left. */
  readonly label: Text
  /** Text at the right. */
  readonly value: Text
  /** 1 to 4 characters, such as `.`, that fill the gap between label and value. Default: white. */
  readonly leader?: string
  /** Alignment of a value that does not fit beside its label and goes under it. Default `right`. */
  readonly wrappedAlign?: Align
  /** What to do with a label or a value wider than the paper, as in `text`. Default `word`. */
  readonly wrap?: WrapPolicy
}

/** A line across the whole width, of one character or of dots, with or without a title in its middle. */
export interface RuleNode extends StyleFields, PlaceFields {
  readonly kind: 'rule'
  /** Character that the rule repeats. Not with `line` or `thickness`. Default `-`. */
  readonly char?: string
  /** Title in the middle of the rule. A title that leaves no room for the rule is printed alone. Default: none. */
  readonly text?: Text
  /** Draws a line of dots instead of characters; `cut` has scissors at its left. Default: none, or `solid` if `thickness` is given. */
  readonly line?: LineStyle
  /** Thickness of the line of dots, 1 to 24 dots. Default 2. */
  readonly thickness?: number
}

/** The style of a line of dots. `cut` has scissors at its left. */
export type LineStyle = 'solid' | 'dashed' | 'dotted' | 'double' | 'wave' | 'cut'

/** A border: a style, or the thickness of a solid line in dots, 1 to 24. */
export type Border = 'none' | 'single' | 'double' | 'thick' | 'dashed' | number

/** The background of a box: black with white text, or a grey of dots. */
export type Fill = 'none' | 'inverse' | 'grey'

/** Nodes in a frame, printed as dots, so that the lines of the frame touch on any printer. */
export interface BoxNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'box'
  readonly nodes: readonly ReceiptNode[]
  /** Style of the border, or the thickness of a solid one in dots, 1 to 24. `single` is 2 dots, `thick` 6. Default `single`, or none if `fill` is `inverse`. */
  readonly border?: Border
  /** White between the border and the nodes: dots, `'2mm'` or `'3 cells'`, or an object with some sides. Default 8 dots. */
  readonly padding?: Spacing | Sides
  /** Background: `inverse` is white text on black, `grey` is dots behind the text. Default `none`. */
  readonly fill?: Fill
  /** Text in the upper border. Default: none. */
  readonly title?: Text
}

/** Text on a band across the paper, by default white on black. */
export interface BannerNode extends StyleFields, PlaceFields {
  readonly kind: 'banner'
  /** The text of the band: a string, or a list of strings and styled spans. */
  readonly text: Text
  /** Background: `inverse` is white text on black, `grey` is dots behind the text. Default `inverse`. */
  readonly fill?: Fill
  /** Space around the text within the band: dots, `'2mm'` or `'3 cells'`, or an object with some sides. Default 6 dots. */
  readonly padding?: Spacing | Sides
  /** Alignment of the text. Default `center`. */
  readonly align?: Align
}

/** A part of a row: a share of its width, with any nodes. */
export interface RowCell {
  readonly nodes: readonly ReceiptNode[]
  /** Width: a number of half-width cells, `30%`, `auto` (its widest line) or `2fr` (a share of the rest). Default `1fr`. */
  readonly width?: number | string
  /** Minimum width in half-width cells, 1 to 64, if `width` is not a number. Default: none. */
  readonly min?: number
  /** Maximum width in half-width cells, 1 to 64, if `width` is not a number. Default: none. */
  readonly max?: number
  /** Vertical position beside taller cells. Default `top`. */
  readonly valign?: VerticalAlign
  /** Alignment of the nodes in the box. Default `left`. */
  readonly align?: Align
}

/** Boxes side by side, each with nodes. The row is printed as text if its boxes hold only text, else as dots. */
export interface RowNode extends StyleFields, PlaceFields {
  readonly kind: 'row'
  /** The boxes, from left to right: 1 to 12, each with `nodes`. */
  readonly cells: readonly RowCell[]
  /** White between the boxes, in half-width cells, 0 to 64. Default 1. */
  readonly gap?: number
}

/** A QR code with its quiet zone, with or without a caption and a logo. */
export interface QrNode extends AlignField, PlaceFields {
  readonly kind: 'qr'
  /** Text in the code, such as an address; with `encoding` `base64`, its bytes. */
  readonly data: string
  /** How `data` becomes bytes: as UTF-8, as GBK for old scanners, or decoded from base64. Default `utf-8`. */
  readonly encoding?: 'utf-8' | 'gbk' | 'base64'
  /**
   * Side of a module (one square of the code): 1 to 16 dots, `'0.75mm'`, or `fit` for the largest that fits. A code that is too wide
   * gets smaller modules, with a warning. Default 6 dots.
   */
  readonly module?: Length | 'fit'
  /** Level of error correction, from `L` (7 %) to `H` (30 %). Default `M`, or `H` with a logo. */
  readonly level?: QrLevel
  /** Takes a lower `level`, with a warning, if modules would be smaller than 3 dots. Default false. */
  readonly allowLowerLevel?: boolean
  /** Minimum version (size) of the code, 1 to 40, so that codes of different data are equally large. Default: as small as the data allow. */
  readonly version?: number
  /** White around the code in modules, 0 to 20. Default 4, because scanners need it. */
  readonly quietZone?: number
  /** Text under the code, centred on it. Default: none. */
  readonly caption?: Text
  /** Picture in the middle, a fifth of the code wide: its name in the `images` given to `compile`. Default: none. */
  readonly logo?: string
}

/** A barcode, with its data as text above or below. The data are checked. */
export interface BarcodeNode extends AlignField, PlaceFields {
  readonly kind: 'barcode'
  /** Kind of barcode. */
  readonly symbology: BarcodeSymbology | StackedSymbology
  /** The digits or text; GS1 data as `(01)09521234543213(10)ABC`. A missing check digit is added, a given one is verified. */
  readonly data: string
  /** Width of the thinnest bar: 1 to 16 dots, or `'0.33mm'`. Default 3 dots, or less if the code would not fit. */
  readonly module?: Length
  /** Height of the bars: 1 to 2000 dots, or `'8mm'`. Stacked symbologies ignore it. Default `'10mm'`. */
  readonly height?: Length
  /** Where the data are printed as text for people to read. Default `below`. */
  readonly text?: 'none' | 'above' | 'below' | 'both'
  /** Font of the text that people read. Default `A`. */
  readonly font?: 'A' | 'B'
  /** Adds the check character, which is optional for `code39` and `itf`. Default false. */
  readonly addCheck?: boolean
  /** White on each side in modules, 0 to 40. Default: as the symbology asks, 7 to 11; 1 for GS1 DataBar. */
  readonly quietZone?: number
  /** Symbol characters in a row of `databar-expanded-stacked`: an even number, 2 to 22. Default 4. */
  readonly segments?: number
}

/** A two-dimensional code with its quiet zone: PDF417, Data Matrix, Aztec or MaxiCode. */
export interface SymbolFields extends AlignField, PlaceFields {
  readonly kind: 'symbol'
  /** Text in the code, stored as UTF-8. */
  readonly data: string
  /** Side of a module: 1 to 16 dots, or `'0.5mm'`. Not used for MaxiCode, which has one size. Default 3 dots for PDF417, else 4, or less if the code would not fit. */
  readonly module?: Length
  /** White around the code in modules, 0 to 40. Default: as the symbology asks. */
  readonly quietZone?: number
}

export interface Pdf417Node extends SymbolFields {
  /** Kind of code. */
  readonly symbology: 'pdf417'
  /** Number of data columns, 1 to 30. Default: as many as fit, up to 8. */
  readonly columns?: number
  /** Height of a row in modules, 2 to 8. Default 3. */
  readonly rowHeight?: number
  /** Level of error correction, 0 to 8. Default 2. */
  readonly level?: number
  /** Makes the code narrower by leaving out the row indicators at the right. Default false. */
  readonly truncated?: boolean
}

export interface DataMatrixNode extends SymbolFields {
  /** Kind of code. */
  readonly symbology: 'datamatrix'
  /** Shape of the code. Default `square`. */
  readonly shape?: 'square' | 'rectangle'
}

export interface AztecNode extends SymbolFields {
  /** Kind of code. */
  readonly symbology: 'aztec'
  /** Share of the code that corrects errors, in per cent, 5 to 95. Default 23. */
  readonly errorPercent?: number
}

export interface MaxiCodeNode extends SymbolFields {
  /** Kind of code. */
  readonly symbology: 'maxicode'
  /** Mode of MaxiCode: 4 is the standard, 2 and 3 are for carriers' addresses. Default 4. */
  readonly mode?: 2 | 3 | 4 | 5 | 6
}

export type SymbolNode = Pdf417Node | DataMatrixNode | AztecNode | MaxiCodeNode

/** A picture, printed as black dots. */
export interface ImageNode extends AlignField, PlaceFields {
  readonly kind: 'image'
  /** Name of the picture in the `images` given to `compile`; for the command line, a file or a `data:` URI. */
  readonly src: string
  /** Width: dots, `'30mm'`, or a share of the paper such as `'50%'`. Default: one dot per pixel, or less if it would not fit. */
  readonly width?: number | string
  /** Method that turns greys into dots; `auto` tells line art from photos. Default `auto`. */
  readonly dither?: DitherMode
  /** Key of the same picture in the printer's memory: 1 to 3 ASCII characters. A printer without it gets the dots. Default: none. */
  readonly stored?: string
  /** Lets error diffusion go from left to right and back, which avoids patterns. Default true. */
  readonly serpentine?: boolean
  /** Brightness of middle tones, 0.1 to 10: above 1 lighter, below 1 darker. Default 1. */
  readonly gamma?: number
  /** Contrast, from -100 (all grey) to 100 (black and white). Default 0. */
  readonly contrast?: number
  /** Sharpening, 0 to 5. Default 0. */
  readonly sharpen?: number
}

/** White paper, in lines or dots. */
export interface FeedNode extends PlaceFields {
  readonly kind: 'feed'
  /** Number of lines at the printer's line spacing, 0 to 100. Default 1, or 0 if `dots` is given. */
  readonly lines?: number
  /** Number of dots, 0 to 4000, in addition to `lines`. Default 0. */
  readonly dots?: number
}

/** Feeds the last line past the cutter and cuts. A printer without a cutter feeds to its tear bar. */
export interface CutNode extends PlaceFields {
  readonly kind: 'cut'
  /** Kind of cut; `partial` leaves a point uncut, so that the paper does not fall. Default `partial`. */
  readonly mode?: 'full' | 'partial'
}

/** Opens the cash drawer by a pulse. */
export interface DrawerNode extends PlaceFields {
  readonly kind: 'drawer'
  /** Pin of the connector that gets the pulse. Default: that of the printer's profile. */
  readonly pin?: 2 | 5
}

/** Rings the printer's buzzer, for example in a kitchen. */
export interface BuzzerNode extends PlaceFields {
  readonly kind: 'buzzer'
  /** Number of beeps, 1 to 9. Default 1. */
  readonly times?: number
  /** Length of a beep in milliseconds, 50 to 900; the printer takes the nearest that it has. Default 200. */
  readonly ms?: number
}

/** Prints darker or lighter from here to the end of the receipt. */
export interface DensityNode extends PlaceFields {
  readonly kind: 'density'
  /** Density in per cent of the printer's own setting, 70 to 140, in steps of 5. */
  readonly percent: number
}

/** Prints slower or faster from here to the end of the receipt. */
export interface SpeedNode extends PlaceFields {
  readonly kind: 'speed'
  /** Speed, from 1 (slowest) to 11. A printer with fewer levels takes its fastest. */
  readonly level: number
}

/** Bytes sent to the printer unchanged. Only the builder `raw` can make this node. */
export interface RawNode extends PlaceFields {
  readonly kind: 'raw'
  readonly bytes: Uint8Array
}

/** Nodes with a common style and alignment. They can be turned, kept on one piece of paper, or have their own line spacing. */
export interface GroupNode extends StyleFields, AlignField, PlaceFields {
  readonly kind: 'group'
  readonly nodes: readonly ReceiptNode[]
  /** Minimum distance from the top of a line to the top of the next, in dots, 1 to 255. Default: the printer's. */
  readonly lineSpacing?: number
  /** Refuses a cut inside the group, so that it stays on one piece of paper. Default false. */
  readonly keepTogether?: boolean
  /** Turns the nodes clockwise, in degrees; turned nodes are printed as dots. Default 0. */
  readonly rotate?: 0 | 90 | 180 | 270
  /** Length of the lines along the paper if the group is turned by 90 or 270, in dots, 24 to 4000. Default: the width of the paper. */
  readonly length?: number
}

/** One label: a cup label or a price tag. The receipt needs a `page`, which is its size. */
export interface LabelNode extends StyleFields, PlaceFields {
  readonly kind: 'label'
  readonly nodes: readonly ReceiptNode[]
  /** Vertical position of the nodes on the label. Default `top`. */
  readonly valign?: VerticalAlign
  /** Prints nodes smaller if they do not fit on the label, instead of an error. Default false. */
  readonly fit?: boolean
}

/** The size of labels, in millimetres. */
export interface Page {
  /** Height of a label in millimetres, 1 to 1000. */
  readonly heightMm: number
  /** Width of a label in millimetres, 1 to 1000. Default: the width that the printer prints. */
  readonly widthMm?: number
  /** Gap between two labels in millimetres, 0 to 100. Default 0. */
  readonly gapMm?: number
  /** White inside the edges of a label: dots, `'2mm'` or `'3 cells'`, or an object with some sides. Default 1 mm. */
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
  /** Name of the receipt in lists and files; it is not printed. */
  readonly title?: string
  /** Size of the labels, if the receipt is printed on labels. Default: a receipt as long as it needs. */
  readonly page?: Page
  /** The nodes, printed under each other. */
  readonly nodes: readonly ReceiptNode[]
}
