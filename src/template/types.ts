/** The form of a template: a receipt whose texts hold expressions, with loops and conditions among its nodes. */

import type { ReceiptNode, StyleFields } from '../elements/nodes.js'

/** Only the compiler sees it. */
declare const DATA: unique symbol

/**
 * The JSON of a receipt in which texts hold expressions. `Data` is the type of the data that it is bound with, which the compiler then
 * checks: `const sale: Template<Sale> = { nodes: […] }`. Without it any data are taken, and `bind` says what is missing.
 */
export interface Template<Data = unknown> extends StyleFields {
  readonly $schema?: string
  /** For lists and files; not printed. */
  readonly title?: string
  readonly nodes: readonly TemplateNode[]
  readonly [DATA]?: (data: Data) => void
}

/** A node of a receipt, a loop or a condition. Fields that hold an expression are checked once they are filled in. */
export type TemplateNode =
  | EachNode
  | IfNode
  | ReceiptNode
  | { readonly kind: string; readonly [field: string]: unknown }

/** Gives the nodes of `do` once for each element of a list. */
export interface EachNode {
  readonly kind: 'each'
  /** An expression that gives a list, without braces: `items`. */
  readonly in: string
  /** The name of the element in `do`. Default `item`. */
  readonly as?: string
  /** Nodes; rows, if the loop is among the rows of `columns`. */
  readonly do: readonly unknown[]
}

/** Gives one list of nodes or the other. */
export interface IfNode {
  readonly kind: 'if'
  /** An expression without braces: `total > 0`. */
  readonly test: string
  readonly then: readonly unknown[]
  readonly else?: readonly unknown[]
}
