/** A file of its own, because a device describes its printer without loading the machine. */
import type { Effect } from './effect.js'
import type { GraphicsMemory } from './pictures/graphics-memory.js'

/** The parts of a printer that its profile does not describe. */
export interface MachineParts {
  /** The NV memory when the printer is switched on. Default: empty, with room for 8 MB. */
  readonly nvGraphics?: GraphicsMemory
  /** Whether it keeps a macro. Default true. */
  readonly hasMacro?: boolean
  /** Told of each effect, also of those that a macro has, or data that turned out to be commands. */
  readonly report?: (effect: Effect) => void
}
