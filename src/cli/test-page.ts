/** `xiaopiao test-page`: writes the page that shows the properties of an unknown printer, to a file or to the printer. */

import type { Command } from 'commander'
import { printBytes } from '../emulator/virtual-printer.js'
import { paperToPng } from '../paper/views/paper-png.js'
import { paperToText } from '../paper/views/paper-text.js'
import { statusRows } from '../test-page/status-rows.js'
import { testPage } from '../test-page/test-page.js'
import type { Connection } from '../transports/types.js'
import { transportFor } from '../transports/uri.js'
import { inputError } from './fail.js'
import { type ProfileOptions, readProfile, withProfile } from './input.js'
import { writeOutput } from './output.js'
import { STREAM } from './streams.js'

interface Options extends ProfileOptions {
  readonly output?: string
  readonly to?: string
}

export function addTestPage(program: Command): void {
  withProfile(program.command('test-page'))
    .description('print what tells dots, columns, zones, codes, cutter and buzzer of a printer')
    .option(
      '-o, --output <file>',
      'a .bin file of bytes, or a .png or .txt of what it looks like; - is the standard output, with the bytes',
    )
    .option('--to <uri>', 'print it: tcp://host[:9100], file:PATH, and the others of `print`')
    .addHelpText(
      'after',
      `
Begin with generic-58 or generic-80. Then \`xiaopiao profiles derive\` asks what you see.
Examples:
  xiaopiao test-page --profile generic-80 -o page.png
  xiaopiao test-page --profile generic-80 -o - > page.bin
  xiaopiao test-page --profile generic-58 --to tcp://192.168.1.50`,
    )
    .action(async (options: Options) => {
      const { output, to } = options
      if (output === STREAM && to !== undefined) {
        const message = 'the standard output takes one thing, and --to tells there what it did'
        throw inputError('STDOUT_TWICE', message, 'name a file for -o')
      }
      if (output === undefined && to === undefined) {
        throw inputError('OUTPUT_MISSING', 'the page has nowhere to go', 'add -o FILE or --to URI')
      }
      const profile = await readProfile(options)
      const bytes = testPage(profile)
      if (output?.endsWith('.png'))
        await writeOutput(output, paperToPng(printBytes(bytes, profile)))
      else if (output?.endsWith('.txt')) {
        await writeOutput(output, `${paperToText(printBytes(bytes, profile))}\n`)
      } else if (output !== undefined) await writeOutput(output, bytes)
      if (to !== undefined) await send(bytes, to)
    })
}

/** Sends the page, then asks for the answers that only the printer itself can give. */
async function send(bytes: Uint8Array, uri: string): Promise<void> {
  const transport = await transportFor(uri)
  const connection = await transport.open()
  try {
    await connection.write(bytes, { timeoutMs: 120_000 })
    process.stdout.write(`${bytes.length} bytes sent to ${uri}\n`)
    if (transport.twoWay) await askStatus(connection)
    else process.stdout.write('this link is one-way: status: none\n')
  } finally {
    await connection.close()
  }
}

async function askStatus(connection: Connection): Promise<void> {
  let inbox: number[] = []
  let heard = () => {}
  connection.onData((data) => {
    inbox.push(...data)
    heard()
  })
  const answered: string[] = []
  for (const { row, label, bytes, waitMs } of statusRows) {
    inbox = []
    const first = new Promise<void>((resolve) => {
      heard = resolve
    })
    await connection.write(bytes)
    await Promise.race([first, sleep(waitMs)])
    // The rest of an answer follows its first byte at once.
    if (inbox.length > 0) await sleep(100)
    if (inbox.length > 0) answered.push(row)
    process.stdout.write(`${row} ${label}: ${shown(inbox)}\n`)
  }
  const rows = answered.length > 0 ? answered.join(' ') : 'none'
  process.stdout.write(`for \`profiles derive\`, status: ${rows}\n`)
}

function shown(bytes: readonly number[]): string {
  if (bytes.length === 0) return 'no answer'
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
  const readable = bytes.filter((byte) => byte >= 0x20 && byte < 0x7f)
  return readable.length > 3 ? `${hex}  ${String.fromCharCode(...readable)}` : hex
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}
