/** The content of a QR code: its text, or bytes in the encoding that the field `encoding` names. */

import { zoneCodes } from '../charsets/zones.js'
import { decodeBase64, encodeBase64 } from '../model/base64.js'
import { ReceiptError } from '../model/errors.js'
import { isBytes } from '../model/realms.js'
import type { QrNode } from './nodes.js'

/** The bytes of each node, encoded once because layout asks for them several times. */
const contents = new WeakMap<QrNode, Uint8Array>()

/** Returns the text itself if it is to be stored as UTF-8 or is the same in GBK; otherwise bytes. */
export function qrContent(node: QrNode): string | Uint8Array {
  const { data, encoding = 'utf-8' } = node
  if (encoding === 'utf-8') return data
  let bytes = contents.get(node)
  if (bytes === undefined) {
    if (encoding === 'gbk' && isAscii(data)) return data
    bytes = encoding === 'gbk' ? gbkBytes(data) : base64Bytes(data)
    contents.set(node, bytes)
  }
  return bytes
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7e) return false
  return true
}

function gbkBytes(text: string): Uint8Array {
  const codes = zoneCodes('gbk')
  const bytes: number[] = []
  for (const character of text) {
    const unit = character.charCodeAt(0)
    const code = character.length > 1 ? 0 : unit < 0x80 ? unit : (codes[unit] as number)
    if (code === 0 && unit !== 0) {
      throw new ReceiptError(`GBK has no code for '${character}', so the QR code cannot hold it`, {
        code: 'QR_NOT_GBK',
        hint: 'write it in other characters, or leave out encoding, so that the code is in UTF-8',
      })
    }
    if (code > 0xff) bytes.push(code >> 8)
    bytes.push(code & 0xff)
  }
  return Uint8Array.from(bytes)
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/

function base64Bytes(text: string): Uint8Array {
  if (BASE64.test(text)) return decodeBase64(text)
  throw new ReceiptError('the data of the QR code are no base64', {
    code: 'QR_NOT_BASE64',
    hint: 'give whole groups of four characters, without blanks',
  })
}

/** Makes the fields of a QR node from text or bytes. */
export function qrFields(data: string | Uint8Array): Pick<QrNode, 'data' | 'encoding'> {
  return isBytes(data) ? { data: encodeBase64(data), encoding: 'base64' } : { data }
}
