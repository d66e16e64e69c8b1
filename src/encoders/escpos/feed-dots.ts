/** Feeds white paper. */

import { pushByte } from './command-out.js'
import type { CommandOut } from './commands/index.js'

/** Feeds `dots` dots, by several `ESC J` if necessary, because one moves at most 255. */
export function feedDots(dots: number, out: CommandOut): void {
  for (let left = dots; left > 0; left -= 255) {
    pushByte('feedDots', Math.min(left, 255), out)
  }
}
