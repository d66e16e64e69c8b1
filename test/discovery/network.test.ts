import { describe, expect, it, onTestFinished } from 'vitest'
import { diagnose, type Finding } from '../../src/discovery/doctor.js'
import { addressesOf, scanNetwork } from '../../src/discovery/network.js'
import {
  startVirtualPrinter,
  type VirtualPrinterServerOptions,
} from '../../src/entries/emulator.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { freePort } from '../free-port.js'
import { listenTaking } from '../transports/rigs.js'

async function printer(options: Partial<VirtualPrinterServerOptions> = {}) {
  const server = await startVirtualPrinter({ profile: generic80, ...options })
  onTestFinished(() => server.close())
  return server
}

async function findings(uri: string): Promise<Finding[]> {
  const all: Finding[] = []
  const find = async () => ({ printers: [], omitted: [] })
  for await (const one of diagnose(uri, { answerTimeoutMs: 300, find })) all.push(one)
  return all
}

describe('addressesOf', () => {
  it.each([
    ['127.0.0.0/30', ['127.0.0.1', '127.0.0.2']],
    ['10.1.2.3', ['10.1.2.3']],
    ['192.168.1.77/31', ['192.168.1.76', '192.168.1.77']],
    ['192.168.255.130/29', [129, 130, 131, 132, 133, 134].map((n) => `192.168.255.${n}`)],
  ])('%s', (subnet, addresses) => {
    expect(addressesOf(subnet)).toEqual(addresses)
  })

  it('takes a network of a thousand, and none that is larger', () => {
    expect(addressesOf('10.0.0.0/22')).toHaveLength(1022)
    for (const subnet of [
      '10.0.0.0/8',
      '10.0.0.0/33',
      '10.0.0/24',
      '10.0.0.300',
      'fe80::/64',
      '',
    ]) {
      expect(() => addressesOf(subnet)).toThrowError(/no network/)
    }
  })
})

describe('scanNetwork', () => {
  it('says what answered, at which address', async () => {
    const port = await freePort()
    await printer({ host: '127.0.0.2', port })
    await printer({ host: '127.0.0.1', port, state: { paper: 'end' } })
    expect(await scanNetwork('127.0.0.0/30', { port })).toEqual([
      {
        kind: 'network',
        uri: `tcp://127.0.0.1:${port}`,
        name: undefined,
        notes: ['offline', 'no paper'],
      },
      {
        kind: 'network',
        uri: `tcp://127.0.0.2:${port}`,
        name: 'xiaopiao VIRTUAL',
        notes: ['online', 'firmware 1.00', 'font CHINA GB18030'],
      },
    ])
  })

  it('tells one that listens and says nothing', async () => {
    const server = await listenTaking()
    onTestFinished(server.close)
    const found = await scanNetwork('127.0.0.1', { port: server.port })
    expect(found).toMatchObject([{ notes: ['listens, but answers no question'] }])
  })

  it('finds nothing where nobody listens', async () => {
    expect(await scanNetwork('127.0.0.1', { port: await freePort() })).toEqual([])
  })
})

describe('diagnose', () => {
  it('finds nothing wrong with a printer that is ready', async () => {
    const { uri } = await printer()
    const all = await findings(uri)
    expect(all.filter(({ verdict }) => verdict === 'bad')).toEqual([])
    expect(all.map(({ says }) => says)).toEqual([
      `the address is understood: ${uri}`,
      'it can be opened',
      'it answers',
      'it is a xiaopiao VIRTUAL, firmware 1.00, serial number 00000001',
      'its language font is CHINA GB18030',
      'it reports no trouble',
    ])
  })

  it.each([
    [{ cover: 'open' }, 'the cover is open'],
    [{ paper: 'end' }, 'the paper is out'],
    [{ error: 'cutter' }, 'the cutter is stuck'],
  ] as const)('names the trouble of %j', async (state, says) => {
    const { uri } = await printer({ state })
    expect((await findings(uri)).at(-1)).toMatchObject({ verdict: 'bad', says })
  })

  it('explains silence', async () => {
    const { uri } = await printer({ oneWay: true })
    const last = (await findings(uri)).at(-1)
    expect(last).toMatchObject({ verdict: 'bad', says: 'it does not answer' })
    expect(last?.fix).toContain('another host may hold it')
  })

  it('says what else listens there when the connection is refused', async () => {
    const server = await listenTaking()
    await server.close()
    const all = await findings(`tcp://127.0.0.1:${server.port}`)
    expect(all[1]).toMatchObject({ verdict: 'bad', fix: expect.stringContaining('9100') })
    expect(all[2]?.says).toMatch(/127\.0\.0\.1/)
  })

  it('says how to write an address, and what is connected instead of a missing device', async () => {
    expect(await findings('tcp:')).toMatchObject([
      { verdict: 'bad', fix: expect.stringContaining('write tcp:') },
    ])
    const all = await findings('file:/dev/xiaopiao-absent')
    expect(all.map(({ says }) => says).slice(1)).toEqual([
      'file:/dev/xiaopiao-absent: there is no such file or device',
      'no other printer is connected to this machine',
    ])
  })
})
