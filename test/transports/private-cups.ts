/** A print system of the tests' own: on loopback, in a folder of its own, with one raw queue that prints to a port of ours. */

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../free-port.js'
import { type Listening, listenTaking } from './rigs.js'

export const QUEUE = 'counter'

/** Why it cannot run here; undefined: it can. */
export const cupsMissing =
  process.getuid?.() !== 0
    ? 'not root'
    : spawnSync('lpadmin', ['-h']).error || spawnSync('/usr/sbin/cupsd', ['-h']).error
      ? 'cups is not installed (apt install cups cups-client)'
      : undefined

export interface PrivateCups {
  /** `127.0.0.1:6631` */
  readonly server: string
  readonly sink: Listening
  /** Runs a command of the print system against this server. */
  run(command: string, ...args: string[]): string
  /** Waits until the queue is empty, then what the sink has got since the last call. */
  received(): Promise<Uint8Array>
  close(): Promise<void>
}

export async function startCups(): Promise<PrivateCups> {
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-cups-'))
  for (const name of ['spool', 'cache', 'state', 'log', 'temp', 'root'])
    mkdirSync(join(folder, name))
  const server = `127.0.0.1:${await freePort()}`
  const allow = (where: string) => `<Location ${where}>\nOrder allow,deny\nAllow all\n</Location>`
  await writeFile(
    join(folder, 'cupsd.conf'),
    [
      `Listen ${server}`,
      `Listen ${folder}/socket`,
      'DefaultAuthType None',
      allow('/'),
      allow('/admin'),
      '<Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>',
      'MaxLogSize 0',
      'Browsing No',
      '',
    ].join('\n'),
  )
  await writeFile(
    join(folder, 'cups-files.conf'),
    [
      `ServerRoot ${folder}/root`,
      `RequestRoot ${folder}/spool`,
      `CacheDir ${folder}/cache`,
      `StateDir ${folder}/state`,
      `TempDir ${folder}/temp`,
      `AccessLog ${folder}/log/access`,
      `ErrorLog ${folder}/log/error`,
      `PageLog ${folder}/log/page`,
      'User lp',
      'Group lp',
      'SystemGroup root',
      '',
    ].join('\n'),
  )
  execFileSync('chown', ['-R', 'lp:lp', folder])
  execFileSync('chmod', ['755', folder])
  const daemon = spawn(
    '/usr/sbin/cupsd',
    ['-f', '-c', join(folder, 'cupsd.conf'), '-s', join(folder, 'cups-files.conf')],
    { stdio: 'ignore' },
  )
  const env = { ...process.env, LC_ALL: 'C', CUPS_SERVER: server }
  const run = (command: string, ...args: string[]) => {
    const { stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
    return `${stdout}${stderr}`
  }
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 400; i++) {
      if (done()) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error(`the private cupsd does not get there: ${run('lpstat', '-t')}`)
  }
  await until(() => run('lpstat', '-r').includes('is running'))
  const sink = await listenTaking()
  run('lpadmin', '-p', QUEUE, '-E', '-v', `socket://127.0.0.1:${sink.port}`, '-m', 'raw')
  let read = 0
  return {
    server,
    sink,
    run,
    async received() {
      await until(() => run('lpstat', '-o', QUEUE).trim() === '')
      const all = sink.received()
      const fresh = all.subarray(read)
      read = all.length
      return fresh
    },
    async close() {
      const gone = new Promise((resolve) => daemon.once('exit', resolve))
      daemon.kill()
      await gone
      await sink.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
