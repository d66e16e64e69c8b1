/** How characters look, which character set they come from, and user-defined characters. */

import { command, counted, type Earlier, group, list, u8 } from '../fields.js'

const glyphs = (earlier: Earlier) => earlier('last') - earlier('first') + 1

export const characterCommands = [
  /** Right-side spacing in motion units. */
  command('characterSpacing', 'ESC SP', '1B 20', { n: u8 }),
  /** Bit 0 font B, 3 bold, 4 double height, 5 double width, 7 underline. */
  command('printMode', 'ESC !', '1B 21', { n: u8 }),
  /** n bit 0: user-defined characters on. */
  command('userCharacters', 'ESC %', '1B 25', { n: u8 }),
  /** Characters `first` to `last`, each `columns` × `bytesPerColumn` bytes in column format. */
  command('defineUserCharacters', 'ESC &', '1B 26', {
    bytesPerColumn: u8,
    first: u8,
    last: u8,
    glyphs: list(glyphs, {
      columns: u8,
      data: counted((earlier) => earlier('bytesPerColumn') * earlier('columns')),
    }),
  }),
  command('cancelUserCharacter', 'ESC ?', '1B 3F', { n: u8 }),
  /** 0/48 off, 1/49 one dot, 2/50 two dots. */
  command('underline', 'ESC -', '1B 2D', { n: u8 }),
  /** n bit 0: bold on. */
  command('emphasis', 'ESC E', '1B 45', { n: u8 }),
  /** n bit 0: double strike on. */
  command('doubleStrike', 'ESC G', '1B 47', { n: u8 }),
  /** 0/48 A, 1/49 B, 2/50 C, 3/51 D, 4/52 E; 97, 98 special fonts. */
  command('font', 'ESC M', '1B 4D', { n: u8 }),
  /** International set: swaps about twelve ASCII glyphs. */
  command('country', 'ESC R', '1B 52', { n: u8 }),
  /** 0/48 off, 1/49 and 2/50: 90° clockwise. */
  command('rotation', 'ESC V', '1B 56', { n: u8 }),
  /** Character code table; the numbers are the vendor's own. */
  command('codePage', 'ESC t', '1B 74', { n: u8 }),
  /** n bit 0: upside down on; only at the start of a line. */
  command('upsideDown', 'ESC {', '1B 7B', { n: u8 }),
  /** High nibble: width - 1, low nibble: height - 1. */
  command('characterSize', 'GS !', '1D 21', { n: u8 }),
  /** n bit 0: white on black. */
  command('inverse', 'GS B', '1D 42', { n: u8 }),
  /** n bit 0: smoothing on. */
  command('smoothing', 'GS b', '1D 62', { n: u8 }),
  /** GS ( N fn 48: 48 none, 49 to 51 colour 1 to 3. */
  group('characterColor', 'GS ( N fn 48', '1D 28 4E', '30', { m: u8 }),
  group('backgroundColor', 'GS ( N fn 49', '1D 28 4E', '31', { m: u8 }),
  /** GS ( N fn 50: m 0/48 off, 1/49 on; a is the colour. */
  group('shading', 'GS ( N fn 50', '1D 28 4E', '32', { m: u8, a: u8 }),
] as const
