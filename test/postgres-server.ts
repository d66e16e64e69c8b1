/**
 * A PostgreSQL server for a test file: started in a folder of its own as an ordinary user, reached by a socket or by TCP, and stopped after.
 * Without PostgreSQL a user's test run skips with a plain line; with XIAOPIAO_CI it fails.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'
import { freePort } from './free-port.js'

/** Debian keeps the server's programs here, and only some of them are found by name. */
const DEBIAN = '/usr/lib/postgresql'
/** The server refuses to run as root, so that root starts it as this user: nobody. */
const ORDINARY_ID = 65_534
const START_MS = 20_000

/** For the messages of errors, none of which may quote it. */
export const PASSWORD = 'kuaican-9f/x'

/** The folder of `initdb` and `postgres`; undefined if PostgreSQL is not installed. */
export const postgresFolder = findPostgres()

if (postgresFolder === undefined) {
  const line =
    'PostgreSQL is not installed, so its tests are skipped (Debian: apt-get install postgresql)'
  if (process.env.XIAOPIAO_CI) throw new Error(line)
  process.stderr.write(`${line}\n`)
}

function findPostgres(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : []
  const newestFirst = versions.toSorted((a, b) => Number(b) - Number(a))
  return [
    ...newestFirst.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ].find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))))
}

export interface PostgresServer {
  readonly port: number
  readonly folder: string
  /** The address of a store by TCP, with a password. */
  url(parameters?: string): string
  /** SQL by `psql`, as its superuser, and what it answers. */
  sql(text: string): string
  /** Ends the server at once, without any of its own clean-up, and starts it again. */
  killAndRestart(): Promise<void>
  /** The server's process, or undefined while it is down. */
  pid(): number | undefined
  stop(): Promise<void>
}

/** @param settings of postgresql.conf, over those that the tests need */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const bin = postgresFolder as string
  const folder = mkdtempSync(join(tmpdir(), 'xp-pg-'))
  const data = join(folder, 'data')
  const isRoot = process.getuid?.() === 0
  const as: AsOrdinaryUser = (program, args) =>
    isRoot
      ? [
          'setpriv',
          [`--reuid=${ORDINARY_ID}`, `--regid=${ORDINARY_ID}`, '--clear-groups', program, ...args],
        ]
      : [program, args]
  if (isRoot) chownSync(folder, ORDINARY_ID, ORDINARY_ID)
  const port = await freePort()
  copyCluster(join(bin, 'initdb'), data, as)
  const all = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: folder,
    port: String(port),
    fsync: 'on',
    // After a kill the server flushes every file of its folder; by file system that takes a moment, one by one seconds.
    ...(knowsSyncfs(bin) ? { recovery_init_sync_method: 'syncfs' } : {}),
    ...settings,
  }
  const [postgres, args] = as(join(bin, 'postgres'), [
    ...['-D', data],
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ])
  let server: ChildProcess | undefined
  let log = ''
  const start = async () => {
    // Children of a server that was killed may hold its memory for a moment.
    for (const end = Date.now() + START_MS; ; ) {
      const own = spawn(postgres, [...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
      own.stderr?.setEncoding('utf8').on('data', (part: string) => {
        log = `${log}${part}`.slice(-4000)
      })
      server = own
      while (own.exitCode === null && own.signalCode === null) {
        if (answers()) return
        await wait(30)
      }
      if (Date.now() > end) throw new Error(`PostgreSQL does not start: ${log}`)
      await wait(100)
    }
  }
  const psql = (text: string) =>
    execFileSync(
      join(bin, 'psql'),
      [
        '-h',
        folder,
        '-p',
        String(port),
        '-U',
        'shop',
        '-d',
        'postgres',
        '-XAtq',
        '-v',
        'ON_ERROR_STOP=1',
        '-c',
        text,
      ],
      // A long run of the fleet asks for all its slips at once.
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 1 << 28 },
    ).trim()
  const answers = () => {
    try {
      return psql('select 1') === '1'
    } catch {
      return false
    }
  }
  const end = async (signal: 'SIGKILL' | 'SIGINT') => {
    const own = server
    server = undefined
    if (own === undefined || own.exitCode !== null || own.signalCode !== null) return
    const ended = new Promise((resolve) => own.once('exit', resolve))
    own.kill(signal)
    await ended
  }
  await start()
  return {
    port,
    folder,
    url: (parameters = '') =>
      `postgres://shop:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres${parameters}`,
    sql: psql,
    pid: () => server?.pid,
    async killAndRestart() {
      await end('SIGKILL')
      await start()
    },
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type AsOrdinaryUser = (
  program: string,
  args: readonly string[],
) => readonly [string, readonly string[]]

/** The first server of a run makes an empty cluster, and the others copy it, because to make one takes seconds. */
function copyCluster(initdb: string, data: string, as: AsOrdinaryUser): void {
  const { XIAOPIAO_RUN_FOLDER: run } = process.env
  const kept = run === undefined ? undefined : join(run, 'postgres-cluster')
  if (kept === undefined || !existsSync(kept)) {
    const passwordFile = `${data}-password`
    writeFileSync(passwordFile, `${PASSWORD}\n`, { mode: 0o644 })
    const [program, args] = as(initdb, [
      ...[
        '-D',
        data,
        '-U',
        'shop',
        '--pwfile',
        passwordFile,
        '--encoding',
        'UTF8',
        '--locale',
        'C',
      ],
      ...['--auth-local', 'trust', '--auth-host', 'scram-sha-256', '--no-sync'],
    ])
    execFileSync(program, [...args], { stdio: 'pipe', cwd: dirname(data) })
    if (kept === undefined) return
    // Another file of tests may do so at the same time, perhaps in another thread of this process: the name is taken by one of them, and all are alike.
    const own = `${kept}-${process.pid}-${threadId}`
    execFileSync('cp', ['-a', data, own])
    try {
      renameSync(own, kept)
    } catch {
      rmSync(own, { recursive: true })
    }
    return
  }
  execFileSync('cp', ['-a', kept, data])
}

/** From 14 on, and on Linux. */
function knowsSyncfs(bin: string): boolean {
  const version = execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' })
  return process.platform === 'linux' && Number(/\d+/.exec(version)?.[0]) >= 14
}
