/** Tries streams by number, counts what they were, and makes a failure small. */
import { checkStream } from './check.mjs'
import { makeStream, streamKinds } from './generate.mjs'
import { Random } from './random.mjs'

/** A stream that takes longer is tried again; one that always does has failed. */
const slowMs = 5000

export function streamOf(seed, index, { corpus, api }) {
  const random = new Random(seed, index)
  const kind = streamKinds[index % streamKinds.length]
  const bytes = makeStream(kind, random, corpus, api.commandTable)
  return { kind, bytes, profile: random.pick(api.profiles), how: random.next() }
}

/** Tries the streams `from`, `from + step`, … below `to`; stops at the first that fails. */
export function runStreams({ seed, from, to, step = 1, corpus, api, progress = () => {} }) {
  const counts = Object.fromEntries(streamKinds.map((kind) => [kind, newCounts()]))
  for (let index = from; index < to; index += step) {
    progress(index)
    const { kind, bytes, profile, how } = streamOf(seed, index, { corpus, api })
    const failure = failureOf(api, bytes, profile, how, counts[kind])
    if (failure !== undefined) {
      const fails = (less) => failureOf(api, less, profile, how) === failure
      const minimal = smaller(bytes, fails)
      const hex = Buffer.from(minimal).toString('hex')
      return { counts, failure: { seed, index, kind, profile: profile.id, how, failure, hex } }
    }
  }
  return { counts }
}

function newCounts() {
  return {
    streams: 0,
    bytes: 0,
    commands: 0,
    unknown: 0,
    glyphs: 0,
    rows: 0,
    notes: 0,
    slowestMs: 0,
  }
}

/** What is wrong, in words; undefined where nothing is. */
function failureOf(api, bytes, profile, how, counts = newCounts()) {
  const start = performance.now()
  try {
    const made = checkStream(api, bytes, profile, how)
    let ms = performance.now() - start
    for (let tries = 0; ms > slowMs && tries < 2; tries++) {
      const again = performance.now()
      checkStream(api, bytes, profile, how)
      ms = Math.min(ms, performance.now() - again)
    }
    if (ms > slowMs) return 'takes too long'
    counts.streams++
    counts.bytes += bytes.length
    counts.slowestMs = Math.max(counts.slowestMs, ms)
    for (const [name, count] of Object.entries(made)) counts[name] += count
  } catch (error) {
    return `${error?.name}: ${String(error?.message).replace(/\d+/g, 'N')} ${placeOf(error)}`
  }
}

function placeOf(error) {
  return (/at (\w[\w.]*) /.exec(String(error?.stack)) ?? ['', ''])[1]
}

/** Leaves out what the failure does not need. */
function smaller(bytes, fails) {
  let least = bytes
  for (let size = least.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < least.length; ) {
      const less = Uint8Array.from([...least.subarray(0, at), ...least.subarray(at + size)])
      if (fails(less)) least = less
      else at += size
    }
  }
  return least
}
