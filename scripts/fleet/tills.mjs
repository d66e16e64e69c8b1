/** The tills of the chain: they hand in slips through a bad line, try again with the same key, and turn to the agent of their store if the hub does not answer. */
import http from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

const TRY_MS = 2500
const GIVE_UP_MS = 45_000
/** Of the slips: the answer is lost on purpose and the till turns to its store at once, with the key that the hub has. */
const LOST_ANSWERS = 0.03
const EXPIRING = 0.02
const CANCELLED = 0.02

export class Tills {
  /** By key: who took it, and what is wanted of it. */
  acks = new Map()
  /** By key: when a till turned to the agent of its store first. */
  lanFrom = new Map()
  /** Answers that a till must never get. */
  wrong = []
  counts = { sent: 0, lan: 0, given: 0, lost: 0, cancelled: 0, late: 0 }
  #agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  #open = new Set()
  #number = 0

  constructor({ proxyPort, apiKey, printers, doorOf, bytesOf, chance, keyStart, withFaults }) {
    Object.assign(this, {
      proxyPort,
      apiKey,
      printers,
      doorOf,
      bytesOf,
      chance,
      keyStart,
      withFaults,
    })
  }

  /** So many slips a second, whether they are answered or not. */
  async run(perSecond, untilMs) {
    const begun = Date.now()
    while (Date.now() < untilMs) {
      const due = ((Date.now() - begun) / 1000) * perSecond
      while (this.#number < due) this.#hand()
      await wait(20)
    }
  }

  /** When all tills have their answers. */
  async settled() {
    while (this.#open.size > 0) await Promise.all(this.#open)
    this.#agent.destroy()
  }

  #hand() {
    const key = `${this.keyStart}${this.#number++}`
    const printer = this.chance.oneOf(this.printers)
    const draw = this.chance.next()
    const want = draw < EXPIRING ? 'expire' : draw < EXPIRING + CANCELLED ? 'cancel' : 'print'
    const loses = this.withFaults && want === 'print' && this.chance.is(LOST_ANSWERS)
    const work = this.#handOne({ key, printer, want, loses }).finally(() => this.#open.delete(work))
    this.#open.add(work)
  }

  async #handOne({ key, printer, want, loses }) {
    this.counts.sent++
    const body = {
      key,
      printer: printer.id,
      payload: this.bytesOf(key, printer),
      title: key,
      ...(want === 'expire' ? { expiresAt: new Date(Date.now() + 1500).toISOString() } : {}),
    }
    const until = Date.now() + GIVE_UP_MS
    for (let tries = 0; Date.now() < until; tries++) {
      const turnsToStore = (loses && tries > 0) || tries % 3 === 2
      const door = turnsToStore ? this.doorOf(printer) : undefined
      const isLan = door !== undefined
      if (isLan && !this.lanFrom.has(key)) this.lanFrom.set(key, Date.now())
      const answer = await (isLan
        ? this.#ask(door, '/v1/slips', body)
        : this.#ask(this.#hub, '/v1/slips', body, loses && tries === 0)
      ).catch(() => undefined)
      if (loses && tries === 0) this.counts.lost++
      if (answer?.status === 200 || answer?.status === 201) {
        if (isLan) this.counts.lan++
        this.acks.set(key, { by: isLan ? 'lan' : 'hub', want, printer: printer.id })
        // What a store may have as well cannot be cancelled at the hub alone.
        if (want === 'cancel' && !this.lanFrom.has(key))
          await this.#cancel(key, answer.json.slip.id)
        return
      }
      // It came too late to be printed, and the till knows it.
      if (want === 'expire' && answer?.json.error?.code === 'SLIP_CLOSED') {
        this.counts.late++
        return
      }
      if (
        answer !== undefined &&
        answer.status !== 503 &&
        answer.status !== 429 &&
        !(isLan && answer.status === 422)
      ) {
        this.wrong.push(`${key}: ${answer.status} ${JSON.stringify(answer.json)}`)
      }
      await wait(100 + this.chance.next() * 400)
    }
    this.counts.given++
  }

  async #cancel(key, id) {
    const answer = await this.#ask(this.#hub, `/v1/slips/${id}/cancel`, { by: '收银员小李' }).catch(
      () => undefined,
    )
    if (answer?.status !== 200) return
    this.counts.cancelled++
    this.acks.set(key, { ...this.acks.get(key), want: 'cancelled' })
  }

  get #hub() {
    return { url: `http://127.0.0.1:${this.proxyPort}`, key: this.apiKey }
  }

  #ask({ url, key }, path, body, loses = false) {
    const text = JSON.stringify(body)
    return new Promise((resolve, reject) => {
      const request = http.request(
        `${url}${path}`,
        {
          method: 'POST',
          agent: this.#agent,
          timeout: TRY_MS,
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
            ...(loses ? { 'x-fleet-lose': '1' } : {}),
          },
        },
        (response) => {
          const parts = []
          response.on('data', (part) => parts.push(part))
          response.on('error', reject)
          response.on('aborted', () => reject(new Error('cut')))
          response.on('end', () => {
            try {
              const json = JSON.parse(Buffer.concat(parts).toString() || '{}')
              resolve({ status: response.statusCode, json })
            } catch (error) {
              reject(error)
            }
          })
        },
      )
      request.on('timeout', () => request.destroy(new Error('timeout')))
      request.on('error', reject)
      request.end(text)
    })
  }
}
