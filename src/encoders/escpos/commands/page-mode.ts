/** Page mode, in which the printer collects a page and prints it at FF or ESC FF. */

import { command, group, i16, u8, u16 } from '../fields.js'

const corners = { x1: u16, y1: u16, x2: u16, y2: u16 }

export const pageModeCommands = [
  command('pageMode', 'ESC L', '1B 4C', {}),
  command('standardMode', 'ESC S', '1B 53', {}),
  /** 0/48 left to right, 1/49 bottom to top, 2/50 right to left, 3/51 top to bottom. */
  command('pageDirection', 'ESC T', '1B 54', { n: u8 }),
  command('pageArea', 'ESC W', '1B 57', { x: u16, y: u16, width: u16, height: u16 }),
  command('pageMoveTo', 'GS $', '1D 24', { y: u16 }),
  command('pageMoveBy', 'GS \\', '1D 5C', { dy: i16 }),
  /** Prints the page and keeps it. */
  command('pagePrint', 'ESC FF', '1B 0C', {}),
  /** GS ( P fn 48: printable area in page mode; c = 1. */
  group('pageSize', 'GS ( P fn 48', '1D 28 50', '30', {
    width: u16,
    height: u16,
    offset: u16,
    c: u8,
  }),
  /** GS ( Q fn 48: a line; c colour, m1 thickness, m2 style. */
  group('pageLine', 'GS ( Q fn 48', '1D 28 51', '30', { ...corners, c: u8, m1: u8, m2: u8 }),
  /** GS ( Q fn 49: a rectangle; m3 and m4 as m2. */
  group('pageRectangle', 'GS ( Q fn 49', '1D 28 51', '31', {
    ...corners,
    c: u8,
    m1: u8,
    m2: u8,
    m3: u8,
    m4: u8,
  }),
] as const
