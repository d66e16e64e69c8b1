/** Writes docs/printers.md: all profiles by maker, with what the width of each rests on. */
import type { Profile } from '../../src/model/profile.js'
import { evidenceOf, profiles } from '../../src/profiles/index.js'
import { makers } from '../../src/profiles/makers.js'

const HEAD = `# Printers

Every profile of this version, by maker; [profiles.md](profiles.md) says what the fields mean and what the evidence is worth. **No printer
here has been tried on paper by this project.** \`xiaopiao profiles show NAME\` tells where each figure comes from, and takes the name as
it is on the printer: \`芯烨 XP-N160II\`, \`GP-L80250 Series\`.

Dots and columns are of Font A. *QR* says whether the printer draws QR codes itself; the others get them as dots. The last column says what the
width rests on: if it is \`guessed\`, print the [test page](test-page.md) before you rely on it.

This page is written by \`npm run docs:printers\`.
`
const COLUMNS = '| id | names | dots | columns | paper | characters | cuts | QR | width rests on |'

export function printersPage(): string {
  const vendors = [...new Set(profiles.map(({ vendor }) => vendor))].sort(byRank)
  const known = `${profiles.length} profiles, of ${vendors.length - 1} makers and of no maker.`
  return `${HEAD}\n${known}\n${vendors.map(sectionOf).join('')}`
}

/** The profiles for an unknown printer come first. */
function byRank(a: string, b: string): number {
  return Number(b === 'Generic') - Number(a === 'Generic') || (a < b ? -1 : 1)
}

function sectionOf(vendor: string): string {
  const words = makers.find((maker) => maker.vendor === vendor)?.words ?? []
  const chinese = words.find((word) => /[\u4e00-\u9fff]/.test(word)) ?? ''
  const rows = profiles.filter((profile) => profile.vendor === vendor).map(rowOf)
  const rule = COLUMNS.replaceAll(/[^|]+/g, '---')
  return `\n## ${`${vendor} ${chinese}`.trim()}\n\n${[COLUMNS, rule, ...rows].join('\n')}\n`
}

function rowOf(profile: Profile): string {
  const { id, name, aliases, widthDots, fonts, paperMm, charset, cuts, qr } = profile
  const { kind, where } = evidenceOf(profile, 'widthDots')
  const cells = [
    `\`${id}\``,
    [name, ...aliases].join(', '),
    widthDots,
    Math.floor(widthDots / fonts.A.widthDots),
    `${paperMm} mm`,
    charset === 'none' ? 'code pages' : charset,
    cuts.length === 0 ? 'none' : cuts.join(', '),
    qr === 'native' ? 'yes' : 'as dots',
    where === '' ? kind : `${kind}: ${where}`,
  ]
  return `| ${cells.join(' | ')} |`
}
