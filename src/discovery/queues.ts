/** Finds the queues of this machine's print system. */

import { execFile } from 'node:child_process'
import type { FoundPrinter } from './types.js'

/**
 * Lists the queues by `lpstat -v`, which names each queue and the device it prints to.
 * @throws Error if the print system is missing or does not answer
 */
export async function findQueues(server?: string): Promise<FoundPrinter[]> {
  const env = { ...process.env, LC_ALL: 'C', ...(server && { CUPS_SERVER: server }) }
  const out = await new Promise<string>((resolve, reject) => {
    execFile('lpstat', ['-v'], { env, timeout: 5000 }, (error, stdout, stderr) => {
      if (error === null || /no destinations/i.test(stderr)) resolve(stdout)
      else if (error.code === 'ENOENT') reject(new Error('there is no CUPS'))
      else reject(new Error(stderr.replace(/^lpstat: /, '').trim() || error.message))
    })
  })
  return [...out.matchAll(/^device for ([^:\s]+): (.*)$/gm)].map(([, queue = '', device = '']) => ({
    kind: 'queue',
    uri: `cups:${queue}`,
    name: queue,
    notes: [`prints to ${device}`],
  }))
}
