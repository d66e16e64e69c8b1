/** The definition of an element: a schema, and a layout from its node to blocks. */

import type { Box, LayoutContext } from '../layout/context.js'
import type { Pixels } from '../model/bitmap.js'
import type { Shape } from '../model/shape.js'
import type { Block } from '../model/strip.js'

/** A node inside another one. The union of all nodes is not known here, because it depends on the elements. */
export interface ChildNode {
  readonly kind: string
}

export interface ElementContext extends LayoutContext {
  /** Pictures by the name that `image` nodes give as `src`. */
  readonly images: Readonly<Record<string, Pixels>>
  /** Whether `raw` nodes may print. Default false. */
  readonly allowRaw?: boolean
  /** Lays out child nodes under each other. @param first index in their list of the first node, for its path. Default 0. */
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
  /** Lays out in parts, for an element whose blocks may be too many to hold in memory at once. The blocks are the same. */
  readonly layoutParts?: (node: N, box: Box, context: ElementContext) => Iterable<Block[]>
}
