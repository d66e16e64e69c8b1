/** Customising, NV user memory, counters, tests, and the groups that carry them. */

import { bytes16, command, delimited, fixed, group, oneOf, rest, u8, u16, u32 } from '../fields.js'

const nv = { changesSettings: true }

const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39

export const settingsCommands = [
  /** GS ( A: n paper, m pattern (1/49 hex dump, 2/50 status, 3/51 rolling). */
  group('testPrint', 'GS ( A', '1D 28 41', '', { n: u8, m: u8 }),
  /** GS ( C: NV user memory; m = 0. fn 48 deletes the record. */
  group(
    'nvDelete',
    'GS ( C fn 48',
    '1D 28 43',
    '00',
    { fn: oneOf(0, 48), b: u8, c1: u8, c2: u8 },
    nv,
  ),
  /** fn 49 stores. */
  group(
    'nvStore',
    'GS ( C fn 49',
    '1D 28 43',
    '00',
    { fn: oneOf(1, 49), b: u8, c1: u8, c2: u8, data: rest },
    nv,
  ),
  /** fn 50 sends the record. */
  group('nvRead', 'GS ( C fn 50', '1D 28 43', '00', { fn: oneOf(2, 50), b: u8, c1: u8, c2: u8 }),
  /** fn 51: used bytes. */
  group('nvUsed', 'GS ( C fn 51', '1D 28 43', '00', { fn: oneOf(3, 51), b: u8 }),
  /** fn 52: free bytes. */
  group('nvFree', 'GS ( C fn 52', '1D 28 43', '00', { fn: oneOf(4, 52), b: u8 }),
  /** fn 53: keys. */
  group('nvKeys', 'GS ( C fn 53', '1D 28 43', '00', { fn: oneOf(5, 53), b: u8 }),
  /** fn 54 deletes all; confirm = "CLR". */
  group(
    'nvDeleteAll',
    'GS ( C fn 54',
    '1D 28 43',
    '00',
    { fn: oneOf(6, 54), b: u8, confirm: fixed(3) },
    nv,
  ),
  /** GS ( D: m = 20, then pairs a b: enables (b 1/49) real-time command a (1 pulse, 2 power off). */
  group('realtimeCommands', 'GS ( D', '1D 28 44', '', { m: u8, settings: rest }),

  /** GS ( E fn 1: enters user setting mode; confirm = "IN". */
  group('settingsEnter', 'GS ( E fn 1', '1D 28 45', '01', { confirm: fixed(2) }),
  /** fn 2: leaves user setting mode with a reset; confirm = "OUT". */
  group('settingsLeave', 'GS ( E fn 2', '1D 28 45', '02', { confirm: fixed(3) }),
  /** fn 3: sets memory switches, [a b8…b1] for each. */
  group('memorySwitchSet', 'GS ( E fn 3', '1D 28 45', '03', { settings: rest }, nv),
  /** fn 4: asks for memory switch a. */
  group('memorySwitchRead', 'GS ( E fn 4', '1D 28 45', '04', { a: u8 }),
  /** fn 5: sets values, [a nL nH] for each: a 3 paper width, 5 density, 6 speed, … */
  group('settingSet', 'GS ( E fn 5', '1D 28 45', '05', { settings: rest }, nv),
  /** fn 6: asks for setting a. */
  group('settingRead', 'GS ( E fn 6', '1D 28 45', '06', { a: u8 }),
  /** Sunmi cloud printers set with fn 6: a 1 two-byte character set (n 0 GB18030, 1 BIG5, …), a 3 UTF-8. */
  group('sunmiCharacterSet', 'GS ( E fn 6', '1D 28 45', '06', { a: u8, n: u8 }, nv),
  /** fn 7: copies the user-defined page. */
  group('userPageCopy', 'GS ( E fn 7', '1D 28 45', '07', { a: u8, n: u8, m: u8 }, nv),
  /** fn 8: characters in column format. */
  group(
    'userPageDefineColumn',
    'GS ( E fn 8',
    '1D 28 45',
    '08',
    { bytesPerColumn: u8, first: u8, last: u8, data: rest },
    nv,
  ),
  /** fn 9: characters in raster format. */
  group(
    'userPageDefineRaster',
    'GS ( E fn 9',
    '1D 28 45',
    '09',
    { bytesPerRow: u8, first: u8, last: u8, data: rest },
    nv,
  ),
  /** fn 10: deletes characters. */
  group('userPageDelete', 'GS ( E fn 10', '1D 28 45', '0A', { first: u8, last: u8 }, nv),
  /** fn 11: serial interface. */
  group('serialSet', 'GS ( E fn 11', '1D 28 45', '0B', { a: u8, data: rest }, nv),
  group('serialRead', 'GS ( E fn 12', '1D 28 45', '0C', { a: u8 }),
  /** fn 13: Bluetooth interface. */
  group('bluetoothSet', 'GS ( E fn 13', '1D 28 45', '0D', { a: u8, data: rest }, nv),
  group('bluetoothRead', 'GS ( E fn 14', '1D 28 45', '0E', { a: u8 }),
  /** fn 15: USB interface. */
  group('usbSet', 'GS ( E fn 15', '1D 28 45', '0F', { a: u8, data: rest }, nv),
  group('usbRead', 'GS ( E fn 16', '1D 28 45', '10', { a: u8 }),
  /** fn 48: deletes the paper layout; confirm = "CLR". */
  group('paperLayoutDelete', 'GS ( E fn 48', '1D 28 45', '30', { confirm: fixed(3) }, nv),
  /** fn 49: sets the paper layout; fields in ASCII, each ended by ";". */
  group('paperLayoutSet', 'GS ( E fn 49', '1D 28 45', '31', { data: rest }, nv),
  group('paperLayoutRead', 'GS ( E fn 50', '1D 28 45', '32', { n: u8 }),

  /** GS ( K fn 48: control mode of printing. */
  group('printControl', 'GS ( K fn 48', '1D 28 4B', '30', { m: u8 }),
  /** fn 49: density, 0 standard, 1 to 8 darker, 250 to 255 lighter. */
  group('printDensity', 'GS ( K fn 49', '1D 28 4B', '31', { m: u8 }),
  /** fn 50: speed. */
  group('printSpeed', 'GS ( K fn 50', '1D 28 4B', '32', { m: u8 }),
  /** fn 97: parts in which the head is energised. */
  group('headParts', 'GS ( K fn 97', '1D 28 4B', '61', { m: u8 }),
  /** GS ( M fn 49: saves the settings to memory m. */
  group('settingsSave', 'GS ( M fn 49', '1D 28 4D', '', { fn: oneOf(1, 49), m: u8 }, nv),
  /** fn 50: loads the settings from memory m. */
  group('settingsLoad', 'GS ( M fn 50', '1D 28 4D', '', { fn: oneOf(2, 50), m: u8 }),
  /** fn 51: selects the settings that are loaded at power-on. */
  group('settingsAtPowerOn', 'GS ( M fn 51', '1D 28 4D', '', { fn: oneOf(3, 51), m: u8 }, nv),

  /** FS ( E fn 60: cancels the top (48) or bottom (49) logo; confirm = "CLR". */
  group('logoCancel', 'FS ( E fn 60', '1C 28 45', '3C', { m: u8, c: u8, confirm: fixed(3) }, nv),
  /** fn 61: asks for the logo settings. */
  group('logoRead', 'FS ( E fn 61', '1C 28 45', '3D', { m: u8, c: u8 }),
  /** fn 62: top logo. */
  group('logoTop', 'FS ( E fn 62', '1C 28 45', '3E', { m: u8, kc1: u8, kc2: u8, a: u8, n: u8 }, nv),
  /** fn 63: bottom logo. */
  group('logoBottom', 'FS ( E fn 63', '1C 28 45', '3F', { m: u8, kc1: u8, kc2: u8, a: u8 }, nv),
  /** fn 64: pairs a n of extended settings. */
  group('logoExtended', 'FS ( E fn 64', '1C 28 45', '40', { m: u8, settings: rest }, nv),
  /** fn 65: n 48 enables, 49 disables. */
  group('logoEnable', 'FS ( E fn 65', '1C 28 45', '41', { m: u8, a: u8, n: u8 }),

  /** FS g 1: writes NV user memory (obsolete). */
  command('nvUserWrite', 'FS g 1', '1C 67 31', { m: u8, address: u32, data: bytes16 }, nv),
  /** FS g 2: reads NV user memory (obsolete). */
  command('nvUserRead', 'FS g 2', '1C 67 32', { m: u8, address: u32, length: u16 }),
  /** GS C 0: digits n and side m of the counter. */
  command('counterMode', 'GS C 0', '1D 43 30', { n: u8, m: u8 }),
  /** GS C 1: counts from a to b in steps of n, each r times. */
  command('counterRange', 'GS C 1', '1D 43 31', { a: u16, b: u16, n: u8, r: u8 }),
  /** GS C 2: sets the counter to n. */
  command('counterValue', 'GS C 2', '1D 43 32', { n: u16 }),
  /** GS C ; sa ; sb ; sn ; sr ; sc ; in ASCII digits. */
  command('counterRangeText', 'GS C ;', '1D 43 3B', { data: delimited(0x3b, 5, 40, isDigit) }),
  command('counterPrint', 'GS c', '1D 63', {}),
  /** Density until the printer is reset, 4 is the default (Custom SMICE-PS). */
  command('headDensity', 'GS |', '1D 7C', { n: u8 }),
  /** GS E: head energising and speed of older models. */
  command('headControl', 'GS E', '1D 45', { n: u8 }),
] as const
