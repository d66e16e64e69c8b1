/** The rig's side of a device process. */

import { type ChildProcess, fork, spawn } from 'node:child_process'
import type { CountingPrinterOptions } from './counting-printer.js'
import type { HostAction, HostAnswer, HostCommand, Report } from './host.js'
import type { LinkOptions } from './link.js'

export interface Device {
  readonly port: number
  do(action: HostAction): Promise<void>
  /** When it has received so many bytes from now on. */
  at(bytes: number, action: HostAction): Promise<void>
  report(): Promise<Report>
  kill(): Promise<void>
}

/** @param script the bundled host @param inNamespace name of a network namespace to run in */
export async function startDevice(
  script: string,
  link: LinkOptions,
  device: CountingPrinterOptions = {},
  inNamespace?: string,
): Promise<Device> {
  const child: ChildProcess =
    inNamespace === undefined
      ? fork(script, { stdio: 'inherit', env: { ...process.env, UV_THREADPOOL_SIZE: '16' } })
      : spawn('ip', ['netns', 'exec', inNamespace, process.execPath, script], {
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        })
  const asked: { resolve(answer: HostAnswer): void; reject(error: Error): void }[] = []
  child.on('message', (message) => {
    const answer = message as HostAnswer
    const one = asked.shift()
    if (answer.kind === 'failed') one?.reject(new Error(answer.message))
    else one?.resolve(answer)
  })
  child.on('exit', () => {
    for (const { reject } of asked.splice(0)) reject(new Error('the device process has ended'))
  })
  const ask = (command: HostCommand) =>
    new Promise<HostAnswer>((resolve, reject) => {
      asked.push({ resolve, reject })
      child.send(command)
    })
  const started = await ask({ kind: 'start', link, device })
  return {
    port: started.kind === 'ready' ? (started.port ?? 0) : 0,
    do: async (action) => void (await ask({ kind: 'do', action })),
    at: async (bytes, action) => void (await ask({ kind: 'at', bytes, action })),
    async report() {
      const answer = await ask({ kind: 'report' })
      if (answer.kind !== 'report') throw new Error('no report')
      return answer.report
    },
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const gone = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}
