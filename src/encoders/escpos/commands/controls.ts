/** Single control bytes, and the commands that begin, empty or switch the print buffer. */

import { command, u8 } from '../fields.js'

export const controlCommands = [
  /** Ignored by printers; used as padding. */
  command('nul', 'NUL', '00', {}),
  /** Rings the buzzer on some clones (SNBC BTP-R880NPIII); ignored by others. */
  command('bell', 'BEL', '07', {}),
  /** Rings the buzzer of some clones (Metapace, Sewoo). */
  command('recordSeparator', 'RS', '1E', {}),
  /** To the next tab stop. */
  command('horizontalTab', 'HT', '09', {}),
  /** Prints the line and feeds by the line spacing. */
  command('lineFeed', 'LF', '0A', {}),
  /** Page mode: prints the page and returns to standard mode. */
  command('formFeed', 'FF', '0C', {}),
  /** Ignored, or a line feed if a switch of the printer says so. */
  command('carriageReturn', 'CR', '0D', {}),
  /** Page mode: deletes the data of the print area. */
  command('cancel', 'CAN', '18', {}),
  /** Returns to the power-on state; also switches ASB off. */
  command('initialize', 'ESC @', '1B 40', {}),
  /** n bit 0: printer on; bit 1: customer display on. */
  command('selectDevice', 'ESC =', '1B 3D', { n: u8 }),
  /** Head to its home position (impact printers). */
  command('returnHome', 'ESC <', '1B 3C', {}),
  /** n bit 0: print in one direction (impact printers). */
  command('unidirectional', 'ESC U', '1B 55', { n: u8 }),
  /** Returns to the start of the line: 0/48 deletes the data of the line, 1/49 prints them. */
  command('lineStart', 'GS T', '1D 54', { n: u8 }),
  /** n bit 0: feed button off. */
  command('panelButtons', 'ESC c 5', '1B 63 35', { n: u8 }),
  /** Starts, or ends, the definition of the macro. */
  command('macroDefine', 'GS :', '1D 3A', {}),
  /** Runs the macro `times` times, waiting `wait` × 100 ms; m bit 0: wait for the feed button. */
  command('macroRun', 'GS ^', '1D 5E', { times: u8, wait: u8, m: u8 }),
  /** n = 0 is black, 1 red (two-colour impact and thermal paper). */
  command('printColor', 'ESC r', '1B 72', { n: u8 }),
  /** Code of Chinese text on small printers: 0 GBK, 1 UTF-8, 3 BIG5 (CSN-A2 manual). */
  command('cloneCodeMode', 'ESC 9', '1B 39', { n: u8 }),
  /** Heating dots, time and interval of small 58 mm printers (CSN-A2 manual). */
  command('heating', 'ESC 7', '1B 37', { dots: u8, time: u8, interval: u8 }),
  /** Density and break time of small 58 mm printers (CSN-A2 manual). */
  command('cloneDensity', 'DC2 #', '12 23', { n: u8 }),
  /** Test page of small 58 mm printers (CSN-A2 manual). */
  command('cloneTestPage', 'DC2 T', '12 54', {}),
  /** Narrow characters, in ESC/P and in the second command set of some printers (Bematech ESC/Bema). */
  command('condensed', 'ESC SI', '1B 0F', {}),
  /** Ends narrow characters in ESC/P. */
  command('condensedOff', 'DC2', '12', {}),
  /** Slanted characters in ESC/P and ESC/Bema; in Star's own language this command inverts. */
  command('italic', 'ESC 4', '1B 34', {}),
  command('italicOff', 'ESC 5', '1B 35', {}),
] as const
