/** What must hold of any bytes: decoded, encoded and decoded again; printed whole, in pieces and part by part. */

/** Throws an Error that says what does not hold. `how` is a random number: not every stream is tried in every way. */
export function checkStream(api, bytes, profile, how) {
  const decoded = api.decodeAll(bytes)
  checkCommands(api, bytes, decoded)
  const counts = { commands: decoded.length, unknown: 0, glyphs: 0, rows: 0, notes: 0 }
  for (const { command } of decoded) if (command.kind === 'unknown') counts.unknown++
  const whole = api.printBytes(bytes, profile)
  counts.glyphs = whole.glyphs.length
  counts.rows = whole.heightDots
  counts.notes = whole.notes.length
  checkPaper(whole)
  if (how % 8 === 0) {
    const size = 1 + ((how >>> 3) % 40)
    same('pieces', printInPieces(api, bytes, profile, size), whole)
    checkPieces(api, bytes, decoded, size)
  }
  if (how % 8 === 1) checkParts(api, bytes, profile, 1 + ((how >>> 3) % 200), whole)
  return counts
}

function checkCommands(api, bytes, decoded) {
  let at = 0
  for (const { offset, length } of decoded) {
    if (offset !== at || length <= 0) throw new Error(`a command at ${offset}, expected at ${at}`)
    at += length
  }
  if (at !== bytes.length) throw new Error(`commands end at ${at} of ${bytes.length}`)
  const commands = decoded.map(({ command }) => command)
  const encoded = api.encodeCommands(commands)
  if (!sameBytes(encoded, bytes)) throw new Error('encoded again: other bytes')
  const again = api.decodeAll(encoded)
  if (!isSame(again, decoded)) throw new Error('decoded again: other commands')
}

function checkPieces(api, bytes, decoded, size) {
  const decoder = new api.Decoder()
  const pieces = []
  for (let at = 0; at < bytes.length; at += size) {
    pieces.push(...decoder.write(bytes.subarray(at, at + size)))
  }
  pieces.push(...decoder.end())
  if (!isSame(pieces, decoded)) throw new Error(`decoded by ${size}: other commands`)
}

function checkPaper(paper) {
  const { bitmap, widthDots, heightDots, glyphs, lines } = paper
  const stride = (widthDots + 7) >> 3
  if (bitmap.data.length !== stride * heightDots) throw new Error('a bitmap of another size')
  const used = widthDots & 7
  for (let y = 1; used !== 0 && y <= heightDots; y++) {
    if (bitmap.data[y * stride - 1] & (0xff >> used)) throw new Error(`dots beyond row ${y - 1}`)
  }
  for (const { from, to } of lines) {
    if (from < 0 || from > to || to > glyphs.length) throw new Error('a line of no glyphs')
  }
}

function printInPieces(api, bytes, profile, size) {
  const printer = new api.VirtualPrinter({ profile })
  for (let at = 0; at < bytes.length; at += size) printer.write(bytes.subarray(at, at + size))
  return printer.end()
}

const logs = ['texts', 'glyphs', 'images', 'symbols', 'cuts', 'pulses', 'unknown', 'notes']

function checkParts(api, bytes, profile, size, whole) {
  const joined = Object.fromEntries(logs.map((name) => [name, []]))
  const lines = []
  const data = new Uint8Array(whole.bitmap.data.length)
  const stride = (whole.widthDots + 7) >> 3
  let replies = 0
  let rows = 0
  const onPart = (part) => {
    const glyphs = joined.glyphs.length
    for (const name of logs) joined[name].push(...part[name])
    for (const line of part.lines) {
      lines.push({ ...line, from: line.from + glyphs, to: line.to + glyphs })
    }
    replies += part.replies
    rows = Math.max(rows, part.y + part.heightDots)
    const at = part.y * stride
    for (let i = 0; i < part.bitmap.data.length && at + i < data.length; i++) {
      data[at + i] |= part.bitmap.data[i]
    }
  }
  const printer = new api.VirtualPrinter({ profile, onPart })
  for (let at = 0; at < bytes.length; at += size) printer.write(bytes.subarray(at, at + size))
  printer.end()
  // Kept paper ends; paper that is handed out does not.
  if (whole.notes.some(({ code }) => code === 'PAPER_END')) return
  const { widthDots, heightDots, dpi } = whole
  if (rows !== heightDots) throw new Error(`parts: ${rows} rows, not ${heightDots}`)
  const bitmap = { widthDots, heightDots, data }
  same('parts', { widthDots, heightDots, dpi, bitmap, ...joined, lines, replies }, whole)
}

function same(way, paper, whole) {
  for (const name of Object.keys(whole)) {
    if (!isSame(paper[name], whole[name])) throw new Error(`${way}: other ${name}`)
  }
}

function sameBytes(a, b) {
  return Buffer.compare(a, b) === 0
}

function isSame(a, b) {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (a instanceof Uint8Array) return b instanceof Uint8Array && sameBytes(a, b)
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]))
  }
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => isSame(a[key], b[key]))
}
