/** Commands of single vendors, which are recognised and flagged, and groups that no other entry describes, read by their length. */

import { bytes16, bytes32, command, delimited, fixed, u8 } from '../fields.js'

/** Names and passwords hold no control bytes, so bytes without a NUL at their end are not this command. */
const isText = (byte: number) => byte >= 0x20

const nv = { changesSettings: true }

export const vendorCommands = [
  /** Xprinter: stores the code page. */
  command('xprinterCodePage', '1F 1B 1F FF', '1F 1B 1F FF', { n: u8, tail: fixed(2) }, nv),
  /** Xprinter: IP address. */
  command('xprinterIp', '1F 1B 1F 91', '1F 1B 1F 91 00 49 50', { address: fixed(4) }, nv),
  /** Xprinter: IP address, the newer form. */
  command('xprinterIpShort', '1F 1B 1F 22', '1F 1B 1F 22', { address: fixed(4) }, nv),
  command('xprinterMask', '1F 1B 1F B0', '1F 1B 1F B0', { mask: fixed(4) }, nv),
  command('xprinterGateway', '1F 1B 1F B1', '1F 1B 1F B1', { gateway: fixed(4) }, nv),
  /** Xprinter: IP address, mask, gateway. */
  command(
    'xprinterNetwork',
    '1F 1B 1F B2',
    '1F 1B 1F B2',
    { address: fixed(4), mask: fixed(4), gateway: fixed(4) },
    nv,
  ),
  /** Xprinter: kind of key (6 is WPA2 TKIP, 8 WPA and WPA2), network name and password, each ended by a NUL. */
  command(
    'xprinterWifi',
    '1F 1B 1F B3',
    '1F 1B 1F B3',
    { keyType: u8, data: delimited(0, 2, 130, isText) },
    nv,
  ),
  /** Xprinter: IP address, mask, gateway, then as `xprinterWifi`. */
  command(
    'xprinterNetworkWifi',
    '1F 1B 1F B4',
    '1F 1B 1F B4',
    {
      address: fixed(4),
      mask: fixed(4),
      gateway: fixed(4),
      keyType: u8,
      data: delimited(0, 2, 130, isText),
    },
    nv,
  ),
  /** Xprinter: beep after printing: on, times, × 50 ms, mode. */
  command(
    'xprinterBeep',
    '1F 1B 1F E0',
    '1F 1B 1F E0 13 14',
    { n: u8, times: u8, t: u8, mode: u8 },
    nv,
  ),
  /** Xprinter: prints the self-test. */
  command('xprinterSelfTest', '1F 1B 1F 67', '1F 1B 1F 67 00', {}),
  /** Xprinter: factory settings. */
  command('xprinterFactoryReset', '1F 1B 1F 11', '1F 1B 1F 11 11 00', {}, nv),
  /** Xprinter: restarts the Wi-Fi module. */
  command('xprinterReset', '1F 1B 1F 27', '1F 1B 1F 27 13 14 52 00', {}, nv),
  /** Xprinter: receipt mode. */
  command('xprinterReceiptMode', '1F 1B 1F 80', '1F 1B 1F 80 04 05 05', {}, nv),

  /** Star's own language: asks the printer to answer; sent by programs that look for printers of either language. */
  command('starHello', 'ESC ACK SOH', '1B 06 01', {}),
  /** Star's own language: the code page. */
  command('starCodePage', 'ESC GS t', '1B 1D 74', { n: u8 }),

  /** A function of a GS ( group that this table does not name, or whose fields do not fill its length. */
  command('gsGroup', 'GS (', '1D 28', { letter: u8, data: bytes16 }),
  /** As `gsGroup`, for FS ( . */
  command('fsGroup', 'FS (', '1C 28', { letter: u8, data: bytes16 }),
  /** As `gsGroup`, for ESC ( . */
  command('escGroup', 'ESC (', '1B 28', { letter: u8, data: bytes16 }),
  /** As `gsGroup`, for GS 8 L. */
  command('gs8Group', 'GS 8 L', '1D 38 4C', { data: bytes32 }),
] as const
