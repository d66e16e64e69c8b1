// docs/faults.md from the rows of the rigs. The rows of a rig that was not run stay as the file has them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const RIGS = ['tcp', 'network', 'serial', 'usb', 'cups']

const HEAD = `# What print() says when something goes wrong

This page shows for each kind of connection and each fault what \`print\` says, and whether that is true on the paper. It is made by
\`npm run test:rigs\` (seed SEED). Each row prints one to three copies of receipts with Chinese text, amounts, a picture in the middle, a cut and a
drawer pulse, several times, and lets the fault happen at random bytes. *On paper* is what had come out in the end, after the trouble was mended and
the printer had printed what it held. So a row may say "all of it" although print() could not know that.

The printer of these tests (\`test/rigs/device/counting-printer.ts\`) shares no code with the session or the virtual printer. It reads only the
commands that these receipts and the questions need, moves its paper after it has executed a line, as real printers do, and notes
when each line, each row of dots and each cut came out. A second program (\`test/rigs/judge.ts\`) knows the receipt and compares each claim with
that paper:

| claim | is false if |
|---|---|
| \`printed\`, \`processed\` | a line, a row of the picture, a cut or a copy is missing, comes twice or in another order, or something else is on the paper; a segment counts as not confirmed; the number of copies is wrong |
| \`printed\` | the job was not yet on paper when it was claimed, or the printer gives no process IDs |
| \`processed\` | the printer answers no questions |
| \`NotStarted\` | a line or a drawer pulse came out, or a byte counts as sent |
| \`PartiallyPrinted\` | all of it is on paper, or more came out afterwards |
| \`Uncertain\` with \`final\` | more came out afterwards |
| \`reach.printed\`, \`reach.lines.printed\`, \`reach.copy\`, \`printedThrough\` | a line or a cut before it is not on paper; with process IDs and a link that holds also if it stays far behind the paper |
| \`reach.sent\`, \`reach.lines.sent\`, \`reach.copySent\` | a line or a cut behind it is on paper |
| \`reach.path\` | it is not the node of the first line that is not confirmed |
| the drawer | it opens more than once, not at all, before the first copy is out, or for a marked copy |
| a marked copy, a reprint | 补打 is not printed above it |
| any | a line comes twice or out of order; the next job does not come out whole; or the claim is not one that is expected of the fault, so claiming less than can be known is wrong as well |

Chinese text is read from the paper by the decoder of the runtime, and the picture is compared row by row. To test the judge itself,
\`npm run test:rigs -- --claims\` makes CLAIMS false claims on purpose, one at a time (\`test/rigs/false-claims.mjs\`): every error that says "all printed,
final", each grade raised, \`reach\` too high or too low, segments that change places, copies miscounted, a drawer that opens twice. The rig fails
at each of them.

These tests cannot show whether a real printer keeps its own promises. A second printer at the same address, forged answers and the journal are
tested with the session instead.

| way | fault | print() says | on paper | agrees |
|---|---|---|---|---|
`

export function writeFaults(path, { outcomes, seed, claims }) {
  const kept = existsSync(path) ? readRows(readFileSync(path, 'utf8')) : []
  const rows = RIGS.flatMap((rig) => {
    const own = outcomes[rig]?.rows
    if (own === undefined) return kept.filter((row) => row.rig === rig)
    return own.map((row) => ({ ...row, rig, agrees: row.agrees ? 'yes' : '**no**' }))
  })
  const missing = RIGS.filter((rig) => !rows.some((row) => row.rig === rig))
  const tail = missing.length === 0 ? '' : `\nNot run yet: ${missing.join(', ')}.\n`
  const lines = rows.map(
    ({ way, fault, said, paper, agrees }) =>
      `| ${[way, fault, said, paper, agrees].join(' | ')} |\n`,
  )
  const head = HEAD.replace('SEED', seed).replace('CLAIMS', String(claims.length))
  writeFileSync(path, `${head}${lines.join('')}${tail}`)
}

function readRows(text) {
  return text
    .split('\n')
    .filter((line) => /^\| (tcp|serial|usb|cups)\b/.test(line))
    .map((line) => {
      const [way, fault, said, paper, agrees] = line.slice(2, -2).split(' | ')
      const rig = /network/.test(way) ? 'network' : /^usb/.test(way) ? 'usb' : way
      return { way, fault, said, paper, agrees, rig }
    })
}
