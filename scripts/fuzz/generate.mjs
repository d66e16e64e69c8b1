/** Streams to try a decoder and a printer with: random bytes, random commands, and real streams spoilt. */

const leads = [0x1b, 0x1c, 0x1d, 0x10, 0x12, 0x1f, 0x0a, 0x0d, 0x09, 0x0c, 0x18, 0x00]
const seconds =
  '!@#$%&()*+-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ\\^_abcdefghijklmnopqrstuvwxyz{|}'

export const streamKinds = [
  'random bytes',
  'bytes like commands',
  'commands of the table',
  'spoilt streams',
  'spliced streams',
]

/** A stream of one of `streamKinds`. `corpus` holds real streams, `table` the commands. */
export function makeStream(kind, random, corpus, table) {
  switch (kind) {
    case 'random bytes':
      return bytesOf(random, 1 + random.small(600))
    case 'bytes like commands':
      return likeCommands(random)
    case 'commands of the table':
      return commands(random, table)
    case 'spoilt streams':
      return spoil(random, windowOf(random, corpus))
    case 'spliced streams':
      return spoil(random, splice(random, corpus))
  }
  throw new Error(`no kind ${kind}`)
}

function bytesOf(random, length) {
  return Uint8Array.from({ length }, () => random.byte())
}

function likeCommands(random) {
  const out = []
  const length = 1 + random.small(400)
  while (out.length < length) {
    const way = random.below(6)
    if (way === 0) out.push(random.byte())
    else if (way === 1)
      out.push(random.pick(leads), seconds.charCodeAt(random.below(seconds.length)))
    else if (way === 2) out.push(random.small(64), 0)
    else if (way === 3) out.push(0x1d, 0x28, 0x41 + random.below(26), random.small(20), 0)
    else if (way === 4) out.push(0x20 + random.below(0x60))
    else out.push(random.pick([0, 1, 2, 3, 48, 49, 50, 65, 255]))
  }
  return Uint8Array.from(out)
}

/** Most of them in the order of a receipt's: something is set, something is printed. */
function commands(random, table) {
  const parts = []
  for (let left = 1 + random.small(24); left > 0; left--) {
    if (random.oneIn(3)) parts.push(text(random))
    parts.push(commandBytes(random, random.pick(table)))
    if (random.oneIn(4)) parts.push([0x0a])
  }
  return join(parts)
}

function text(random) {
  const wide = random.oneIn(2)
  return Array.from({ length: 1 + random.small(60) }, () =>
    wide ? 0x81 + random.below(0x7e) : 0x20 + random.below(0x5f),
  )
}

function commandBytes(random, spec) {
  const body = [...spec.body, ...fieldBytes(random, spec.fields)]
  const length = []
  for (let i = 0; i < spec.lengthSize; i++) length.push((body.length >>> (8 * i)) & 0xff)
  return [...spec.prefix, ...length, ...body]
}

function fieldBytes(random, fields, outer = {}) {
  const values = { ...outer }
  const out = []
  const earlier = (name) => values[name] ?? 0
  // What a length is reckoned from is small: pictures of megabytes are tried elsewhere.
  const sized = Object.values(fields).some(({ type }) => type === 'counted' || type === 'list')
  const number = (most) =>
    sized
      ? random.small(Math.min(most, 40))
      : random.oneIn(2)
        ? random.small(most)
        : random.below(most + 1)
  const put = (name, value, size) => {
    values[name] = value
    for (let i = 0; i < size; i++) out.push((value >>> (8 * i)) & 0xff)
  }
  for (const [name, field] of Object.entries(fields)) {
    switch (field.type) {
      case 'u8':
        put(name, number(255), 1)
        break
      case 'u16':
      case 'i16':
        put(name, number(65535), 2)
        break
      case 'u32':
        put(name, number(0xffffffff), 4)
        break
      case 'oneOf':
        put(name, random.pick(field.values), 1)
        break
      case 'fixed':
        out.push(...bytesOf(random, field.length))
        break
      case 'counted':
        out.push(...bytesOf(random, Math.min(20_000, Math.max(0, field.length(earlier)))))
        break
      case 'prefixed': {
        const data = random.oneIn(2) ? text(random) : [...bytesOf(random, random.small(80))]
        for (let i = 0; i < field.size; i++) out.push((data.length >>> (8 * i)) & 0xff)
        out.push(...data)
        break
      }
      case 'rest':
        out.push(...(random.oneIn(2) ? text(random) : bytesOf(random, random.small(120))))
        break
      case 'terminated':
        for (let mark = 0; mark < field.count; mark++) {
          const shape = field.shape(earlier)
          const most = Math.max(0, Math.floor(shape.most / field.count) - 1)
          out.push(...shapedBytes(random, shape, most), field.mark)
        }
        break
      case 'unterminated': {
        const shape = field.shape(earlier)
        out.push(...shapedBytes(random, shape, shape.most))
        break
      }
      case 'list':
        for (let left = Math.min(300, field.count(earlier)); left > 0; left--) {
          out.push(...fieldBytes(random, field.fields, values))
        }
        break
    }
  }
  return out
}

/** At most so many bytes, most of them such as the field takes. */
function shapedBytes(random, { takes }, most) {
  const taken = []
  for (let left = random.small(most); left > 0; left--) {
    const byte = 0x20 + random.below(0x5f)
    if (random.oneIn(20) || takes(byte, Uint8Array.from(taken))) taken.push(byte)
  }
  return taken
}

function windowOf(random, corpus) {
  const whole = random.pick(corpus)
  const length = Math.min(whole.length, 1 + random.small(2000))
  const at = random.below(whole.length - length + 1)
  return whole.subarray(at, at + length)
}

function splice(random, corpus) {
  const parts = []
  for (let left = 2 + random.below(3); left > 0; left--) parts.push(windowOf(random, corpus))
  return join(parts)
}

/** A few things wrong: bytes changed, put in, taken out, moved, lengths that lie, an end too early. */
function spoil(random, source) {
  let bytes = [...source]
  for (let left = random.small(8); left > 0 && bytes.length > 0; left--) {
    const at = random.below(bytes.length)
    const run = 1 + random.small(16)
    switch (random.below(8)) {
      case 0:
        bytes[at] ^= 1 << random.below(8)
        break
      case 1:
        bytes[at] = random.byte()
        break
      case 2:
        bytes.splice(at, 0, ...bytesOf(random, run))
        break
      case 3:
        bytes.splice(at, run)
        break
      case 4:
        bytes.splice(random.below(bytes.length), 0, ...bytes.slice(at, at + run))
        break
      case 5:
        bytes = bytes.slice(0, at)
        break
      case 6:
        spoilLength(random, bytes, at)
        break
      case 7:
        bytes.splice(at, 0, random.pick(leads), seconds.charCodeAt(random.below(seconds.length)))
        break
    }
  }
  return Uint8Array.from(bytes)
}

/** Bytes that say how long something is: after GS ( x, GS v 0 m, GS k m, ESC * m, GS 8 L. */
function spoilLength(random, bytes, from) {
  for (let at = from; at < bytes.length - 4; at++) {
    const [lead, second] = [bytes[at], bytes[at + 1]]
    const skip =
      lead === 0x1d && (second === 0x28 || second === 0x38)
        ? 3
        : lead === 0x1d && second === 0x76
          ? 4
          : (lead === 0x1d && second === 0x6b) || (lead === 0x1b && second === 0x2a)
            ? 3
            : 0
    if (skip === 0) continue
    const field = at + skip + random.below(4)
    bytes[field] = random.oneIn(2)
      ? random.byte()
      : ((bytes[field] ?? 0) + random.pick([1, 255])) & 0xff
    return
  }
}

function join(parts) {
  let length = 0
  for (const part of parts) length += part.length
  const bytes = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
