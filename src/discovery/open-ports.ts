/** Finds the ports of a host that accept connections. */

import { connect } from 'node:net'

/** Returns the ports that accept a connection. Each is opened once and closed without sending a byte. */
export async function openPorts(
  host: string,
  ports: readonly number[],
  timeoutMs = 1500,
): Promise<number[]> {
  const open = await Promise.all(ports.map((port) => takes(host, port, timeoutMs)))
  return ports.filter((_, i) => open[i])
}

function takes(host: string, port: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port })
    const end = (open: boolean) => {
      socket.destroy()
      resolve(open)
    }
    socket.setTimeout(timeoutMs, () => end(false))
    socket.once('connect', () => end(true))
    socket.once('error', () => end(false))
  })
}
