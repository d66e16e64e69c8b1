/**
 * Runs the command line in a folder: in this process, because a start costs more than most commands, or built and in a
 * process of its own, as a shell would.
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { cliPath, ensureBuilt, root } from '../built.js'
import { runHereIn } from './run-here.js'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Piped extends Ran {
  /** As it came, because a picture is no text. */
  readonly stdoutBytes: Buffer
}

export interface Workplace {
  /** Absolute path of a file in the folder. */
  path(name: string): string
  read(name: string): Buffer
  files(): string[]
  /** In this process. */
  run(...args: string[]): Promise<Ran>
  /** In a process of its own. */
  start(...args: string[]): Promise<Ran>
  /** With `input` on the standard input. */
  pipe(input: string | Uint8Array, ...args: string[]): Promise<Piped>
}

/** A folder with blanks in its name that holds the fixture receipts, for the tests of one file. */
export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'xiaopiao cli '))
  cpSync(join(root, 'fixtures/receipts'), folder, { recursive: true })
  beforeAll(ensureBuilt)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: (name) => join(folder, name),
    read: (name) => readFileSync(join(folder, name)),
    files: () => readdirSync(folder).sort(),
    run: async (...args) => {
      const { code, stdout, stderr } = await runHereIn(folder, args)
      return { code, stdout, stderr }
    },
    start: async (...args) => {
      const { code, stdout, stderr } = await runIn(folder, args)
      return { code, stdout, stderr }
    },
    pipe: (input, ...args) => runIn(folder, args, input),
  }
}

function runIn(cwd: string, args: readonly string[], input?: string | Uint8Array): Promise<Piped> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliPath, ...args], {
      cwd,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
    child.stdin?.end(input)
    const pieces: Buffer[] = []
    let stderr = ''
    child.stdout?.on('data', (piece: Buffer) => pieces.push(piece))
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => {
      const stdoutBytes = Buffer.concat(pieces)
      resolve({ code, stdout: stdoutBytes.toString('utf8'), stdoutBytes, stderr })
    })
  })
}
