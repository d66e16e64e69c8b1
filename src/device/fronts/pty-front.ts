/** A virtual printer on a serial line that does not exist: two terminals of the kernel, joined by the program socat. */

import { XiaopiaoError } from '../../model/errors.js'
import type { Front, FrontHost } from './front.js'
import { lineFront } from './line-front.js'

export interface PtyFrontOptions {
  /** True for a terminal with a name of the system's choice, or the path of a link that is made to it. */
  readonly pty: true | string
  readonly quietMs?: number
}

/** A terminal without a wire runs at any speed, but a serial transport must be given one. */
const BAUD_RATE = 115_200
const OPEN_TIMEOUT_MS = 10_000

/**
 * Starts a front on a new terminal.
 * @throws XiaopiaoError `SOCAT_MISSING` if the program is not installed, `PTY_FAILED` with the program's words if it fails
 */
export async function ptyFront(options: PtyFrontOptions, host: FrontHost): Promise<Front> {
  const { mkdtemp, realpath, rm } = await import('node:fs/promises')
  const { tmpdir } = await import('node:os')
  const { join } = await import('node:path')
  const folder = await mkdtemp(join(tmpdir(), 'xiaopiao-pty-'))
  const near = options.pty === true ? join(folder, 'near') : options.pty
  const far = join(folder, 'far')
  const end = await startSocat(near, far).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true })
    throw error
  })
  const dispose = async () => {
    await end()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const path = options.pty === true ? await realpath(near) : near
    const front = await lineFront(
      {
        path: far,
        uri: `serial:${path}?baud=${BAUD_RATE}`,
        ...(options.quietMs === undefined ? {} : { quietMs: options.quietMs }),
      },
      host,
    )
    return {
      ...front,
      get connections() {
        return front.connections
      },
      async close() {
        await front.close()
        await dispose()
      },
    }
  } catch (error) {
    await dispose()
    throw error
  }
}

/** Starts socat. Resolves with a function that ends it, as soon as both terminals exist. */
async function startSocat(near: string, far: string): Promise<() => Promise<void>> {
  const { spawn } = await import('node:child_process')
  const { existsSync } = await import('node:fs')
  const sides = [near, far].map(
    (path) => `PTY,raw,echo=0,link=${path.replaceAll(/[\\,!:]/g, '\\$&')}`,
  )
  const child = spawn('socat', sides, { stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  let failure: Error | undefined
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words += text
  })
  child.once('error', (error) => {
    failure = error
  })
  const exit = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const isOver = () => failure !== undefined || child.exitCode !== null || child.signalCode !== null
  const deadline = Date.now() + OPEN_TIMEOUT_MS
  while (!(existsSync(near) && existsSync(far)) && !isOver() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  if (failure !== undefined) {
    throw new XiaopiaoError('a serial line needs the program socat, which is not here', {
      code: 'SOCAT_MISSING',
      hint: 'install it: apt install socat, dnf install socat, or brew install socat',
      cause: failure,
    })
  }
  if (isOver() || !existsSync(near) || !existsSync(far)) {
    child.kill('SIGKILL')
    throw new XiaopiaoError(`socat makes no terminal at ${near}: ${words.trim()}`, {
      code: 'PTY_FAILED',
      hint: 'name a path in a folder that may be written to, at which nothing is yet',
    })
  }
  return async () => {
    if (isOver()) return
    child.kill()
    await exit
  }
}
