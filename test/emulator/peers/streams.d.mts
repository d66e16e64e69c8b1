export interface Pictures {
  /** RGBA, 8 bits each. */
  readonly logo: { readonly data: Uint8Array; readonly width: number; readonly height: number }
  readonly code: { readonly data: Uint8Array; readonly width: number; readonly height: number }
}
/** What the QR codes of all streams say. */
export const address: string
export const pictures: Pictures
/** Streams by name, made anew by each library. */
export function peerStreams(): Promise<Readonly<Record<PeerStream, Uint8Array>>>
export type PeerStream =
  | 'receiptline'
  | 'receipt-printer-encoder, raster'
  | 'receipt-printer-encoder, columns'
  | 'node-thermal-printer'
  | 'node-escpos'
  | 'escpos-buffer'
  | 'react-thermal-printer'
