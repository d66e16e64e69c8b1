/** Faults of a network, between two namespaces: run by network.sh. */

import { execSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tcp } from '../../src/transports/tcp.js'
import { type Row, runFault, tellRow, type Way, wait } from './cases.js'
import { startDevice } from './device/client.js'

const [host = ''] = process.argv.slice(2)
const { NEAR: near = '', FAR: far = '' } = process.env
const ADDRESS = '10.77.0.2'
const run = (command: string) => execSync(command, { stdio: 'ignore', shell: '/bin/bash' })
const filter = (rule: string) =>
  `ip netns exec ${near} nft "add table inet f; add chain inet f o { type filter hook output priority 0; }; add rule inet f o ${rule}"`
/** The socket's buffers would hold the whole job on a fast one. */
const slowLink = `ip netns exec ${near} tc qdisc add dev vA root tbf rate 2mbit burst 4kb latency 50ms`
const noFilter = `ip netns exec ${near} nft "delete table inet f" || true`

interface Trouble {
  readonly name: string
  /** Before the job. */
  readonly before?: string
  /** Half way. */
  readonly half?: string
  readonly lines?: number
  /** Undone, so long after the print began; else when it has ended. */
  readonly mendAfterMs?: number
  readonly expects: RegExp
}

const TROUBLES: readonly Trouble[] = [
  { name: 'none', expects: /^printed$/ },
  {
    name: 'one packet in ten is lost',
    expects: /^printed$/,
    before: filter('tcp dport 9100 numgen random mod 100 < 10 drop'),
    lines: 3000,
  },
  {
    name: '400 kbit/s',
    expects: /^printed$/,
    before: `ip netns exec ${near} tc qdisc add dev vA root tbf rate 400kbit burst 4kb latency 5s`,
    lines: 1000,
  },
  {
    name: 'no answer to the connection (dropped)',
    expects: /^NotStarted \(no-connection\)$/,
    before: filter('tcp dport 9100 tcp flags & (syn|ack) == syn drop'),
  },
  {
    name: 'connection refused by the network',
    expects: /^NotStarted \(no-connection\)$/,
    before: filter('tcp dport 9100 reject with tcp reset'),
  },
  {
    name: 'host unreachable',
    expects: /^NotStarted \(no-connection\)$/,
    before: filter('tcp dport 9100 reject with icmpx type host-unreachable'),
  },
  {
    name: 'black hole from half way',
    expects: /^Uncertain \((not-confirmed|write-timeout)\)$/,
    half: filter('tcp dport 9100 drop'),
    lines: 5000,
    before: slowLink,
  },
  {
    name: 'black hole for a second and a half',
    expects: /^printed$/,
    half: filter('tcp dport 9100 drop'),
    lines: 5000,
    before: slowLink,
    mendAfterMs: 2000,
  },
  {
    name: 'cable pulled half way',
    expects: /^Uncertain \((not-confirmed|write-timeout)\)$/,
    half: `ip -n ${far} link set vB down`,
    lines: 5000,
    before: slowLink,
  },
  {
    name: 'cable pulled for a second and a half',
    expects: /^printed$/,
    half: `ip -n ${far} link set vB down`,
    lines: 5000,
    before: slowLink,
    mendAfterMs: 2000,
  },
]

const mend = () => {
  run(noFilter)
  run(`ip netns exec ${near} tc qdisc del dev vA root 2>/dev/null || true`)
  run(`ip -n ${far} link set vB up`)
}

const way: Way = {
  name: 'tcp, network',
  async bench(options) {
    const device = await startDevice(host, { kind: 'tcp', host: ADDRESS, port: 9100 }, options, far)
    return {
      device,
      transport: tcp({
        host: ADDRESS,
        connectTimeoutMs: 2000,
        writeTimeoutMs: 3000,
        closeTimeoutMs: 2000,
      }),
      plug: async () => mend(),
      // What was on its way arrives once the network is mended, before the paper is looked at.
      async mend() {
        mend()
        await wait(2500)
      },
      dispose: device.kill,
    }
  },
}

const rows: Row[] = []
for (const { name, before, half, lines, mendAfterMs, expects } of TROUBLES) {
  if (before !== undefined) run(before)
  const row = await runFault(way, {
    name,
    expects,
    runs: 1,
    isUnbroken: half === undefined,
    ...(mendAfterMs === undefined
      ? {}
      : { mend: { afterMs: mendAfterMs, action: 'plug' } as const }),
    ...(half === undefined ? {} : { half: { kind: 'run', command: half } as const }),
    ...(lines === undefined ? {} : { lines, copies: 1, between: [0.3, 0.7] as const }),
  })
  mend()
  if (row === undefined) continue
  rows.push(row)
  tellRow(row)
}
writeFileSync(process.env.RIG_RESULT ?? '/dev/stdout', JSON.stringify(rows))
process.exit(0)
