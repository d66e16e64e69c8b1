/**
 * Sub-path `xiaopiao/emulator`: bytes to Paper, Paper to pictures and text, and a virtual printer with a connection. It joins
 * `xiaopiao/preview` and `xiaopiao/device`, because tests usually need both.
 */

export * from './device.js'
export * from './preview.js'
