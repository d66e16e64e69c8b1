/** The definition of an element: a schema, and a layout from its node to blocks. */

import type { Box, LayoutContext } from '../layout/context.js'
import type { Pixels } from '../model/bitmap.js'
import type { Shape } from '../model/shape.js'
import type { Block } from '../model/strip.js'

/** A node that another one holds. The union of all nodes is not known here, because it is made of the elements. */
export interface ChildNode {
  readonly kind: string
}

export interface ElementContext extends LayoutContext {
  /** Pictures by the name that `image` nodes give as `src`. */
  readonly images: Readonly<Record<string, Pixels>>
  /** Nodes of `raw` print. Default false. */
  readonly allowRaw?: boolean
  /** Lays out child nodes under each other. */
  /** @param first number of the first of them in their list, which its path says. Default 0. */
  readonly layoutNodes: (
    nodes: readonly ChildNode[],
    box: Box,
    context: ElementContext,
    first?: number,
  ) => Block[]
}

export interface Element<N> {
  readonly schema: Shape<N>
  readonly layout: (node: N, box: Box, context: ElementContext) => Block[]
  /** The same blocks in parts, of an element that may be so long that it should not lie in memory as a whole. */
  readonly layoutParts?: (node: N, box: Box, context: ElementContext) => Iterable<Block[]>
}
