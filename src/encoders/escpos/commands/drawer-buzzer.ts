/** Cash drawer pulses and buzzers. */

import { command, group, u8 } from '../fields.js'

const beep = { n: u8, c: u8, t1: u8, t2: u8 }

export const drawerBuzzerCommands = [
  /** m 0/48 pin 2, 1/49 pin 5; on t1 × 2 ms, off t2 × 2 ms. */
  command('drawerPulse', 'ESC p', '1B 70', { m: u8, t1: u8, t2: u8 }),
  /** Clones: n times, t × 50 or 100 ms by model. */
  command('buzzer', 'ESC B', '1B 42', { n: u8, t: u8 }),
  /** Clones: m times, t × 50 ms; n selects buzzer, light or both. */
  command('buzzerAndLight', 'ESC C', '1B 43', { m: u8, t: u8, n: u8 }),
  /** ESC ( A fn 48: sound n, c times, every t × 100 ms. */
  group('beep', 'ESC ( A fn 48', '1B 28 41', '30', { n: u8, c: u8, t: u8 }),
  /** ESC ( A fn 97: n = 100; c times t1 × 100 ms on and t2 × 100 ms off. */
  group('beepOnOff', 'ESC ( A fn 97', '1B 28 41', '61', beep),
  /** The form of fn 97 with an optional buzzer: pattern n, c times. */
  group('beepPattern', 'ESC ( A fn 97', '1B 28 41', '61', { n: u8, c: u8 }),
  /** ESC ( A fn 98: a factor, b = 1, when the printer goes offline. */
  group('beepWhenOffline', 'ESC ( A fn 98', '1B 28 41', '62', { a: u8, b: u8, ...beep }),
  /** ESC ( A fn 99: for other events. */
  group('beepOnEvent', 'ESC ( A fn 99', '1B 28 41', '63', { a: u8, b: u8, ...beep }),
] as const
