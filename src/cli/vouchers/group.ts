/** `xiaopiao vouchers`: records, finds, prints and verifies trades. */

import type { Command } from 'commander'

/** Adds the group to which the commands of vouchers are added. */
export function addGroup(program: Command): Command {
  return program
    .command('vouchers')
    .description('payment vouchers: record trades, find them, print and reprint their slips')
    .addHelpText(
      'after',
      `
Exit codes:
  0  done; a search that finds none is done as well
  1  refused: the trade contradicts the rules, or no voucher has this id
  2  the command was called wrongly
  3  nothing was printed
  4  part of it may have been printed
  5  the store cannot be reached, is locked, or is newer than this program

Examples:
  xiaopiao vouchers init --store shop.db
  echo '{"type":"sale","kind":"cash","fen":5100,"at":"2026-11-23T12:02:17+08:00","terminal":"10023456","operator":"01"}' |
    xiaopiao vouchers add - --store shop.db --json
  xiaopiao vouchers find --day 2026-11-23 --amount 51.00 --store shop.db
  xiaopiao vouchers print 000001 --to tcp://192.168.1.50 --profile generic-58 --by 01 --store shop.db`,
    )
}
