/** Messages of the Internet Printing Protocol: the few that are needed to hand over a job. RFC 8010, RFC 8011. */

/** Operations, RFC 8011 section 5.4.15. */
export const ippOperations = { printJob: 0x0002, getPrinterAttributes: 0x000b } as const

/** Tags of values, RFC 8010 section 3.5.2. */
const tags = {
  operationAttributes: 0x01,
  endOfAttributes: 0x03,
  integer: 0x21,
  boolean: 0x22,
  enum: 0x23,
  keyword: 0x44,
  nameWithoutLanguage: 0x42,
  uri: 0x45,
  charset: 0x47,
  naturalLanguage: 0x48,
  mimeMediaType: 0x49,
} as const

/** Tags below are delimiters of groups. */
const FIRST_VALUE_TAG = 0x10

export interface IppRequest {
  readonly operation: number
  readonly requestId: number
  readonly printerUri: string
  readonly userName?: string
  readonly jobName?: string
  readonly documentFormat?: string
  readonly requestedAttributes?: readonly string[]
}

export interface IppResponse {
  /** Status code; 0000 to 00FF is success. */
  readonly status: number
  /** Values of all groups, by name; a set keeps its order. Values that are neither text nor numbers are left out. */
  readonly attributes: ReadonlyMap<string, readonly (string | number)[]>
}

/** Encodes a request. The bytes of its document, if any, follow directly behind. */
export function encodeIppRequest(request: IppRequest): Uint8Array {
  const bytes: number[] = []
  const u16 = (value: number) => bytes.push(value >> 8, value & 0xff)
  const text = (value: string) => {
    const encoded = new TextEncoder().encode(value)
    u16(encoded.length)
    bytes.push(...encoded)
  }
  const attribute = (tag: number, name: string, ...values: readonly string[]) => {
    values.forEach((value, i) => {
      bytes.push(tag)
      // The further values of a set have an empty name.
      text(i === 0 ? name : '')
      text(value)
    })
  }
  // Version 1.1, which every printer since 2000 understands and answers in.
  bytes.push(1, 1)
  u16(request.operation)
  u16(request.requestId >>> 16)
  u16(request.requestId & 0xffff)
  bytes.push(tags.operationAttributes)
  // These two come first, in this order: RFC 8011 section 4.1.4.
  attribute(tags.charset, 'attributes-charset', 'utf-8')
  attribute(tags.naturalLanguage, 'attributes-natural-language', 'en')
  attribute(tags.uri, 'printer-uri', request.printerUri)
  const { userName, jobName, documentFormat, requestedAttributes = [] } = request
  if (userName !== undefined) attribute(tags.nameWithoutLanguage, 'requesting-user-name', userName)
  if (jobName !== undefined) attribute(tags.nameWithoutLanguage, 'job-name', jobName)
  if (documentFormat !== undefined) {
    attribute(tags.mimeMediaType, 'document-format', documentFormat)
  }
  attribute(tags.keyword, 'requested-attributes', ...requestedAttributes)
  bytes.push(tags.endOfAttributes)
  return Uint8Array.from(bytes)
}

/**
 * Reads an answer.
 * @throws RangeError if the bytes are not an IPP message
 */
export function decodeIppResponse(bytes: Uint8Array): IppResponse {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const status = view.getUint16(2)
  const attributes = new Map<string, (string | number)[]>()
  let at = 8
  let values: (string | number)[] = []
  const field = () => {
    const length = view.getUint16(at)
    if (at + 2 + length > bytes.length) throw new RangeError('cut short')
    const content = bytes.subarray(at + 2, at + 2 + length)
    at += 2 + length
    return content
  }
  for (;;) {
    const tag = view.getUint8(at++)
    if (tag === tags.endOfAttributes) return { status, attributes }
    if (tag < FIRST_VALUE_TAG) continue
    const name = new TextDecoder().decode(field())
    const content = field()
    if (name !== '') {
      values = []
      attributes.set(name, values)
    }
    const value = readValue(tag, content)
    if (value !== undefined) values.push(value)
  }
}

function readValue(tag: number, content: Uint8Array): string | number | undefined {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  if (tag === tags.integer || tag === tags.enum) return view.getInt32(0)
  if (tag === tags.boolean) return view.getUint8(0)
  // 40 to 5F are character strings. 35 and 36 carry a language as well; no attribute that we ask for has such a value.
  return tag >= 0x40 && tag < 0x60 ? new TextDecoder().decode(content) : undefined
}
