/** Prints on a printer and handles every outcome: `node examples/print.mjs tcp://192.168.1.50`. */
import { compile, cut, text } from 'xiaopiao'
import { NotStarted, openPrinter, PartiallyPrinted, Uncertain } from 'xiaopiao/printer'
import { generic80 } from 'xiaopiao/profiles/generic-80'

const [uri = 'tcp://192.168.1.50'] = process.argv.slice(2)
const { bytes } = compile(
  { nodes: [text('厨房3号桌', { size: 2 }), cut()] },
  { profile: generic80 },
)
const printer = openPrinter(uri, { profile: generic80 })

try {
  const { grade, after, warnings } = await printer.print(bytes, {
    jobId: 'order-48',
    timeoutMs: 30_000,
  })
  console.log(`${grade}, paper ${after.paper}`)
  for (const { code, message } of warnings) console.log(`${code}: ${message}`)
} catch (error) {
  if (error instanceof NotStarted || error instanceof PartiallyPrinted) {
    console.log(`print it again: ${error.reason} (${error.hint})`)
  } else if (error instanceof Uncertain) {
    console.log(
      `look at the paper: ${error.reason} after ${error.bytesSent} of ${error.totalBytes} bytes`,
    )
  } else throw error
  process.exitCode = 1
} finally {
  await printer.close()
}
