/** Questions that take several commands: the printer's name, whether it returns process IDs, and whether it has restarted. */

import { type BlockAnswer, readBlock, type StatusEvent } from '../encoders/escpos/status.js'
import { FENCE_BYTES, processIdRequest, type Session } from './session.js'

/** The facts by which two printers are told apart. */
export interface Name {
  readonly model: string
  /** Undefined if the printer does not tell its serial number. */
  readonly serial: string | undefined
}

const MODEL = 67
const SERIAL = 68

/** GS I 67: the model comes back as a block, in order with the data. */
export const ASK_MODEL = Uint8Array.of(0x1d, 0x49, MODEL)
/**
 * The witness of a restart is a macro that asks GS I 67. A printer keeps it over ESC @ and forgets it when it is
 * off (manuals of Bixolon SRP-332II, NCR 7197, Epson GS : and GS ^). So running it is answered only if the printer
 * has not restarted. The answer is a block, because a single byte may be noise: a BREAK of the power supply reads
 * as 00.
 */
export const RUN_WITNESS = Uint8Array.of(0x1d, 0x5e, 0x01, 0x00, 0x00)
const DEFINE_WITNESS = Uint8Array.of(0x1d, 0x3a, ...ASK_MODEL, 0x1d, 0x3a)

function blockOf(event: StatusEvent): BlockAnswer | undefined {
  return event.kind === 'block' ? readBlock(event.header, event.payload) : undefined
}

/**
 * Asks for the model, the serial number and the model again. A printer without a serial number then answers the model twice, and a printer
 * that answers neither still answers the fence behind them, so that we need not wait for a timeout. Returns undefined if the printer does
 * not name itself, or if an earlier question for a text is still unanswered.
 */
export async function askName(
  session: Session,
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<Name | undefined> {
  if (session.textsOwed > 0) return undefined
  const texts: string[] = []
  let fenced = false
  session.expectTexts(3)
  const query = session.expectFence()
  const request = Uint8Array.of(...ASK_MODEL, 0x1d, 0x49, SERIAL, ...ASK_MODEL, ...FENCE_BYTES)
  // The answer to the fence is awaited too, because only it shows that every text before it has arrived.
  const isWhole = () => fenced && texts.length > 1 && texts.at(-1) === texts[0]
  await session.ask(request, { timeoutMs, signal }, (event) => {
    const answer = blockOf(event)
    if (answer?.kind === 'information') texts.push(answer.text)
    fenced ||= event.kind === 'single' && event.query === query
    return isWhole() || (fenced && texts.length === 0)
  })
  const [model = ''] = texts
  if (!isWhole() || model === '') return undefined
  session.settleTexts()
  return { model, serial: texts.find((text) => text !== model) }
}

/**
 * Whether the printer returns process IDs. A fence follows the question, because a printer that is busy with
 * something else must not be taken for one without process IDs. Undefined if neither was answered in time.
 */
export async function hasProcessIds(
  session: Session,
  id: string,
  timeoutMs: number,
): Promise<boolean | undefined> {
  const settled = new AbortController()
  let found: boolean | undefined
  const settle = (answer: boolean) => {
    found ??= answer
    settled.abort()
  }
  const asked = session.processId(id, timeoutMs, settled.signal).then((yes) => yes && settle(true))
  const fenced = session.fence(timeoutMs, settled.signal).then((yes) => yes && settle(false))
  await Promise.all([asked, fenced])
  return found
}

export interface WitnessQuestion {
  /** The model that the printer has named, which the witness must return too. */
  readonly model: string
  /** The process ID that follows the witness. Undefined if a fence follows it. */
  readonly id: string | undefined
  readonly timeoutMs: number
  readonly signal?: AbortSignal | undefined
}

/** `kept`: the witness was run and has answered. `gone`: the printer has none. Else no answer came in time. */
export type WitnessState = 'kept' | 'gone' | 'unanswered'

/**
 * Gives the printer a witness of restarts, and tells whether the printer keeps it. The printer answers the
 * witness's question while defining it and again when running it, both before the question behind them.
 */
export function placeWitness(session: Session, question: WitnessQuestion): Promise<WitnessState> {
  return runWitness(session, question, { before: DEFINE_WITNESS, answers: 2 })
}

/** Asks whether the witness is still in the printer, which shows that the printer has not restarted. */
export function seeWitness(session: Session, question: WitnessQuestion): Promise<WitnessState> {
  return runWitness(session, question, { before: new Uint8Array(0), answers: 1 })
}

async function runWitness(
  session: Session,
  { model, id, timeoutMs, signal }: WitnessQuestion,
  expected: { readonly before: Uint8Array; readonly answers: number },
): Promise<WitnessState> {
  session.expectTexts(expected.answers)
  const query = id === undefined ? session.expectFence() : undefined
  const end = id === undefined ? FENCE_BYTES : processIdRequest(id)
  let answers = 0
  let found = false
  const request = Uint8Array.of(...expected.before, ...RUN_WITNESS, ...end)
  await session.ask(request, { timeoutMs, signal }, (event) => {
    const answer = blockOf(event)
    if (answer?.kind === 'information' && answer.text === model) answers++
    if (answer?.kind === 'processId' && answer.id === id) found = true
    if (event.kind === 'single' && query !== undefined && event.query === query) found = true
    return found
  })
  if (!found) return 'unanswered'
  session.settleTexts()
  return answers === expected.answers ? 'kept' : 'gone'
}
