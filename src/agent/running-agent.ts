/** Joins the parts of an agent: the queue over its journal, the talk with the hub, wake-ups, the door on the LAN, and a loop for each printer. */

import { setMaxListeners } from 'node:events'
import type { Hello, ReportedStatus } from '../hub-api/agent-shapes.js'
import type { Signer } from '../hub-api/signing.js'
import type { Journal } from '../journal/types.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { version as packageVersion } from '../model/version.js'
import type { AgentOptions } from './agent-options.js'
import { Alarm, BackOff, type BackOffLimits, jittered } from './back-off.js'
import { EndTeller } from './end-teller.js'
import { type OpenFolder, writePrinterIds } from './folder.js'
import { HubLink } from './hub-link.js'
import { HubTalk } from './hub-talk.js'
import { type LanServer, openLan } from './lan-server.js'
import { Lanes } from './lanes.js'
import { LineState, warningOf } from './line-state.js'
import type { Outbox } from './outbox.js'
import { servePrinter } from './printer-loop.js'
import type { Printing, SlipQueue } from './printing.js'
import type { Report } from './reports.js'
import { helloRequestOf, notOurs, takeHello } from './say-hello.js'
import { type ServedPrinter, servedPrinter } from './served-printer.js'
import { SlipDesk } from './slip-desk.js'
import { watchPrinter } from './status-watch.js'
import { openWake, type Wake } from './wake.js'

/** All that an agent has opened before it starts. */
export interface HeldFolder extends OpenFolder {
  readonly journal: Journal
  readonly outbox: Outbox<Report>
  readonly printerIds: Readonly<Record<string, string>>
  readonly printing: Printing
}

const TICK_MS = 1000
const HELLO_MS = 600_000
const BACK_OFF_TIMES = 30
const POLL_MS = 30_000
/** How many printers ask the hub for a slip at the same time. */
const LANES = 8
/** After an outage the printers' requests are spread over the poll interval divided by this. */
const SPREAD = 8
/** How long the agent waits at its end for the hub to confirm the last reports. */
const LAST_WORDS_MS = 2000
export class RunningAgent {
  readonly #options: AgentOptions
  readonly #held: HeldFolder
  readonly #signer: Signer
  readonly #link: HubLink
  readonly #teller: EndTeller
  readonly #desk: SlipDesk
  readonly #talk: HubTalk
  readonly #line: LineState
  readonly #backOff: BackOffLimits
  readonly #lanes = new Lanes(LANES)
  readonly #printers: readonly ServedPrinter[]
  readonly #ending = new AbortController()
  readonly #alarms = { talk: new Alarm(), hello: new Alarm(), tick: new Alarm() }
  readonly #loops: Promise<void>[] = []
  #queue: SlipQueue | undefined
  #lan: LanServer | undefined
  #wake: Wake | undefined
  #pollMs = POLL_MS
  /** Why the agent cannot go on. */
  #fatal: unknown
  #onEnd: () => void = () => {}
  #closing: Promise<void> | undefined
  /** Rejects if the agent cannot go on; else it resolves after `close`. */
  readonly ended: Promise<void>

  constructor(options: AgentOptions, held: HeldFolder) {
    const { requestTimeoutMs = 15_000, retryMs = 1000, holdMs = 60_000, tls } = options
    const { identity, keys, journal, outbox, printerIds } = held
    this.#options = options
    this.#held = held
    this.#backOff = { firstMs: retryMs, mostMs: retryMs * BACK_OFF_TIMES }
    const { tenant, agent, hub } = identity
    this.#signer = { tenant, agent, privateKey: keys.privateKey }
    const link = new HubLink({ hub, tls, timeoutMs: requestTimeoutMs }, this.#signer)
    const nowMs = () => link.nowMs
    const onReport = () => this.#alarms.talk.ring()
    const teller = new EndTeller({ journal, outbox, nowMs, onReport })
    this.#link = link
    this.#teller = teller
    const uriOf = (printer: string) => this.#printers.find(({ id }) => id === printer)?.uri
    this.#desk = new SlipDesk({ journal, teller, nowMs, holdMs, uriOf })
    this.#line = new LineState({
      onDiagnostic: (diagnostic) => this.tell(diagnostic),
      onForgotten: () => this.#alarms.hello.ring(),
      onFatal: (error) => this.#fail(error),
      onReached: () => {
        this.#alarms.talk.ring()
        this.#ringSlowly()
      },
    })
    this.#talk = new HubTalk({ link, outbox, teller, backOff: this.#backOff, line: this.#line })
    this.#printers = Object.entries(options.printers).map(([name, { uri }]) =>
      servedPrinter(name, uri, printerIds[name]),
    )
    // Each printer has two loops that listen to the signal, which may exceed the default limit of listeners.
    setMaxListeners(0, this.#ending.signal)
    this.ended = new Promise((resolve, reject) => {
      this.#onEnd = () => (this.#fatal === undefined ? resolve() : reject(this.#fatal))
    })
    this.ended.catch(() => {})
  }

  get lanUrl(): string | undefined {
    return this.#lan?.url
  }

  get isOnline(): boolean {
    return this.#line.isOnline
  }

  get printerIds(): Readonly<Record<string, string>> {
    const known = this.#printers.filter(({ id }) => id !== undefined)
    return Object.fromEntries(known.map(({ name, id }) => [name, id as string]))
  }

  /** Starts with the journal: ends go to the outbox, and waiting jobs to the printers. The door is open before the hub has answered. */
  async start(): Promise<void> {
    const { journal, identity, lanKey, printing } = this.#held
    const { lan, statusMs = 30_000 } = this.#options
    await this.#desk.recover()
    const queue = printing.openQueue({
      onOutcome: (outcome) =>
        this.#desk.attempted(outcome).catch((error) => this.#warn('AGENT_BEHIND', error)),
      onError: (error) => this.#fail(error),
    })
    this.#queue = queue
    this.#desk.begin(queue)
    if (lan !== undefined) {
      const [desk, printers, { store }] = [this.#desk, this.#printers, identity]
      const now = () => this.#teller.now
      this.#lan = await openLan(lan, lanKey, { journal, desk, printers, store, now })
    }
    this.#run((ending) => this.#tick(ending))
    this.#run((ending) => this.#keepHello(ending))
    this.#run((ending) => this.#talk.run(this.#alarms.talk, ending))
    for (const printer of this.#printers) {
      this.#run((ending) => this.#serve(printer, ending))
      this.#run((ending) =>
        watchPrinter(printing.printerAt(printer.uri), {
          statusMs,
          ending,
          alarm: printer.statusAlarm,
          onStatus: (status) => this.#noteStatus(printer, status),
          onTrouble: (reason, voice) => this.#noteTrouble(printer, reason, voice),
        }),
      )
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    await this.#lan?.close()
    await this.#queue?.close()
    if (this.isOnline) {
      const enough = new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS).unref())
      await Promise.race([this.#talk.flush().catch(() => {}), enough])
    }
    this.#ending.abort()
    this.#desk.close()
    this.#link.close()
    await this.#wake?.close().catch(() => {})
    await Promise.all(this.#loops)
    await this.#held.outbox.close()
    await this.#held.journal.close()
    this.#onEnd()
  }

  tell(diagnostic: Diagnostic): void {
    this.#options.onDiagnostic?.(diagnostic)
  }

  #serve(printer: ServedPrinter, ending: AbortSignal): Promise<void> {
    const [link, talk, desk, backOff] = [this.#link, this.#talk, this.#desk, this.#backOff]
    const pollMs = () => this.#options.pollMs ?? this.#pollMs
    const [line, lanes] = [this.#line, this.#lanes]
    return servePrinter(printer, { link, talk, desk, backOff, pollMs, line, lanes, ending })
  }

  /** Says hello until the hub answers, and every five to ten minutes after that, because printers may have been given to another agent. */
  async #keepHello(ending: AbortSignal): Promise<void> {
    const backOff = new BackOff(this.#backOff)
    while (!ending.aborted) {
      try {
        await this.#hello()
        backOff.reset()
        await this.#alarms.hello.wait(jittered(HELLO_MS), ending)
      } catch (error) {
        this.#line.failed(error)
        await this.#alarms.hello.wait(backOff.next(), ending)
      }
    }
  }

  async #hello(): Promise<void> {
    const hello = await this.#link.hello(helloRequestOf(this.#options, this.#printers))
    this.#pollMs = hello.pollMs
    const { added, lost } = takeHello(hello, this.#printers)
    for (const printer of lost) this.tell(notOurs(printer))
    for (const printer of added) {
      if (printer.status !== undefined) await this.#noteStatus(printer, printer.status)
    }
    this.#ring([])
    // Only the agent's own printers, because it serves those in this file if the hub is out of reach at the next start.
    const own = this.#printers.filter(({ id, owned }) => id !== undefined && owned)
    const ids = Object.fromEntries(own.map(({ name, id }) => [name, id as string]))
    await writePrinterIds(this.#held.files, ids)
    this.#line.succeeded()
    await this.#listen(hello)
  }

  async #listen({ mqtt }: Hello): Promise<void> {
    if (mqtt === null || this.#wake !== undefined) return
    const { version = packageVersion, tls, retryMs = 1000 } = this.#options
    try {
      this.#wake = await openWake({
        url: mqtt.url,
        signer: this.#signer,
        version,
        tls,
        reconnectMs: retryMs,
        nowMs: () => this.#link.nowMs,
        onWake: (ids) => this.#ring(ids),
        onError: (error) => this.#warn('MQTT_UNREACHABLE', error),
      })
    } catch (error) {
      this.#warn('MQTT_MISSING', error)
    }
  }

  /** Wakes the loops of printers. @param ids the printers; an empty list means all */
  #ring(ids: readonly string[]): void {
    for (const { id, alarm } of this.#printers) {
      if (ids.length === 0 || (id !== undefined && ids.includes(id))) alarm.ring()
    }
  }

  /** Wakes the loops of all printers after an outage, at random times, so that they do not ask all at once, nor together with all other stores. */
  #ringSlowly(): void {
    const withinMs = (this.#options.pollMs ?? this.#pollMs) / SPREAD
    for (const { alarm } of this.#printers) {
      setTimeout(() => alarm.ring(), Math.random() * withinMs).unref()
    }
  }

  async #tick(ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      await this.#desk.tick().catch((error: unknown) => this.#warn('AGENT_BEHIND', error))
      await this.#alarms.tick.wait(TICK_MS, ending)
    }
  }

  async #noteStatus(printer: ServedPrinter, status: ReportedStatus): Promise<void> {
    printer.status = status
    if (printer.id === undefined) return
    const event = { what: 'printer', printer: printer.id, status, at: this.#teller.now } as const
    await this.#held.outbox.append({ event }).catch((error) => this.#warn('AGENT_BEHIND', error))
    this.#alarms.talk.ring()
  }

  #noteTrouble(
    printer: ServedPrinter,
    reason: string | undefined,
    voice: 'heard' | 'silent',
  ): void {
    const { uri, alarm } = printer
    const { troubles } = this.#desk
    const before = troubles.at(uri)
    // A printer that says nothing stays in trouble until the slips that it could not begin have been given back.
    if (reason === undefined && voice === 'silent' && this.#desk.openAt(uri) > 0) return
    troubles.set(uri, reason)
    if (before !== undefined && reason === undefined) alarm.ring()
  }

  #warn(code: string, error: unknown): void {
    this.tell(warningOf(code, error))
  }

  /** Ends the agent, because without journal and outbox it must not print what it could not report. */
  #fail(error: unknown): void {
    if (this.#fatal !== undefined) return
    this.#fatal = error
    void this.close()
  }

  #run(loop: (ending: AbortSignal) => Promise<void>): void {
    this.#loops.push(loop(this.#ending.signal).catch((error: unknown) => this.#fail(error)))
  }
}
