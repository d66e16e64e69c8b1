/** Feeding, cutting, paper sensors, slips and labels. */

import { command, group, oneOf, rest, u8, u16 } from '../fields.js'

export const paperCommands = [
  /** Prints and feeds n vertical motion units. */
  command('feedDots', 'ESC J', '1B 4A', { n: u8 }),
  command('feedLines', 'ESC d', '1B 64', { n: u8 }),
  command('reverseFeedDots', 'ESC K', '1B 4B', { n: u8 }),
  command('reverseFeedLines', 'ESC e', '1B 65', { n: u8 }),
  /** Function A: 0/48 full, 1/49 partial, without a feed before it. */
  command('cut', 'GS V', '1D 56', { m: oneOf(0, 1, 48, 49) }),
  /** Functions B to D: 65/97/103 full, 66/98/104 partial, after feeding to the cutter and n units; 97, 98 set a cut position. */
  command('cutFeed', 'GS V', '1D 56', { m: oneOf(65, 66, 97, 98, 103, 104), n: u8 }),
  /** Obsolete; one point left uncut by Epson's text, a full cut on most clones. */
  command('cutOldFull', 'ESC i', '1B 69', {}),
  /** Obsolete: partial cut, three points left. */
  command('cutOldPartial', 'ESC m', '1B 6D', {}),
  /** Sensors that report the end of the paper on the parallel interface. */
  command('paperSensorSignals', 'ESC c 3', '1B 63 33', { n: u8 }),
  /** Sensors that stop printing. */
  command('paperSensorStop', 'ESC c 4', '1B 63 34', { n: u8 }),
  /** Paper on which to print (receipt, journal, slip). */
  command('paperSelect', 'ESC c 0', '1B 63 30', { n: u8 }),
  /** Paper to which line spacing and modes apply. */
  command('paperSettings', 'ESC c 1', '1B 63 31', { n: u8 }),
  /** Waiting times for a slip. */
  command('slipWait', 'ESC f', '1B 66', { t1: u8, t2: u8 }),
  /** Reverse eject of a cut sheet, n bit 0. */
  command('slipReverseEject', 'ESC F', '1B 46', { n: u8 }),
  command('slipRelease', 'ESC q', '1B 71', {}),
  /** Marked paper: feeds to the print starting position. */
  command('feedToMark', 'GS FF', '1D 0C', {}),
  /** GS ( F: adjusts (m) the position a (1 print start, 2 cut) by n. */
  group('markPosition', 'GS ( F', '1D 28 46', '', { a: u8, m: u8, n: u16 }),

  /** FS ( L fn 33: paper layout; fields in ASCII, each ended by ";". */
  group('labelLayout', 'FS ( L fn 33', '1C 28 4C', '21', { data: rest }, { changesSettings: true }),
  /** FS ( L fn 34: asks for the paper layout. */
  group('labelLayoutQuery', 'FS ( L fn 34', '1C 28 4C', '22', { n: u8 }),
  /** FS ( L fn 48: sends positioning information. */
  group('labelPositionInfo', 'FS ( L fn 48', '1C 28 4C', '30', { m: u8 }),
  /** FS ( L fn 65: feeds to the peeling position. */
  group('labelFeedToPeel', 'FS ( L fn 65', '1C 28 4C', '41', { m: u8 }),
  /** FS ( L fn 66: feeds to the cutting position. */
  group('labelFeedToCut', 'FS ( L fn 66', '1C 28 4C', '42', { m: u8 }),
  /** FS ( L fn 67: feeds to the print start. */
  group('labelFeedToStart', 'FS ( L fn 67', '1C 28 4C', '43', { m: u8 }),
  /** FS ( L fn 80: special margin of the paper layout error, in 0.1 mm, as ASCII digits. */
  group('labelErrorMargin', 'FS ( L fn 80', '1C 28 4C', '50', { margin: rest }),
] as const
