/** Faults of a network, between two namespaces: run by network.sh. */

import { execSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tcp } from '../../src/transports/tcp.js'
import { type Row, runFault, type Way } from './cases.js'
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
}

const TROUBLES: readonly Trouble[] = [
  { name: 'none' },
  {
    name: 'one packet in ten is lost',
    before: filter('tcp dport 9100 numgen random mod 100 < 10 drop'),
    lines: 3000,
  },
  {
    name: '400 kbit/s',
    before: `ip netns exec ${near} tc qdisc add dev vA root tbf rate 400kbit burst 4kb latency 5s`,
    lines: 1000,
  },
  {
    name: 'no answer to the connection (dropped)',
    before: filter('tcp dport 9100 tcp flags & (syn|ack) == syn drop'),
  },
  {
    name: 'connection refused by the network',
    before: filter('tcp dport 9100 reject with tcp reset'),
  },
  {
    name: 'host unreachable',
    before: filter('tcp dport 9100 reject with icmpx type host-unreachable'),
  },
  {
    name: 'black hole from half way',
    half: filter('tcp dport 9100 drop'),
    lines: 5000,
    before: slowLink,
  },
  {
    name: 'black hole for 1.5 s',
    half: filter('tcp dport 9100 drop'),
    lines: 5000,
    before: slowLink,
    mendAfterMs: 1500,
  },
  {
    name: 'cable pulled half way',
    half: `ip -n ${far} link set vB down`,
    lines: 5000,
    before: slowLink,
  },
  {
    name: 'cable pulled for 1.5 s',
    half: `ip -n ${far} link set vB down`,
    lines: 5000,
    before: slowLink,
    mendAfterMs: 1500,
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
      dispose: device.kill,
    }
  },
}

const rows: Row[] = []
for (const trouble of TROUBLES) {
  if (trouble.before !== undefined) run(trouble.before)
  const mending =
    trouble.mendAfterMs !== undefined ? setTimeout(mend, trouble.mendAfterMs) : undefined
  const row = await runFault(
    {
      ...way,
      async bench(options) {
        const bench = await way.bench(options)
        return {
          ...bench,
          device: {
            ...bench.device,
            // What was on its way arrives once the network is mended, before the paper is looked at.
            async report() {
              mend()
              await new Promise((resolve) => setTimeout(resolve, 2500))
              return bench.device.report()
            },
          },
        }
      },
    },
    {
      name: trouble.name,
      ...(trouble.half === undefined
        ? {}
        : { half: { kind: 'run', command: trouble.half } as const }),
      ...(trouble.lines === undefined ? {} : { lines: trouble.lines }),
    },
  )
  clearTimeout(mending)
  mend()
  if (row === undefined) continue
  rows.push(row)
  process.stderr.write(
    `${row.agrees ? 'ok ' : 'NOT'} ${row.way} · ${row.fault}: ${row.said}; ${row.paper}\n`,
  )
}
writeFileSync(process.env.RIG_RESULT ?? '/dev/stdout', JSON.stringify(rows))
process.exit(0)
