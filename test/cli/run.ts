/** Runs the built command line in a folder of its own, as a shell would. */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { cliPath, ensureBuilt, root } from '../built.js'

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Workplace {
  /** Absolute path of a file in the folder. */
  path(name: string): string
  read(name: string): Buffer
  files(): string[]
  run(...args: string[]): Promise<Ran>
}

/** A folder with blanks in its name that holds the fixture receipts, for the tests of one file. */
export function workplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'xiaopiao cli '))
  cpSync(join(root, 'fixtures/receipts'), folder, { recursive: true })
  beforeAll(ensureBuilt, 120_000)
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  return {
    path: (name) => join(folder, name),
    read: (name) => readFileSync(join(folder, name)),
    files: () => readdirSync(folder).sort(),
    run: (...args) => runIn(folder, args),
  }
}

function runIn(cwd: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cliPath, ...args], {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}
