/** The types of JSX: the elements, their fields, and their children. */

import type {
  CellFields,
  ColumnsNode,
  NodeKind,
  Receipt,
  ReceiptNode,
  RowCell,
  StyledCell,
  StyledText,
  StyleFields,
  Text,
} from '../elements/nodes.js'
import type {
  DataDeclaration,
  EachNode,
  IfNode,
  IncludeNode,
  LetNode,
  SwitchNode,
} from '../template/types.js'
import type { CHILDREN } from './make.js'

/** Key of a field that exists only for the type checker. */
declare const MADE: unique symbol

/** The value of an element: a node, or a part of a table or of a text. */
export interface JsxElement {
  readonly [MADE]: true
}

/** Text with an expression of a template, such as `bound('vip')`. */
export type Expression = `${string}{{${string}`

/** Text, numbers and `<span>`. */
export type TextChildren =
  | string
  | number
  | bigint
  | JsxElement
  | boolean
  | null
  | undefined
  | readonly TextChildren[]
/** Nodes made by elements or by builders. */
export type NodeChildren =
  | JsxElement
  | ReceiptNode
  | boolean
  | null
  | undefined
  | readonly NodeChildren[]
/** Elements that are parts of others: rows, cells, cases. */
export type PartChildren = JsxElement | boolean | null | undefined | readonly PartChildren[]

/** Fields in JSX: fields of text also take spans, fields that take more than text also expressions, optional fields also undefined. */
type Bindable<O> = {
  readonly [K in keyof O]:
    | O[K]
    | (string extends O[K]
        ? O[K] extends string
          ? never
          : Text extends O[K]
            ? JsxElement
            : never
        : Expression)
    | (object extends Pick<O, K> ? undefined : never)
}

type PropsOf<N, Without extends string = 'kind'> = N extends unknown
  ? Bindable<Omit<N, Without>>
  : never

interface Children {
  readonly text: { readonly children: TextChildren }
  readonly title: { readonly children?: TextChildren }
  readonly nodes: { readonly children?: NodeChildren }
  readonly rows: { readonly children?: PartChildren }
  readonly cells: { readonly children?: PartChildren }
  // biome-ignore lint/complexity/noBannedTypes: no children
  readonly nothing: {}
}

/** The field that holds the children, by the kind of children. */
interface HeldField {
  readonly text: 'text'
  readonly title: 'text'
  readonly nodes: 'nodes'
  readonly rows: 'rows' | 'header' | 'footer'
  readonly cells: 'cells'
  readonly nothing: never
}

type Kind = NodeKind
type Holds<K extends Kind> = (typeof CHILDREN)[K]

type NodeElements = {
  readonly [K in Kind]: PropsOf<
    Extract<ReceiptNode, { readonly kind: K }>,
    'kind' | HeldField[Holds<K>]
  > &
    Children[Holds<K>]
}

interface PartElements {
  readonly receipt: Bindable<Omit<Receipt, 'nodes'>> & {
    readonly data?: DataDeclaration
    readonly $schema?: string
    readonly children?: NodeChildren
  }
  readonly span: Bindable<Omit<StyledText, 'text'>> & { readonly children: TextChildren }
  readonly tr: { readonly children?: PartChildren }
  readonly header: { readonly children?: PartChildren }
  readonly footer: { readonly children?: PartChildren }
  readonly cell: Bindable<Omit<RowCell, 'nodes'>> & { readonly children?: NodeChildren }
  readonly td: Bindable<StyleFields & CellFields & Pick<StyledCell, 'align'>> & {
    readonly children?: TextChildren | NodeChildren
  }
  readonly each: Omit<EachNode, 'kind' | 'do'> & AnyChildren
  readonly if: Pick<IfNode, 'test'> & AnyChildren
  readonly switch: Pick<SwitchNode, 'on'> & { readonly children: PartChildren }
  readonly case: { readonly is: string | number | boolean } & AnyChildren
  readonly else: AnyChildren
  readonly let: Pick<LetNode, 'set'> & AnyChildren
  readonly include: Omit<IncludeNode, 'kind'>
}

interface AnyChildren {
  readonly children?: TextChildren | NodeChildren
}

/** The type of the field `columns` of `<columns>`, for components that make tables. */
export type Columns = ColumnsNode['columns']

interface Key {
  readonly key?: string | number | bigint | null | undefined
}

type AllElements = NodeElements & PartElements
type KeyedElements = { readonly [K in keyof AllElements]: AllElements[K] & Key }

/** The namespace that the compiler looks for. */
export declare namespace JSX {
  type Element = JsxElement
  type ElementType = keyof IntrinsicElements | ((props: never) => TextChildren | NodeChildren)
  interface ElementChildrenAttribute {
    readonly children: unknown
  }
  interface IntrinsicAttributes extends Key {}
  interface IntrinsicElements extends KeyedElements {}
}
