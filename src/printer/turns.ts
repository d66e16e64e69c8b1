/** Runs tasks one after the other. A task whose signal aborts while it waits is never begun. */

export interface Turns {
  run<T>(task: () => Promise<T>, signal: AbortSignal, givenUp: () => unknown): Promise<T>
  /** Resolves when every task added so far has ended. */
  idle(): Promise<void>
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return {
    run(task, signal, givenUp) {
      return new Promise((resolve, reject) => {
        const onAbort = () => reject(givenUp())
        if (signal.aborted) return onAbort()
        signal.addEventListener('abort', onAbort, { once: true })
        last = last.then(async () => {
          signal.removeEventListener('abort', onAbort)
          if (signal.aborted) return
          await task().then(resolve, reject)
        })
      })
    },
    idle: async () => {
      await last
    },
  }
}
