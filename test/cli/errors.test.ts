import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic80 } from '../../src/profiles/index.js'
import { freePort } from '../free-port.js'
import { workplace } from './run.js'

const at = workplace()
const on80 = ['--profile', 'generic-80']
const sale = ['sale.json', '--data', 'sale.data.json']
const out = ['-o', 'out.png']

const receipts = {
  'not-json.json': '{ "nodes": [',
  'not-utf8.json': Buffer.from([0x7b, 0xff, 0x7d]),
  'kind.json': '{ "nodes": [{ "kind": "txet", "text": "a" }] }',
  'field.json': '{ "nodes": [{ "kind": "text", "text": "a", "colour": "red" }] }',
  'size.json': '{ "nodes": [{ "kind": "text", "text": "a", "size": 9 }] }',
  'image.json': '{ "nodes": [{ "kind": "image", "src": "../logo.png" }] }',
  'url.json': '{ "nodes": [{ "kind": "image", "src": "http://example.com/a.png" }] }',
  'lost.json': '{ "nodes": [{ "kind": "image", "src": "lost.png" }] }',
  'syntax.json': '{ "nodes": [{ "kind": "text", "text": "{{ a b }}" }] }',
  'euro.json': '{ "nodes": [{ "kind": "text", "text": "12 €" }] }',
  'profile.json': '{ "id": "mine" }',
  'empty.bin': '',
}
for (const [name, content] of Object.entries(receipts)) writeFileSync(at.path(name), content)
const files = at.files()

/** Arguments, and what the one line on stderr must say: code, place, fix. */
const wrong: Record<string, readonly [args: string[], says: RegExp]> = {
  'a receipt that is not JSON': [
    ['preview', 'not-json.json', ...on80, ...out],
    /^error JSON_INVALID: not-json\.json is not JSON/,
  ],
  'a receipt that is not UTF-8': [
    ['preview', 'not-utf8.json', ...on80, ...out],
    /^error JSON_INVALID: not-utf8\.json/,
  ],
  'bytes that a failed program did not write': [
    ['preview', 'empty.bin', ...on80, ...out],
    /^error JOB_EMPTY: there are no bytes to show — see why/,
  ],
  'a receipt that is not there': [
    ['preview', 'none.json', ...on80, ...out],
    /^error FILE_UNREADABLE: cannot read none\.json/,
  ],
  'an unknown kind': [
    ['preview', 'kind.json', ...on80, ...out],
    /^error RECEIPT_INVALID at nodes\[0\]\.kind: expected one of text, .*found "txet" — did you mean text\?/,
  ],
  'an unknown field': [
    ['preview', 'field.json', ...on80, ...out],
    /^error RECEIPT_INVALID at nodes\[0\]\.colour: unknown field "colour" — the fields here are kind, text/,
  ],
  'a value beyond its limits': [
    ['compile', 'size.json', ...on80, '-o', 'out.bin'],
    /^error RECEIPT_INVALID at nodes\[0\]\.size: expected a whole number from 1 to 8, found 9/,
  ],
  'a picture outside the folder': [
    ['preview', 'image.json', ...on80, ...out],
    /^error IMAGE_PATH_OUTSIDE: .* — /,
  ],
  'a picture on the network': [
    ['preview', 'url.json', ...on80, ...out],
    /^error IMAGE_URL_REFUSED: .* — /,
  ],
  'a picture that is not there': [
    ['preview', 'lost.json', ...on80, ...out],
    /^error IMAGE_UNREADABLE: .*lost\.png/,
  ],
  'an expression that cannot be read': [
    ['preview', 'syntax.json', ...on80, ...out],
    /^error TEMPLATE_SYNTAX at nodes\[0\]\.text: .* — write \{\{/,
  ],
  'data that is missing': [
    ['preview', 'sale.json', ...on80, ...out],
    /^error TEMPLATE_VALUE_MISSING at nodes\[2\]\.label: .* — give it in the data/,
  ],
  'a data file that is not there': [
    ['preview', 'sale.json', '--data', 'none.json', ...on80, ...out],
    /^error FILE_UNREADABLE: cannot read none\.json/,
  ],
  'a warning under --strict': [
    ['preview', 'euro.json', ...on80, '--strict', ...out],
    /^error CHAR_SUBSTITUTED at nodes\[0\]\.text: .*€/,
  ],
  'an unknown profile': [
    ['preview', ...sale, '--profile', 'generic-8', ...out],
    /^error PROFILE_UNKNOWN: .* — did you mean generic-(58|80)/,
  ],
  'a profile file that is none': [
    ['preview', ...sale, '--profile', 'profile.json', ...out],
    /^error PROFILE_INVALID at \w+: /,
  ],
  'an unknown field of --set': [
    ['preview', ...sale, ...on80, '--set', 'widthdots=416', ...out],
    /^error PROFILE_FIELD_UNKNOWN at widthdots: .* — did you mean .*widthDots/,
  ],
  'a field of --set that every object has': [
    ['preview', ...sale, ...on80, '--set', '__proto__=1', ...out],
    /^error PROFILE_FIELD_UNKNOWN at __proto__: /,
  ],
  'a wrong value of --set': [
    ['preview', ...sale, ...on80, '--set', 'widthDots=wide', ...out],
    /^error PROFILE_VALUE_INVALID at widthDots: widthDots must be a whole number from 8 to 4096, found "wide"/,
  ],
  '--set without a value': [
    ['preview', ...sale, ...on80, '--set', 'widthDots', ...out],
    /^error SET_INVALID: .* — write --set field=value/,
  ],
  'a kind of picture that is not made': [
    ['preview', ...sale, ...on80, '-o', 'out.jpg'],
    /^error OUTPUT_UNKNOWN: .* — name a \.png, \.svg, \.pdf, \.html or \.txt file/,
  ],
  'a folder that is not there': [
    ['compile', ...sale, ...on80, '-o', 'none/out.bin'],
    /^error FILE_UNWRITABLE: cannot write none\/out\.bin/,
  ],
  'bytes that are not there': [
    ['decode', 'none.bin', ...on80],
    /^error FILE_UNREADABLE: cannot read none\.bin/,
  ],
  'an unknown kind of printer address': [
    ['print', ...sale, ...on80, '--to', 'lpt:1'],
    /^error URI_UNSUPPORTED: .* — .*known are: tcp:/,
  ],
  'a printer address that is none': [
    ['print', ...sale, ...on80, '--to', 'tcp://'],
    /^error URI_INVALID: .* — write tcp:/,
  ],
  'a timeout that is no number': [
    ['print', ...sale, ...on80, '--to', 'file:out.bin', '--timeout', 'soon'],
    /^error TIMEOUT_INVALID: --timeout must be a number of seconds .*, found "soon" — /,
  ],
  'a wrong receipt, before anything is sent': [
    ['print', 'kind.json', ...on80, '--to', 'file:out.bin'],
    /^error RECEIPT_INVALID at nodes\[0\]\.kind/,
  ],
  'a port that is none': [
    ['emulate', ...on80, '--port', '0x1', '--out', 'out'],
    /^error PORT_INVALID: --port must be a whole number from 0 to 65535, found "0x1"/,
  ],
  'a folder for jobs that is a file': [
    ['emulate', ...on80, '--port', '0', '--out', 'kind.json/a'],
    /^error FILE_UNWRITABLE: /,
  ],
}

describe('wrong input ends with 1, one line on stderr, nothing on stdout, and no file', () => {
  test.each(Object.entries(wrong))('%s', async (_, [args, says]) => {
    const { code, stdout, stderr } = await at.run(...args)
    expect(stderr).toMatch(says)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(at.files()).toEqual(files)
  })
})

describe('wrong calls end with 2', () => {
  test.each([
    [['compile', 'sale.json']],
    [['compile', 'sale.json', ...on80]],
    [['nonsense']],
    [['profiles', '--nonsense']],
  ])('%j', async (args) => {
    const { code, stdout, stderr } = await at.run(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^error: .*\n\(add --help for the options\)\n$/)
  })

  test('no command shows the help', async () => {
    const { code, stderr } = await at.run()
    expect(code).toBe(2)
    expect(stderr).toMatch(/^Usage: xiaopiao/)
  })
})

describe('a printer that fails', () => {
  test('nothing listens: 3, and nothing was printed', async () => {
    const port = await freePort()
    const { code, stdout, stderr } = await at.run(
      'print',
      ...sale,
      ...on80,
      '--to',
      `tcp://127.0.0.1:${port}`,
    )
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr).toMatch(
      /^error PRINT_NOT_STARTED: not started: there is no connection \(tcp:\/\/127\.0\.0\.1:\d+: the printer refused the connection\) — .*nothing was printed; .*\n$/,
    )
  })

  test('3 as well where it was only asked', async () => {
    const { code, stderr } = await at.run('status', `tcp://127.0.0.1:${await freePort()}`)
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error CONNECT_REFUSED: /)
    expect((await at.run('status', 'tcp:nowhere')).code).toBe(1)
  })

  test('the paper is out before the job: 3', async () => {
    const server = await startVirtualPrinter({ profile: generic80, state: { paper: 'end' } })
    const { code, stderr } = await at.run(
      'print',
      ...sale,
      ...on80,
      '--to',
      `tcp://127.0.0.1:${server.port}`,
    )
    expect(code).toBe(3)
    expect(stderr).toMatch(
      /^error PRINT_NOT_STARTED: not started: the paper is out — put in a new roll; /,
    )
    expect(server.jobs).toEqual([])
    await server.close()
  })

  test('the paper ends in the middle: 4', async () => {
    const server = await startVirtualPrinter({ profile: generic80, paperEndAfterBytes: 200 })
    const { code, stdout, stderr } = await at.run(
      'print',
      ...sale,
      ...on80,
      '--to',
      `tcp://127.0.0.1:${server.port}`,
    )
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
    expect(stderr).toMatch(
      /^error PRINT_UNCERTAIN.*: .*the paper is out.*look at the paper before printing again/,
    )
    await server.close()
  })
})

test('emulate on a port that is taken: 1', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  const { code, stderr } = await at.run('emulate', ...on80, '--port', String(port), '--out', 'jobs')
  expect(code).toBe(1)
  expect(stderr).toMatch(/^error PORT_UNAVAILABLE: .*EADDRINUSE.* — take another --port/)
  server.close()
})

describe('help', () => {
  test.each([[], ['compile'], ['preview'], ['decode'], ['print'], ['emulate'], ['profiles']])(
    'xiaopiao %s --help',
    async (...command) => {
      const { code, stdout, stderr } = await at.run(
        ...command.filter((name) => typeof name === 'string'),
        '--help',
      )
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      expect(stdout).toContain('Usage: xiaopiao')
      expect(stdout).toMatch(/Examples?:\n {2}xiaopiao/)
      if (command.length === 0) {
        for (const exit of [
          '0  done',
          '1  the input is wrong',
          '2  the command',
          '3  nothing was printed',
          '4  part of it',
        ]) {
          expect(stdout).toContain(exit)
        }
      }
    },
  )
})
