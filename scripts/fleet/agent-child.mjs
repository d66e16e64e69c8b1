/** A real agent in a process of its own, which may be killed at any time. Its clock may be wrong, as those of tills are. */

const { bundle, folder, printers, statusMs, offsetMs, lanPort } = JSON.parse(process.argv[2])
if (offsetMs !== 0) setClockWrong(offsetMs)
const { startAgent, generic80 } = await import(bundle)
const profile = { ...generic80, answersStatus: true }

const agent = await startAgent({
  folder,
  printers: Object.fromEntries(printers.map(([name, uri]) => [name, { uri, profile }])),
  lan: { port: lanPort },
  statusMs,
  holdMs: 3000,
  requestTimeoutMs: 10_000,
  retryMs: 300,
  printer: { lockFolder: folder, answerTimeoutMs: 3000 },
  onDiagnostic: ({ code, message }) => process.send?.({ what: 'diagnostic', code, message }),
})
const tell = () =>
  process.connected &&
  process.send({
    what: 'state',
    lanUrl: agent.lanUrl,
    lanKey: agent.lanKey,
    printers: agent.printers,
    unreported: agent.unreported,
  })
tell()
setInterval(tell, 500)
process.on('disconnect', () => process.exit(0))
agent.ended.then(
  () => process.exit(0),
  (error) => {
    process.send?.({ what: 'diagnostic', code: error.code, message: String(error) })
    process.exit(1)
  },
)

function setClockWrong(ms) {
  const RealDate = Date
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      if (given.length === 0) super(RealDate.now() + ms)
      else super(...given)
    }
    static now() {
      return RealDate.now() + ms
    }
  }
}
