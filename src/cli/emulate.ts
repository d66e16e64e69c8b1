/** `xiaopiao emulate`: a virtual printer on a TCP port; every job becomes a picture, its bytes and its text. */

import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { paperToPng, paperToText, startVirtualPrinter } from '../emulator/index.js'
import { inputError } from './fail.js'
import { type ProfileOptions, readProfile, withProfile, writeOutput } from './input.js'

interface Options extends ProfileOptions {
  readonly port: string
  readonly host: string
  readonly out: string
}

export function addEmulate(program: Command): void {
  withProfile(program.command('emulate'))
    .description('be a printer on the network; ends with Ctrl-C')
    .option('--port <number>', 'TCP port', '9100')
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .requiredOption('--out <folder>', 'where job-001.png, .bin and .txt go')
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao emulate --port 9100 --profile generic-80 --out jobs',
    )
    .action(async (options: Options) => {
      const port = Number(options.port)
      if (!/^\d+$/.test(options.port) || port > 65_535) {
        throw inputError('PORT_INVALID', `${options.port} is not a TCP port`, 'use 0 to 65535')
      }
      const profile = await readProfile(options)
      await mkdir(options.out, { recursive: true }).catch((cause: Error) => {
        throw inputError(
          'FILE_UNWRITABLE',
          `cannot make the folder ${options.out}: ${cause.message}`,
        )
      })
      let count = 0
      const server = await startVirtualPrinter({
        profile,
        port,
        host: options.host,
        onJob: async ({ bytes, paper }) => {
          const base = join(options.out, `job-${String(++count).padStart(3, '0')}`)
          await writeOutput(`${base}.bin`, bytes)
          await writeOutput(`${base}.png`, paperToPng(paper))
          await writeOutput(`${base}.txt`, `${paperToText(paper)}\n`)
          process.stdout.write(`${base}.png: ${bytes.length} bytes, ${paper.heightDots} rows\n`)
        },
      }).catch((cause: Error) => {
        const message = `cannot listen on ${options.host}, port ${port}: ${cause.message}`
        throw inputError('PORT_UNAVAILABLE', message, 'take another --port, or 0 for a free one')
      })
      process.stdout.write(`${profile.id} listens on ${server.uri}\n`)
      const stop = () => {
        void server.close().then(() => process.exit(0))
      }
      process.once('SIGINT', stop)
      process.once('SIGTERM', stop)
    })
}
