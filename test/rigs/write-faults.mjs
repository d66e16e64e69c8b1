// The table of docs/faults.md from the rows of the rigs; a fault that was not run keeps the row that the file has.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const HEAD = `# What print() says when something goes wrong

Made by \`npm run test:rigs -- --write\`: each row is one run of a job of numbered lines (and a picture in the middle) against the
virtual printer, which counts on its own what it put on paper. *On paper* is its count after the trouble was mended, so what a printer
held and printed later is in it.

- \`printed\` and \`processed\` must mean that all lines are there, once and in order.
- \`NotStarted\` must mean that there is nothing; \`PartiallyPrinted\` that the rest never came.
- \`Uncertain\`, \`accepted\` and \`handed-over\` claim less, and must never have printed a line twice.

| way | fault | print() says | on paper | agrees |
|---|---|---|---|---|
`

export function writeFaults(path, outcomes) {
  const rows = new Map(
    (existsSync(path) ? readRows(readFileSync(path, 'utf8')) : []).map((row) => [keyOf(row), row]),
  )
  for (const rig of RIGS) {
    for (const row of outcomes[rig]?.rows ?? []) {
      rows.set(keyOf(row), { ...row, rig, agrees: row.agrees ? 'yes' : '**no**' })
    }
  }
  const missing = RIGS.filter((rig) => ![...rows.values()].some((row) => row.rig === rig))
  const tail = missing.length === 0 ? '' : `\nNot run yet: ${missing.join(', ')}.\n`
  const lines = RIGS.flatMap((rig) => [...rows.values()].filter((row) => row.rig === rig)).map(
    ({ way, fault, said, paper, agrees }) =>
      `| ${[way, fault, said, paper, agrees].join(' | ')} |\n`,
  )
  writeFileSync(path, `${HEAD}${lines.join('')}${tail}`)
}

const RIGS = ['tcp', 'network', 'serial', 'usb', 'cups']
const keyOf = ({ way, fault }) => `${way} | ${fault}`

function readRows(text) {
  return text
    .split('\n')
    .filter((line) => /^\| (?!way)[a-z]/.test(line))
    .map((line) => {
      const [way, fault, said, paper, agrees] = line.slice(2, -2).split(' | ')
      const rig = /network/.test(way) ? 'network' : /^usb/.test(way) ? 'usb' : way
      return { way, fault, said, paper, agrees, rig }
    })
}
