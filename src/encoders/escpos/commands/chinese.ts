/** Two-byte characters: mode, style, spacing, code system, user-defined hanzi. */

import { command, fixed, group, u8 } from '../fields.js'

export const chineseCommands = [
  command('chineseModeOn', 'FS &', '1C 26', {}),
  command('chineseModeOff', 'FS .', '1C 2E', {}),
  /** Bit 2 double width, 3 double height, 7 underline. */
  command('hanziStyle', 'FS !', '1C 21', { n: u8 }),
  /** 0/48 off, 1/49 one dot, 2/50 two dots. */
  command('hanziUnderline', 'FS -', '1C 2D', { n: u8 }),
  command('hanziSpacing', 'FS S', '1C 53', { left: u8, right: u8 }),
  /** n bit 0: double width and height on. */
  command('hanziDoubleSize', 'FS W', '1C 57', { n: u8 }),
  /** A 24×24 character in column format, three bytes a column. */
  command('defineHanzi', 'FS 2', '1C 32', { c1: u8, c2: u8, data: fixed(72) }),
  command('cancelHanzi', 'FS ?', '1C 3F', { c1: u8, c2: u8 }),
  /** 0/48 JIS, 1/49 Shift JIS, 2/50 Shift JIS 2004; 255 is UTF-8 on Sunmi terminals. */
  command('codeSystem', 'FS C', '1C 43', { n: u8 }),
  /** SPRT: turns hanzi anticlockwise, 0 not, 1 by 90°, 2 by 180°, 3 by 270°. */
  command('hanziRotation', 'FS I', '1C 49', { n: u8 }),
  /** SPRT: turns hanzi by 90° anticlockwise. */
  command('hanziVertical', 'FS J', '1C 4A', {}),
  command('hanziHorizontal', 'FS K', '1C 4B', {}),
  /** FS ( A fn 48: font of hanzi. */
  group('hanziFont', 'FS ( A fn 48', '1C 28 41', '30', { m: u8 }),
  /** FS ( C fn 48: 1/49 one byte, 2/50 UTF-8. */
  group('characterEncoding', 'FS ( C fn 48', '1C 28 43', '30', { m: u8 }),
  /** FS ( C fn 60: priority `m` (0, 1) of font `a`. */
  group('fontPriority', 'FS ( C fn 60', '1C 28 43', '3C', { m: u8, a: u8 }),
] as const
