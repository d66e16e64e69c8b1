/** How Xprinter's printers with a network interface leave the factory. */
import type { NetworkPolicy } from '../../model/profile.js'

export const xprinterNetwork: NetworkPolicy = {
  port: 9100,
  clients: 1,
  idleCloseSeconds: null,
  addresses: [
    '192.168.123.100',
    '192.168.1.87',
    '192.168.0.87',
    '192.168.1.100',
    '192.168.0.100',
    '192.168.1.200',
    '192.168.0.200',
    '192.168.192.168',
    '192.168.1.114',
    '10.0.0.100',
  ],
}
