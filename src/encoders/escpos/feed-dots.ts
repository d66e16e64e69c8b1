/** White paper of so many dots. */

import { pushByte } from './command-out.js'
import type { CommandOut } from './commands/index.js'

/** `ESC J` moves up to 255 dots at once. */
export function feedDots(dots: number, out: CommandOut): void {
  for (let left = dots; left > 0; left -= 255) {
    pushByte('feedDots', Math.min(left, 255), out)
  }
}
