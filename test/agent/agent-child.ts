/** An agent in a process of its own, which the test kills: `child OPTIONS`, in JSON. It says where it takes slips, and then nothing. */

import { startAgent } from '../../src/agent/index.js'

const profile = { answersStatus: null }
const { printers, shiftMs, ...options } = JSON.parse(process.argv[2] ?? '{}')
// The clock of a till may be wrong by hours.
const now = Date.now
Date.now = () => now() + (shiftMs ?? 0)
const agent = await startAgent({
  ...options,
  lan: {},
  printers: Object.fromEntries(
    Object.entries(printers).map(([name, uri]) => [name, { uri: uri as string, profile }]),
  ),
})
process.stdout.write(`${agent.lanUrl} ${agent.lanKey}\n`)
await agent.ended
