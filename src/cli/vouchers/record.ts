/** `vouchers init | add | resolve | answer`: makes a store, and records what happened at the counter. */

import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Command } from 'commander'
import { generic58 } from '../../profiles/generic-58.js'
import type { Archive } from '../../vouchers/archive.js'
import { createArchive } from '../../vouchers/open-archive.js'
import { checkNewOperator } from '../../vouchers/operators/new-operator.js'
import type { NewOperator } from '../../vouchers/operators/operator.js'
import { slipMaker } from '../../vouchers/slips/slip-maker.js'
import type { TradeResult } from '../../vouchers/trade-types.js'
import { inputError } from '../fail.js'
import { unreadable } from '../input.js'
import { type PinFlags, readNewPin, signedInBy, withPin } from './pins.js'
import { answer, inStore, orFail, type StoreFlags, storeName, storePath, withStore } from './run.js'
import { showAdded } from './show-added.js'

interface AddFlags extends StoreFlags, PinFlags {
  readonly approvedBy?: string
}

interface InitFlags extends StoreFlags, PinFlags {
  readonly manager?: string
  readonly name?: string
}

/** Opens the store with a maker of slips, so that trades that are not printed keep their slips as on 58 mm paper. */
function whereKept(flags: StoreFlags, work: (archive: Archive) => Promise<void>): Promise<void> {
  return inStore(flags, work, { slips: slipMaker({ profile: generic58 }) })
}

export function addRecording(vouchers: Command): void {
  withPin(withStore(vouchers.command('init')))
    .description('make a new store and the key file of its chain')
    .option(
      '--manager <no>',
      'with a first manager, from whom on refunds, reprints and settings need a PIN',
    )
    .option('--name <name>', 'of the manager; default: the number')
    .addHelpText(
      'after',
      '\nExamples:\n  xiaopiao vouchers init --store shop.db\n  xiaopiao vouchers init --store postgres://shop@db.local/shop --key-file shop.key',
    )
    .action(initStore)

  withPin(withStore(vouchers.command('add [file]')))
    .description('record trades: one JSON object, or one a line; - is the standard input')
    .option('--approved-by <no>', 'the manager whose PIN refunds need, if the store has operators')
    .addHelpText('after', '\nExample:\n  xiaopiao vouchers add trades.jsonl --store shop.db --json')
    .action(addTrades)

  withStore(vouchers.command('resolve <id> <result>'))
    .description('say what became of an unknown trade: approved, declined or reversed')
    .requiredOption('--by <name>', 'who says so')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers resolve 000236 approved --by 01 --store shop.db',
    )
    .action(resolveTrade)

  withStore(vouchers.command('answer <id> <answer>'))
    .description('record whether the customer wanted a slip: print or skip')
    .requiredOption('--by <name>', 'who asked')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao vouchers answer 000236 skip --by 01 --store shop.db',
    )
    .action(answerAsked)
}

async function initStore(flags: InitFlags): Promise<void> {
  await orFail(flags, async () => {
    const path = storePath(flags)
    const { keyFile, manager } = flags
    const operator = manager === undefined ? undefined : await firstManager(manager, flags)
    await using archive = await createArchive(path, keyFile === undefined ? {} : { keyFile })
    if (operator !== undefined) {
      await archive.operators.add(operator, { now: new Date(), by: operator.no })
    }
    const { ok } = await archive.verify()
    const made = { store: storeName(flags), keyFile: keyFile ?? `${path}.key`, ok }
    if (flags.json === true) answer(made)
    else
      process.stdout.write(
        `made ${made.store} and ${made.keyFile}; keep a copy of the key elsewhere\n`,
      )
  })
}

/** Reads and checks the first manager before the store is made, so that an error leaves no store without a manager behind. */
async function firstManager(no: string, flags: InitFlags): Promise<NewOperator> {
  const pin = await readNewPin(`PIN of ${no}`, flags)
  return checkNewOperator({ no, name: flags.name ?? no, role: 'manager', pin })
}

async function addTrades(file: string | undefined, flags: AddFlags): Promise<void> {
  await whereKept(flags, async (archive) => {
    const { approvedBy } = flags
    const manager =
      approvedBy === undefined ? {} : { by: await signedInBy(archive, approvedBy, flags) }
    let count = 0
    for await (const { json, line } of tradesOf(file ?? '-')) {
      try {
        showAdded(await archive.add(json, { now: new Date(), ...manager }), flags)
      } catch (error) {
        if (line > 0) process.stderr.write(`line ${line}: ${count} trades before it are recorded\n`)
        throw error
      }
      count++
    }
    if (count === 0)
      throw inputError(
        'TRADE_MISSING',
        'no trade was given',
        'give one JSON object, or one a line',
        'file',
      )
  })
}

interface GivenTrade {
  readonly json: unknown
  /** Number of the line, from 1; 0 for a single object over several lines. */
  readonly line: number
}

/** Yields the trades of JSON lines as they arrive, or one trade if the whole input is one object. */
async function* tradesOf(file: string): AsyncGenerator<GivenTrade> {
  const input = file === '-' ? process.stdin : createReadStream(file)
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let line = 0
  let open = ''
  let from = 0
  try {
    for await (const text of lines) {
      line++
      if (open === '' && text.trim() === '') continue
      const whole = open === '' ? tryJson(text) : undefined
      if (whole !== undefined) yield { json: whole.json, line }
      else {
        if (open === '') from = line
        open += `${text}\n`
      }
    }
  } catch (cause) {
    throw unreadable(file, cause)
  }
  if (open !== '') yield { json: parsed(open, from), line: 0 }
}

function tryJson(text: string): { readonly json: unknown } | undefined {
  try {
    return { json: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Parses JSON. The error does not contain the parser's message, because it quotes the input. */
function parsed(text: string, from: number): unknown {
  const whole = tryJson(text)
  if (whole !== undefined) return whole.json
  const before = from > 1 ? `; the trades before line ${from} are recorded` : ''
  throw inputError(
    'TRADE_INVALID',
    `line ${from} is not JSON, and neither are all lines from there together`,
    `write each trade as one JSON object on one line${before}`,
    `line ${from}`,
  )
}

/** Records what a customer answered, who is asked as the setting `ask` says. It prints nothing. */
async function answerAsked(
  id: string,
  answered: string,
  flags: StoreFlags & { readonly by: string },
): Promise<void> {
  await whereKept(flags, async (archive) => {
    if (answered !== 'print' && answered !== 'skip') {
      throw inputError(
        'ANSWER_UNKNOWN',
        `no answer is called ${answered}`,
        'use print or skip',
        'answer',
      )
    }
    const voucher = await archive.get(id)
    await archive.answer(voucher.id, answered, { now: new Date(), by: flags.by })
    if (flags.json === true) answer({ id: voucher.id, answer: answered })
    else process.stdout.write(`${voucher.id} ${voucher.batch}/${voucher.voucher}: ${answered}\n`)
  })
}

async function resolveTrade(
  id: string,
  result: string,
  flags: StoreFlags & { readonly by: string },
): Promise<void> {
  await whereKept(flags, async (archive) => {
    const voucher = await archive.get(id)
    const record = await archive.resolve(voucher.id, result as Exclude<TradeResult, 'unknown'>, {
      now: new Date(),
      by: flags.by,
    })
    if (flags.json === true) answer(record)
    else
      process.stdout.write(`${record.id} ${record.batch}/${record.voucher} is ${record.result}\n`)
  })
}
