// The table of docs/faults.md from the rows of the rigs; a rig that was not run keeps the rows that the file has.
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
  const kept = existsSync(path) ? readRows(readFileSync(path, 'utf8')) : []
  const ways = { network: 'tcp, network', usb: 'usb' }
  const rows = []
  const missing = []
  for (const rig of ['tcp', 'serial', 'usb', 'cups', 'network']) {
    const fresh = outcomes[rig]?.rows?.map(lineOf)
    const old = kept.filter(({ rigName }) => rigName === rig).map(({ line }) => line)
    if (fresh === undefined && old.length === 0) missing.push(ways[rig] ?? rig)
    rows.push(...(fresh ?? old))
  }
  const tail = missing.length === 0 ? '' : `\nNot run yet: ${missing.join(', ')}.\n`
  writeFileSync(path, `${HEAD}${rows.join('\n')}\n${tail}`)
}

function lineOf({ way, fault, said, paper, agrees }) {
  return `| ${way} | ${fault} | ${said} | ${paper} | ${agrees ? 'yes' : '**no**'} |`
}

function readRows(text) {
  return text
    .split('\n')
    .filter((line) => /^\| (?!way)[a-z]/.test(line))
    .map((line) => {
      const way = line.split('|')[1].trim()
      const rigName = /network/.test(way) ? 'network' : /^usb/.test(way) ? 'usb' : way
      return { line, rigName }
    })
}
