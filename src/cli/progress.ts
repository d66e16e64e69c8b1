/** A progress bar on the last line of the screen. */

const WIDTH = 24
/** Shortest time between two drawings, because drawing more often would only slow the work down. */
const EVERY_MS = 100

export interface Progress {
  show(done: number, total: number): void
  /** Removes the line. */
  end(): void
}

/**
 * Makes a bar on the error output, so that a program that reads the standard output is not disturbed. It is drawn only
 * on a terminal.
 * @param what the things that are counted, such as `records read`
 */
export function progressBar(what: string): Progress {
  const { stderr } = process
  let drawnAt = 0
  return {
    show(done, total) {
      const now = performance.now()
      if (!stderr.isTTY || (now - drawnAt < EVERY_MS && done < total)) return
      drawnAt = now
      const full = total === 0 ? WIDTH : Math.floor((WIDTH * done) / total)
      const bar = `${'█'.repeat(full)}${'░'.repeat(WIDTH - full)}`
      stderr.write(`\r${bar} ${done} of ${total} ${what}`)
    },
    end() {
      if (stderr.isTTY && drawnAt > 0) stderr.write('\r\u001B[K')
    },
  }
}
