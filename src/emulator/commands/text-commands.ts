/** Text, how it looks, and which characters it is made of. */
import { isCodePage } from '../../charsets/code-pages.js'
import { rowsOfColumns } from '../../glyphs/glyph-file.js'
import { atLineStart, dotsAlong, type Machine } from '../machine.js'
import { putBytes } from '../text/characters.js'
import { knownCountrySet } from '../text/countries.js'
import { cellOf } from '../text/font-cells.js'
import { fitToCell } from '../text/glyph-shapes.js'
import { codePageName, romPage } from '../text/page-names.js'
import { digit } from './digit.js'
import { type Handlers, swallow } from './handlers.js'

const thickness = (n: number): 0 | 1 | 2 => {
  const dots = digit(n)
  return dots === 1 ? 1 : dots === 2 ? 2 : 0
}

export const textCommands = {
  text: (machine, { bytes }, offset) => putBytes(machine, bytes, offset),
  characterSpacing: (machine, { n }) => {
    machine.modes.rightSpacing = dotsAlong(machine, n)
  },
  printMode: (machine, { n }) => {
    const { modes } = machine
    modes.font = (n & 1) === 1 ? 'B' : 'A'
    modes.bold = (n & 0x08) !== 0
    modes.underline = (n & 0x80) !== 0 ? 1 : 0
    setSize(machine, (n & 0x20) !== 0 ? 2 : 1, (n & 0x10) !== 0 ? 2 : 1)
  },
  characterSize: (machine, { n }) => setSize(machine, ((n >> 4) & 7) + 1, (n & 7) + 1),
  underline: (machine, { n }) => {
    machine.modes.underline = thickness(n)
  },
  emphasis: (machine, { n }) => {
    machine.modes.bold = (n & 1) === 1
  },
  doubleStrike: (machine, { n }) => {
    machine.modes.doubleStrike = (n & 1) === 1
  },
  inverse: (machine, { n }) => {
    machine.modes.inverse = (n & 1) === 1
  },
  font: (machine, { n }) => {
    const font = (['A', 'B', 'C'] as const)[digit(n)]
    if (font !== undefined) machine.modes.font = font
  },
  rotation: (machine, { n }) => {
    if (digit(n) < 3) machine.modes.rotated = digit(n) > 0
  },
  upsideDown: (machine, { n }) => {
    if (atLineStart(machine)) machine.modes.upsideDown = (n & 1) === 1
  },
  country: (machine, { n }, offset) => {
    const set = knownCountrySet(n)
    if (set !== undefined) machine.modes.country = set
    else machine.paper.note('COUNTRY_UNKNOWN', `ESC R ${n} names no known set`, offset)
  },
  codePage: (machine, { n }, offset) => {
    setCodePage(machine, n, 'ESC t', offset)
  },
  starCodePage: (machine, { n }, offset) => {
    if (machine.profile.vendor.startsWith('Star')) setCodePage(machine, n, 'ESC GS t', offset)
  },
  userCharacters: (machine, { n }) => {
    machine.modes.userCharacters = (n & 1) === 1
  },
  defineUserCharacters: (machine, { bytesPerColumn, first, glyphs }) => {
    const { modes, profile } = machine
    const cell = cellOf(profile.fonts, modes.font)
    const heightDots = bytesPerColumn * 8
    for (const [index, { columns, data }] of glyphs.entries()) {
      const rows = rowsOfColumns(data, columns, heightDots)
      const glyph = { widthDots: columns, heightDots, rows }
      modes.userGlyphs[modes.font].set(first + index, fitToCell(glyph, cell))
    }
  },
  cancelUserCharacter: (machine, { n }) => {
    machine.modes.userGlyphs[machine.modes.font].delete(n)
  },
  chineseModeOn: (machine) => {
    machine.modes.chinese = machine.profile.charset !== 'none'
  },
  chineseModeOff: (machine) => {
    machine.modes.chinese = false
    if (machine.profile.utf8 === 'sunmi') machine.modes.utf8 = false
  },
  codeSystem: (machine, { n }) => {
    const { modes, profile } = machine
    if (profile.utf8 === 'sunmi') modes.utf8 = n === 0xff
    if (profile.charset === 'shift_jis') modes.jis = digit(n) === 0
  },
  characterEncoding: (machine, { m }) => {
    if (machine.profile.utf8 === 'epson-fs-c') machine.modes.utf8 = digit(m) === 2
  },
  hanziStyle: (machine, { n }) => {
    machine.modes.hanziUnderline = (n & 0x80) !== 0 ? 1 : 0
    if (machine.profile.hanziSizeBy === 'gs') return
    machine.modes.hanziWidth = (n & 0x04) !== 0 ? 2 : 1
    machine.modes.hanziHeight = (n & 0x08) !== 0 ? 2 : 1
  },
  hanziDoubleSize: (machine, { n }) => {
    if (machine.profile.hanziSizeBy === 'gs') return
    machine.modes.hanziWidth = (n & 1) + 1
    machine.modes.hanziHeight = (n & 1) + 1
  },
  hanziUnderline: (machine, { n }) => {
    machine.modes.hanziUnderline = thickness(n)
  },
  hanziSpacing: (machine, { left, right }) => {
    machine.modes.hanziLeftSpacing = dotsAlong(machine, left)
    machine.modes.hanziRightSpacing = dotsAlong(machine, right)
  },
  defineHanzi: (machine, { c1, c2, data }) => {
    const glyph = { widthDots: 24, heightDots: 24, rows: rowsOfColumns(data, 24, 24) }
    machine.modes.userHanzi.set((c1 << 8) | c2, fitToCell(glyph, machine.profile.hanzi))
  },
  cancelHanzi: (machine, { c1, c2 }) => {
    machine.modes.userHanzi.delete((c1 << 8) | c2)
  },
  ...swallow(
    'smoothing',
    'condensed',
    'condensedOff',
    'italic',
    'italicOff',
    'characterColor',
    'backgroundColor',
    'shading',
    'hanziFont',
    'hanziRotation',
    'hanziVertical',
    'hanziHorizontal',
    'fontPriority',
    'printColor',
    'cloneCodeMode',
  ),
} satisfies Partial<Handlers>

function setSize(machine: Machine, width: number, height: number): void {
  const { modes } = machine
  modes.width = width
  modes.height = height
  if (machine.profile.hanziSizeBy === 'fs') return
  modes.hanziWidth = width
  modes.hanziHeight = height
}

function setCodePage(machine: Machine, n: number, command: string, offset: number): void {
  const name = codePageName(machine.profile, n)
  if (name !== undefined && isCodePage(name)) machine.modes.codePage = romPage(name)
  else machine.paper.note('CODE_PAGE_UNKNOWN', `${command} ${n} names no known code page`, offset)
}
