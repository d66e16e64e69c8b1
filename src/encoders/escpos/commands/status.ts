/** Commands that ask the printer for an answer, and the real-time requests. Answers: `status.ts` one folder up. */

import { command, fixed, group, oneOf, u8, u16 } from '../fields.js'

export const statusCommands = [
  /** 1 printer, 2 offline cause, 3 error cause, 4 roll paper, 5 and 6 slip. One byte comes back. */
  command('realtimeStatus', 'DLE EOT', '10 04', { n: u8 }),
  /** n 7 ink, 8 peeler, 18 interface; a selects which one. */
  command('realtimeStatusOf', 'DLE EOT', '10 04', { n: oneOf(7, 8, 18), a: u8 }),
  /** 0 acts as the feed button, 1 recovers and goes on, 2 recovers after clearing the buffers. */
  command('realtimeRequest', 'DLE ENQ', '10 05', { n: u8 }),
  /** DLE DC4 fn 1: m 0 pin 2, 1 pin 5; t × 100 ms on and off. */
  command('realtimePulse', 'DLE DC4 fn 1', '10 14 01', { m: u8, t: u8 }),
  /** DLE DC4 fn 2: a b = 1 8. */
  command('realtimePowerOff', 'DLE DC4 fn 2', '10 14 02', { a: u8, b: u8 }),
  /** DLE DC4 fn 3: buzzer. */
  command('realtimeBuzzer', 'DLE DC4 fn 3', '10 14 03', { a: u8, n: u8, r: u8, t1: u8, t2: u8 }),
  /** DLE DC4 fn 7: m 1 basic ASB, 2 extended ASB, 4 offline response, 5 battery. */
  command('realtimeTransmit', 'DLE DC4 fn 7', '10 14 07', { m: u8 }),
  /** DLE DC4 fn 8: clears the buffers; data = 1 3 20 1 6 2 8. Answers `37 25 00`. */
  command('realtimeClear', 'DLE DC4 fn 8', '10 14 08', { data: fixed(7) }),
  /** 1/49 paper, 2/50 drawer, 4/52 ink. It is answered in order with the data, so it can be a fence. */
  command('statusRequest', 'GS r', '1D 72', { n: u8 }),
  /** ASB. Bits: 0 drawer, 1 online, 2 error, 3 paper, 6 panel; 0 is off. */
  command('autoStatus', 'GS a', '1D 61', { n: u8 }),
  command('autoInkStatus', 'GS j', '1D 6A', { n: u8 }),
  /** 1/49 model, 2/50 type, 3/51 version; 33 to 35; 65 firmware, 66 maker, 67 model, 68 serial, 69 language font. */
  command('printerId', 'GS I', '1D 49', { n: u8 }),
  /** Obsolete: peripheral status. */
  command('deviceStatus', 'ESC u', '1B 75', { n: u8 }),
  /** Obsolete: paper status. */
  command('paperStatus', 'ESC v', '1B 76', {}),
  /** GS ( H fn 48: the four bytes come back when the data before it are printed. */
  group('processId', 'GS ( H fn 48', '1D 28 48', '30 30', { data: fixed(4) }),
  /** GS ( H fn 49: 0/48 off, 1/49 on, 2/50 on with cause. */
  group('offlineResponse', 'GS ( H fn 49', '1D 28 48', '31 30', { n: u8 }),
  /** FS ( e: n, extended ASB kinds. */
  group('extendedAutoStatus', 'FS ( e', '1C 28 65', '', { m: u8, n: u8 }),
  /** GS z 0: waits for the online recovery. */
  command('recoveryWait', 'GS z 0', '1D 7A 30', { t1: u8, t2: u8 }),
  /** GS g 0: resets maintenance counter n. */
  command(
    'resetMaintenanceCounter',
    'GS g 0',
    '1D 67 30',
    { m: u8, n: u16 },
    { changesSettings: true },
  ),
  /** GS g 2: asks for maintenance counter n. */
  command('maintenanceCounter', 'GS g 2', '1D 67 32', { m: u8, n: u16 }),
] as const
