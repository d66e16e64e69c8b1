/** The form of a template: a receipt whose texts hold expressions, with loops and conditions among its nodes. */

import type { ReceiptNode, StyleFields } from '../elements/nodes.js'

/** Key of a field that exists only for the type checker. */
declare const DATA: unique symbol

/**
 * The JSON of a receipt in which texts hold expressions. `Data` is the type of the data that it is bound with, which the compiler then
 * checks: `const sale: Template<Sale> = { nodes: […] }`. Without `Data`, any data are accepted, and `bind` reports a missing value.
 */
export interface Template<Data = unknown> extends StyleFields {
  readonly $schema?: string
  /** For lists and files; not printed. */
  readonly title?: string
  readonly nodes: readonly TemplateNode[]
  /** Declares the data that the template needs. They are checked before the template is filled in. */
  readonly data?: DataDeclaration
  readonly [DATA]?: (data: Data) => void
}

/** A node of a receipt, a loop, a condition or the like. Fields that hold an expression are checked once they are filled in. */
export type TemplateNode =
  | EachNode
  | IfNode
  | SwitchNode
  | LetNode
  | IncludeNode
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

/** Gives the list of the case that a value names. */
export interface SwitchNode {
  readonly kind: 'switch'
  /** An expression without braces: `payment`. */
  readonly on: string
  readonly cases: Readonly<Record<string, readonly unknown[]>>
  /** The list for all other values. If it is absent, they are an error. */
  readonly else?: readonly unknown[]
}

/** Gives names to values. Each expression may use the names before it. */
export interface LetNode {
  readonly kind: 'let'
  /** Expressions without braces by name: `{ net: 'total | minus: tax' }`. */
  readonly set: Readonly<Record<string, string>>
  readonly do: readonly unknown[]
}

/** Gives the nodes of a partial, a list among `partials` of the options of `bind`. */
export interface IncludeNode {
  readonly kind: 'include'
  readonly partial: string
  /** Parameters: expressions without braces by name. The partial sees nothing else. */
  readonly with?: Readonly<Record<string, string>>
}

/** Declares the data of a template, with a sample to try the template with. */
export interface DataDeclaration {
  /** JSON Schema, limited to the keywords that docs/template.md lists. */
  readonly schema?: object
  readonly sample?: object
}
