/** White paper of so many dots. */

import type { CommandOut } from './commands/index.js'

/** `ESC J` moves up to 255 dots at once. */
export function feedDots(dots: number, out: CommandOut): void {
  for (let left = dots; left > 0; left -= 255) {
    out.push({ kind: 'feedDots', n: Math.min(left, 255) })
  }
}
