/** The part of a printer that needs no paper. A device without paper has this part alone; a machine has it too. */
import type { Effect } from './effect.js'
import type { Macro } from './macro.js'
import type { GraphicsMemory } from './pictures/graphics-memory.js'

export interface Control {
  /** NV graphics by key, which survive `ESC @` and switching off. */
  readonly nvGraphics: GraphicsMemory
  readonly macro: Macro
  /** @param offset of the command that has the effect */
  readonly report: (effect: Effect, offset: number) => void
}
