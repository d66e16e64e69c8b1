/** Kills and faults at random: hubs, PostgreSQL, the broker and agents with -9, stores without a line, printers without power, paper or cover. */
import { setTimeout as wait } from 'node:timers/promises'

/** Seconds between two of a kind, on average. */
const EVERY = { hub: 12, postgres: 30, broker: 20, agent: 4, line: 10, habit: 8 }
const HABITS = ['get-again', 'download-timeout', 'lose-delete', 'late-delete']
/** So many slips are handed in between two faults of printers, whatever their rate. */
const SLIPS_PER_FAULT = 24

export class Killer {
  counts = { hub: 0, postgres: 0, broker: 0, agent: 0, line: 0 }
  #world
  #chance
  #untilMs = 0
  #running = []

  #every

  constructor(world, chance, slipsPerSecond) {
    this.#world = world
    this.#chance = chance
    this.#every = { ...EVERY, printer: SLIPS_PER_FAULT / slipsPerSecond }
  }

  run(untilMs) {
    this.#untilMs = untilMs
    const kinds = {
      hub: () => this.#hub(),
      postgres: () => this.#strikesPolling(() => this.#world.postgres.killAndRestart()),
      broker: () => this.#again(this.#world.broker, 500),
      agent: () => this.#agent(),
      line: () => this.#line(),
      printer: () => this.#printer(),
      habit: () => this.#habit(),
    }
    this.#running = Object.entries(kinds).map(([kind, strike]) => this.#repeat(kind, strike))
  }

  async ended() {
    await Promise.all(this.#running)
  }

  async #repeat(kind, strike) {
    for (;;) {
      await wait((0.4 + 1.2 * this.#chance.next()) * this.#every[kind] * 1000)
      if (Date.now() >= this.#untilMs) return
      if (kind in this.counts) this.counts[kind]++
      await strike()
    }
  }

  async #hub() {
    const { child } = this.#chance.oneOf(this.#world.hubs)
    await this.#strikesPolling(() => this.#again(child, 1500))
  }

  /** The hub is the agent of printers that poll, so that its death is a fault in their history. */
  async #strikesPolling(strike) {
    const from = Date.now()
    await strike()
    const to = Date.now()
    for (const { id } of this.#world.polling)
      this.#world.faults.push({ what: 'printer', id, kind: 'hub or postgres killed', from, to })
  }

  async #agent() {
    const { id, child } = this.#chance.oneOf(this.#world.agents)
    const from = Date.now()
    await this.#again(child, 2000)
    this.#world.faults.push({ what: 'agent', id, kind: 'kill', from, to: Date.now() })
  }

  async #again(child, longestMs) {
    if (!child.isUp) return
    await child.kill()
    await wait(100 + this.#chance.next() * longestMs)
    await child.start()
  }

  async #line() {
    const { proxy } = this.#chance.oneOf(this.#world.agents)
    proxy.cutLine(true)
    await wait(2000 + this.#chance.next() * 6000)
    proxy.cutLine(false)
  }

  #printer() {
    const kind = this.#chance.oneOf(['power-cut', 'paper-out', 'cover-open'])
    const ms = 500 + this.#chance.next() * 4000
    const busy = this.#chance.is(0.5)
    this.#world.farm.send({ what: 'fault', kind, ms, busy, chance: this.#chance.next() })
  }

  #habit() {
    if (this.#world.polling.length === 0) return
    const habit = this.#chance.oneOf(HABITS)
    this.#world.farm.send({ what: 'habit', habit, chance: this.#chance.next() })
  }
}
