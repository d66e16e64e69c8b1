/** This type has a separate file, because a device describes its printer without loading the machine. */
import type { Effect } from './effect.js'
import type { GraphicsMemory } from './pictures/graphics-memory.js'

/** The parts of a printer that its profile does not describe. */
export interface MachineParts {
  /** The NV memory when the printer is switched on. Default: empty, with room for 8 MB. */
  readonly nvGraphics?: GraphicsMemory
  /** Whether the printer can keep a macro. Default true. */
  readonly hasMacro?: boolean
  /** Called with each effect, also with those of a macro, and of data that are executed as commands. */
  readonly report?: (effect: Effect) => void
}
