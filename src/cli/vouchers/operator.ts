/** `vouchers operator`: manages the people at the counter and their PINs, and shows the audit log. */

import type { Command } from 'commander'
import type { Operators } from '../../vouchers/operators/operator.js'
import type { OperatorRole } from '../../vouchers/operators/signed-in.js'
import type { ByPerson } from '../../vouchers/person.js'
import { readNumber } from '../numbers.js'
import { type PinFlags, readNewPin, readPins, signedInBy, withPin } from './pins.js'
import { answer, inStore, type StoreFlags, withStore } from './run.js'

interface OperatorFlags extends StoreFlags, PinFlags {
  readonly by: string
  readonly name?: string
  readonly role?: string
  readonly why: string
}

export function addOperators(vouchers: Command): void {
  const operator = vouchers
    .command('operator')
    .description('who may sign in at the counter, by which PIN, and what they did')
    .addHelpText('after', example('list'))

  withStore(operator.command('list'))
    .description('show all operators')
    .addHelpText('after', example('list'))
    .action(list)

  withManager(operator.command('add <no>'))
    .description('add an operator; the first one is a manager')
    .requiredOption('--name <name>', 'as the counter shows it')
    .option('--role <role>', 'cashier or manager', 'cashier')
    .addHelpText(
      'after',
      '\nWith --pin-file its first line is the PIN of who adds, and the second one the new PIN; the first operator needs only the new one.\n\nExample:\n  xiaopiao vouchers operator add 02 --name 小李 --by 01 --store shop.db',
    )
    .addHelpText('after', example('list'))
    .action(add)

  withPin(withStore(operator.command('pin <no>')))
    .description('change a PIN by the old one; in a file the old one comes first')
    .addHelpText('after', example('pin 02'))
    .action(changePin)

  withManager(operator.command('reset <no>'))
    .description('give somebody else a first PIN and open his lock')
    .addHelpText('after', example('reset 02 --by 01'))
    .action((no: string, flags: OperatorFlags) =>
      managing(no, flags, async (operators, by) =>
        operators.resetPin(no, await secondPin(no, flags), by),
      ),
    )

  withManager(operator.command('change <no>'))
    .description('change the name or the role')
    .option('--name <name>', 'as the counter shows it')
    .option('--role <role>', 'cashier or manager')
    .addHelpText('after', example('change 02 --role manager --by 01'))
    .action((no: string, flags: OperatorFlags) =>
      managing(no, flags, async (operators, by) => {
        const { name, role } = flags
        const change = {
          ...(name === undefined ? {} : { name }),
          ...(role === undefined ? {} : { role: role as OperatorRole }),
        }
        await operators.change(no, change, by)
      }),
    )

  withManager(operator.command('remove <no>'))
    .description('end the sign-ins of an operator for good')
    .addHelpText('after', example('remove 02 --by 01'))
    .action((no: string, flags: OperatorFlags) =>
      managing(no, flags, (operators, by) => operators.remove(no, by)),
    )

  withPin(withStore(operator.command('recover <no>')))
    .description('give a first PIN if no manager can: for whoever has the key file')
    .requiredOption('--by <name>', 'who does it; unverified')
    .requiredOption('--why <text>', 'the reason, which is kept')
    .addHelpText('after', example('recover 01 --by 老板 --why 忘记密码'))
    .action(recover)

  withStore(operator.command('log'))
    .description('the audit log, the newest record first')
    .option('--limit <number>', 'how many records', '200')
    .addHelpText('after', example('log --limit 20'))
    .action(log)
}

function example(call: string): string {
  return `\nExample:\n  xiaopiao vouchers operator ${call} --store shop.db`
}

function withManager(command: Command): Command {
  return withPin(withStore(command)).requiredOption('--by <no>', 'the manager who does it')
}

async function list(flags: StoreFlags): Promise<void> {
  await inStore(flags, async ({ operators }) => {
    const all = await operators.list()
    if (flags.json === true) return answer({ operators: all })
    for (const { no, name, role, isFirstPin, isLocked, isRemoved } of all) {
      const marks = [
        ...(isRemoved ? ['removed'] : []),
        ...(isLocked ? ['locked'] : []),
        ...(isFirstPin ? ['must change the first PIN'] : []),
      ]
      process.stdout.write(`${[no, role, name, ...marks].join('  ')}\n`)
    }
    if (all.length === 0) process.stdout.write('no operators, so nobody is asked for a PIN\n')
  })
}

async function add(no: string, flags: OperatorFlags): Promise<void> {
  await inStore(flags, async (archive) => {
    const { name = '', role = 'cashier' } = flags
    const isFirst = (await archive.operators.list()).length === 0
    const by = isFirst ? flags.by : await signedInBy(archive, flags.by, flags)
    const pin = isFirst ? await readNewPin(`first PIN of ${no}`, flags) : await secondPin(no, flags)
    const operator = { no, name, role: role as OperatorRole, pin }
    const added = await archive.operators.add(operator, { now: new Date(), by })
    if (flags.json === true) answer(added)
    else process.stdout.write(`added ${added.role} ${no} ${added.name}\n`)
  })
}

/** Reads the first PIN for `no`. In a file it is the second line, after the manager's own PIN. */
async function secondPin(no: string, flags: PinFlags): Promise<string> {
  if (flags.pinFile === undefined) return readNewPin(`first PIN of ${no}`, flags)
  return (await readPins(['PIN of the manager', `first PIN of ${no}`], flags))[1] as string
}

async function managing(
  no: string,
  flags: OperatorFlags,
  work: (operators: Operators, by: ByPerson) => Promise<void>,
): Promise<void> {
  await inStore(flags, async (archive) => {
    const by = await signedInBy(archive, flags.by, flags)
    await work(archive.operators, { now: new Date(), by })
    done(no, flags)
  })
}

async function changePin(no: string, flags: OperatorFlags): Promise<void> {
  await inStore(flags, async ({ operators }) => {
    const isFile = flags.pinFile !== undefined
    const [old = '', second = ''] = await readPins(
      isFile ? ['old PIN', 'new PIN'] : ['old PIN'],
      flags,
    )
    const next = isFile ? second : await readNewPin('new PIN', flags)
    await operators.changePin(no, { old, next }, { now: new Date() })
    done(no, flags)
  })
}

async function recover(no: string, flags: OperatorFlags): Promise<void> {
  await inStore(flags, async ({ operators }) => {
    const { by, why } = flags
    const pin = await readNewPin(`first PIN of ${no}`, flags)
    await operators.recoverPin(no, pin, { now: new Date(), by, why })
    done(no, flags)
  })
}

function done(no: string, { json }: StoreFlags): void {
  if (json === true) answer({ no })
  else process.stdout.write(`${no}: done\n`)
}

async function log(flags: StoreFlags & { readonly limit: string }): Promise<void> {
  await inStore(flags, async ({ operators }) => {
    const limit = readNumber('--limit', flags.limit, { min: 1, max: 100_000, isWhole: true })
    const records = await operators.log(limit)
    if (flags.json === true) return answer({ records })
    for (const { at, action, no, by, why, act, what, failures } of records) {
      const words = [
        ...(act === undefined ? [] : [act]),
        ...(what === undefined ? [] : [what]),
        ...(failures === undefined ? [] : [`number ${failures}`]),
        ...(by === undefined ? [] : [`by ${by}`]),
        ...(why === undefined ? [] : [why]),
      ]
      process.stdout.write(`${[at, action, no, ...words].join('  ')}\n`)
    }
  })
}
