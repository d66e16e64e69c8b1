/**
 * A process of virtual printers: most are on a TCP port each, the others poll the hub. It tells its parent of every paper that came out, as the
 * marks that the slips of the fleet carry: `[KEY` at the top, `KEY]` at the end, and 补打 above, or the same in dots. The parent judges
 * by these alone.
 */
import { setTimeout as wait } from 'node:timers/promises'
import { marksOnDots } from './dot-marks.mjs'

const { bundle, count, speed, polling, keyStart } = JSON.parse(process.argv[2])
const { virtualDevice, tcpFront, cloudFront, paperToText, generic80 } = await import(bundle)
const profile = { ...generic80, answersStatus: true }
const printers = []

for (let i = 0; i < count; i++) printers.push(await startPrinter(i))
process.send({ what: 'ports', ports: printers.map(({ front }) => front.port) })
for (const address of polling) printers.push(await startPrinter(printers.length, address))
process.on('message', (message) => {
  if (message.what === 'fault') void strike(message)
  if (message.what === 'habit') void misbehave(message)
  if (message.what === 'rest') void rest()
})
process.on('disconnect', () => process.exit(0))

/** @param address that it polls; without one it is on a TCP port */
async function startPrinter(index, address) {
  const device = virtualDevice({
    profile,
    processIds: true,
    keepPieces: 1,
    ...(speed > 0 ? { speedMmPerSecond: speed } : {}),
  })
  const printer = { index, device, front: undefined, told: 0, polls: address !== undefined }
  const host = {
    begun: () => queueMicrotask(() => device.hostReady()),
    full: () => device.room <= 0,
    take(bytes) {
      const size = Math.min(bytes.length, device.room)
      if (size > 0) device.receive(bytes.slice(0, size))
      return Math.max(0, size)
    },
    ended: () => device.finishText(),
  }
  device.listen({
    reply: (bytes) => printer.front?.say(bytes) ?? false,
    drained: () => setImmediate(() => printer.front?.more()),
    cut: (piece) => {
      if (piece !== undefined) tell(printer, piece)
    },
  })
  printer.front =
    address === undefined
      ? await tcpFront({ host: '127.0.0.1', port: 0 }, host)
      : cloudFront(address, host, { device, profile })
  return printer
}

function tell(printer, { number, paper }) {
  printer.told = number
  const marks = printer.polls ? dotMarksOf(paper) : marksOf(paperToText(paper))
  if (marks.length > 0)
    process.send({ what: 'paper', printer: printer.index, at: Date.now(), marks })
}

/** In the order in which they stand on the paper. */
function marksOf(text) {
  const found = text.matchAll(/\[(?<start>f[\w-]+)|(?<end>f[\w-]+)\]|(?<again>补打)/g)
  return Array.from(found, ({ groups: { start, end } }) =>
    start !== undefined ? ['start', start] : end !== undefined ? ['end', end] : ['again'],
  )
}

function dotMarksOf({ bitmap }) {
  return marksOnDots(bitmap).map(([what, number]) =>
    what === 'again' ? [what] : [what, `${keyStart}${number}`],
  )
}

/** A printer that polls does something wrong with the job that it prints, or else with its next one. */
async function misbehave({ habit, chance }) {
  const all = printers.filter(({ polls }) => polls)
  const from = Date.now()
  let busy = []
  while (busy.length === 0 && Date.now() < from + 5000) {
    busy = all.filter(({ device }) => device.printing)
    if (busy.length === 0) await wait(20)
  }
  const [at, some] = [Date.now(), busy.length > 0 ? busy : all]
  const { index, front } = some[Math.floor(chance * some.length)]
  front.misbehave(habit)
  process.send({ what: 'struck', printer: index, kind: habit, from: at, to: at })
}

/** One that prints just now is hit if there is one and `busy` is wanted. */
async function strike({ kind, chance, ms, busy }) {
  const printing = busy ? printers.filter(({ device }) => device.printing) : []
  const from = printing.length > 0 ? printing : printers
  const { index, device, front } = from[Math.floor(chance * from.length)]
  const at = Date.now()
  if (kind === 'power-cut') {
    // Someone tears off what came out, so that a torn slip is a paper of its own.
    device.tear()
    device.restart()
    front.breakLink('powerCut')
  } else {
    device.set(kind === 'paper-out' ? { paper: 'end' } : { cover: 'open' })
    await wait(ms)
    device.set(kind === 'paper-out' ? { paper: 'ok' } : { cover: 'closed' })
  }
  process.send({ what: 'struck', printer: index, kind, from: at, to: Date.now() })
}

/** Tells of what hangs in the printers without a cut; a torn slip is a paper too. */
async function rest() {
  for (const { device } of printers) device.set({ paper: 'ok', cover: 'closed' })
  for (const { device } of printers) while (device.printing) await wait(20)
  for (const printer of printers) {
    const last = printer.device.pieces.at(-1)
    if (last !== undefined && last.number > printer.told) tell(printer, last)
  }
  process.send({ what: 'rested' })
}
