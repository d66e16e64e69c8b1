/** `xiaopiao printers`: lists the printers connected to this machine, and on request those in the network. */

import type { Command } from 'commander'
import { findPrinters } from '../discovery/find.js'
import { findAnnounced } from '../discovery/mdns.js'
import { scanNetwork } from '../discovery/network.js'
import type { FoundPrinter } from '../discovery/types.js'
import { readNumber } from './numbers.js'

interface Options {
  readonly scan?: string
  readonly port: string
  readonly announced?: boolean
  readonly json?: boolean
}

export function addPrinters(program: Command): void {
  program
    .command('printers')
    .description('list the printers and serial lines of this machine; nothing is sent to them')
    .option(
      '--scan <network>',
      'ask every address of a network, such as 192.168.1.0/24, for a printer as well',
    )
    .option('--port <number>', 'port of --scan', '9100')
    .option('--announced', 'listen for printers that announce themselves in the network as well')
    .option('--json', 'as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  xiaopiao printers\n  xiaopiao printers --scan 192.168.1.0/24',
    )
    .action(async ({ scan, port, announced, json }: Options) => {
      const rule = { min: 1, max: 65_535, isWhole: true, code: 'PORT_INVALID' }
      const scanPort = readNumber('--port', port, rule)
      const { printers, omitted } = await findPrinters()
      const all: FoundPrinter[] = [...printers]
      if (scan !== undefined) all.push(...(await scanNetwork(scan, { port: scanPort })))
      if (announced) all.push(...(await findAnnounced()))
      if (json) {
        process.stdout.write(`${JSON.stringify({ printers: all, omitted }, null, 2)}\n`)
        return
      }
      const width = Math.max(0, ...all.map(({ uri }) => uri.length))
      for (const { uri, name, notes } of all) {
        const about = [name, ...notes].filter(Boolean).join(', ')
        process.stdout.write(`${uri.padEnd(width)}  ${about}\n`)
      }
      if (all.length === 0) process.stdout.write('no printer found\n')
      for (const { kind, reason } of omitted) {
        process.stderr.write(`${kind}: not searched, ${reason}\n`)
      }
    })
}
