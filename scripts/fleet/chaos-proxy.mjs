/**
 * The line between stores and hub, as bad as lines get: it loses requests and answers, cuts answers, delays, hangs with the connection open, delivers
 * a request twice and doubles an answer. A whole store may be without a line.
 */
import http from 'node:http'
import { connect, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** Shares of requests; the rest passes. */
const FATES = {
  refuse: 0.01,
  lose: 0.02,
  hang: 0.006,
  'hang-after': 0.004,
  cut: 0.01,
  twice: 0.02,
  double: 0.005,
}
const DELAYED = 0.1
const LONGEST_DELAY_MS = 400
const HANG_MS = 8000

/**
 * @param target a function that gives the port of a hub that serves now
 * @param onFate is told of each request that does not pass as it should
 */
export async function startChaosProxy({ target, chance, counts, onFate = () => {} }) {
  let isCalm = true
  let isDown = false
  const sockets = new Set()
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const server = http.createServer((request, response) => {
    pass(request, response).catch(() => {
      onFate('no answer of the hub', request.url)
      response.destroy()
    })
  })
  server.on('connection', (socket) => {
    if (isDown) return socket.destroy()
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))

  async function pass(request, response) {
    const body = await bodyOf(request)
    // A case that is made on purpose: the hub has it, and the POS does not hear of it.
    const fate = request.headers['x-fleet-lose'] ? 'lose' : isCalm ? 'pass' : fateOf(chance.next())
    if (fate !== 'pass') {
      counts[fate] = (counts[fate] ?? 0) + 1
      onFate(fate, request.url)
    }
    if (!isCalm && chance.is(DELAYED)) await wait(chance.next() * LONGEST_DELAY_MS)
    if (fate === 'refuse') return response.destroy()
    if (fate === 'hang') return hang(response)
    if (fate === 'twice') await forward(request, body)
    const answer = await forward(request, body)
    if (fate === 'lose') return response.destroy()
    if (fate === 'hang-after') return hang(response)
    const { socket } = response
    // Who asked has left meanwhile.
    if (socket === null) return
    if (fate === 'cut') {
      const text = rawOf(answer)
      socket.write(text.subarray(0, Math.floor(chance.next() * text.length)), () =>
        socket.destroy(),
      )
      return
    }
    response.writeHead(answer.status, answer.headers)
    response.end(answer.body, () => {
      if (fate === 'double' && !socket.destroyed) socket.write(rawOf(answer))
    })
  }

  function forward(request, body) {
    return new Promise((resolve, reject) => {
      const { method, url, headers } = request
      const upstream = http.request(
        { host: '127.0.0.1', port: target(), method, path: url, headers, agent, timeout: 10_000 },
        (answer) => {
          bodyOf(answer).then(
            (bytes) =>
              resolve({ status: answer.statusCode, headers: plain(answer.headers), body: bytes }),
            reject,
          )
        },
      )
      upstream.on('error', reject).on('timeout', () => upstream.destroy(new Error('timeout')))
      upstream.end(body)
    })
  }

  return {
    port: server.address().port,
    calm(value) {
      isCalm = value
    },
    /** A store without a line: what is open is cut, and nothing is let in. */
    cutLine(value) {
      isDown = value
      if (value) for (const socket of sockets) socket.destroy()
    },
    async stop() {
      agent.destroy()
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Wake-ups pass it, and are lost with its connections. */
export async function startLineProxy(port, chance) {
  let isCalm = true
  const sockets = new Set()
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const end = () => {
      client.destroy()
      upstream.destroy()
    }
    let isMute = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', end).on('close', () => {
        sockets.delete(socket)
        end()
      })
    }
    client.on('data', (data) => upstream.write(data))
    upstream.on('data', (data) => isMute || client.write(data))
    const fail = setInterval(() => {
      if (isCalm || !chance.is(0.02)) return
      // Half of them hang with the connection open: nothing comes through any more.
      if (chance.is(0.5)) end()
      else isMute = true
    }, 1000)
    client.on('close', () => clearInterval(fail))
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: server.address().port,
    calm(value) {
      isCalm = value
      if (value) for (const socket of sockets) socket.destroy()
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function fateOf(chance) {
  let left = chance
  for (const [fate, share] of Object.entries(FATES)) {
    if (left < share) return fate
    left -= share
  }
  return 'pass'
}

function hang(response) {
  setTimeout(() => response.destroy(), HANG_MS).unref()
}

async function bodyOf(stream) {
  const parts = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** Headers of the connection are each side's own. */
function plain(headers) {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers
  return rest
}

function rawOf({ status, headers, body }) {
  const lines = Object.entries({ ...headers, 'content-length': body.length })
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status} OK\r\n${head}\r\n`), body])
}
