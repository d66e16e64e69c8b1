import { createServer } from 'node:net'

/**
 * Finds a port that nobody listens on. It is below those that systems give to outgoing connections and to servers that ask for any port,
 * because one of these could take it before the test listens on it, or between two times that the test listens on it.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
