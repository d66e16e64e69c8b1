/** Commands for the position of things: alignment, margins, tabs, line spacing, motion units. */

import { command, i16, nulTerminated, type Shape, u8, u16, unterminated } from '../fields.js'

/** Tab stops ascend; the first byte that is not greater than the one before it ends the list (Epson, ESC D). */
const tabStops = (): Shape => ({
  most: 32,
  takes: (byte, before) => byte > (before.at(-1) ?? 0),
})

export const positionCommands = [
  /** Absolute x from the left edge of the print area, in horizontal motion units. */
  command('moveTo', 'ESC $', '1B 24', { x: u16 }),
  /** Relative x, in horizontal motion units. */
  command('moveBy', 'ESC \\', '1B 5C', { dx: i16 }),
  /** Tab stops in characters, ascending, at most 32; an empty list clears them. */
  command('setTabs', 'ESC D', '1B 44', { stops: nulTerminated(tabStops) }),
  /** `setTabs` without its NUL: it ends before the first byte that is not beyond the previous stop, or with the 32nd stop. */
  command('setTabsOpen', 'ESC D', '1B 44', { stops: unterminated(tabStops) }),
  /** 0/48 left, 1/49 centre, 2/50 right. */
  command('align', 'ESC a', '1B 61', { n: u8 }),
  command('leftMargin', 'GS L', '1D 4C', { dots: u16 }),
  command('printWidth', 'GS W', '1D 57', { dots: u16 }),
  /** Units of 1/x and 1/y inch; 0 is the default. */
  command('motionUnits', 'GS P', '1D 50', { x: u8, y: u8 }),
  command('defaultLineSpacing', 'ESC 2', '1B 32', {}),
  command('lineSpacing', 'ESC 3', '1B 33', { n: u8 }),
] as const
