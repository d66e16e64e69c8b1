/** Processes of the fleet: started, killed without warning, and started again; and the ports that they listen on. */
import { fork } from 'node:child_process'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export class Child {
  #file
  #config
  #onMessage
  #onStray
  #process
  /** Of the state that it told last. */
  state

  /** @param config a function, because a child that is started again may be given other things */
  constructor(file, config, { onMessage = () => {}, onStray = () => {} } = {}) {
    this.#file = fileURLToPath(new URL(file, import.meta.url))
    this.#config = config
    this.#onMessage = onMessage
    this.#onStray = onStray
  }

  get isUp() {
    return this.#process !== undefined
  }

  send(message) {
    if (this.#process?.connected) this.#process.send(message)
  }

  /** Resolves with the first message, and rejects if the child ends by itself before. */
  start() {
    const child = fork(this.#file, [this.#config()], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.#process = child
    let said = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        said = `${said}${text}`.slice(-3000)
      })
    }
    child.on('message', (message) => {
      if (message.what === 'state') this.state = message
      this.#onMessage(message)
    })
    return new Promise((resolve, reject) => {
      child.once('message', resolve)
      child.on('exit', (code, signal) => {
        if (this.#process !== child) return
        this.#process = undefined
        const end = `${this.#file} ended by itself (${code ?? signal}): ${said.slice(-1500)}`
        this.#onStray(end)
        reject(new Error(end))
      })
    })
  }

  /** At once, without any clean-up of its own. */
  async kill() {
    const child = this.#process
    this.#process = undefined
    this.state = undefined
    if (child === undefined || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }
}

/** Below the ports of outgoing connections, one of which would have taken it by the time that it is listened on. */
let nextPort = 20_000 + (process.pid % 10_000)

export async function freePort() {
  for (;;) {
    const port = nextPort++
    if (await isFree(port)) return port
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.on('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
