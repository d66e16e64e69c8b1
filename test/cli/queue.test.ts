import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic80 } from '../../src/profiles/index.js'
import { workplace } from './run.js'

const at = workplace()
const sale = ['sale.json', '--data', 'sale.data.json', '--profile', 'generic-80']
const inJournal = ['--journal', 'jobs.jsonl']

describe('queue', () => {
  test('takes jobs, gives them to another printer, prints each once', {
    timeout: 240_000,
  }, async () => {
    const virtual = await startVirtualPrinter({ profile: generic80 })
    onTestFinished(() => virtual.close())
    const away = 'tcp://127.0.0.1:9'
    for (const id of ['1', '2', '2', '3']) {
      const added = await at.run(
        'queue',
        'add',
        ...sale,
        '--to',
        away,
        '--job-id',
        id,
        ...inJournal,
      )
      expect(added).toMatchObject({ code: 0, stderr: '' })
      expect(added.stdout).toBe(`${id}\tqueued\t${away}\t\n`)
    }
    expect((await at.run('queue', 'cancel', '3', ...inJournal)).stdout).toContain('cancelled')
    const moved = await at.run(
      'queue',
      'reroute',
      '--from',
      away,
      '--to',
      virtual.uri,
      ...inJournal,
    )
    expect(moved.stdout.split('\n')).toHaveLength(3)
    const ran = await at.run('queue', 'run', ...inJournal)
    expect(ran).toEqual({ code: 0, stdout: '1: processed\n2: processed\n', stderr: '' })
    expect(Buffer.from(virtual.jobs[0]?.bytes ?? []).includes('(H')).toBe(false)
    expect(virtual.jobs).toHaveLength(2)
    expect((await at.run('queue', 'list', ...inJournal)).stdout).toBe('')
    const all: unknown = JSON.parse(
      (await at.run('queue', 'list', '--all', '--json', ...inJournal)).stdout,
    )
    expect(all).toMatchObject([{ state: 'done' }, { state: 'done' }, { state: 'cancelled' }])
    const again = await at.run('queue', 'retry', '1', ...inJournal)
    expect(again.code).toBe(1)
    expect(again.stderr).toMatch(/^error JOB_STATE: job 1 is done/)
    const printed = ['print', ...sale, '--to', virtual.uri, '--job-id', '1', ...inJournal]
    expect((await at.run(...printed)).stdout).toBe(
      'done before: 1; --marked prints a marked copy\n',
    )
    expect(virtual.jobs).toHaveLength(2)
  })

  test('asks about a job that may be on paper, and does what it is told', {
    timeout: 240_000,
  }, async () => {
    const broken = await startVirtualPrinter({
      profile: generic80,
      powerCutAfterBytes: 400,
      powerCutTimes: 3,
    })
    const backup = await startVirtualPrinter({ profile: generic80, processIds: true })
    onTestFinished(async () => {
      await broken.close()
      await backup.close()
    })
    const journal = ['--journal', 'doubts.jsonl']
    for (const id of ['a', 'b', 'c']) {
      await at.run('queue', 'add', ...sale, '--to', broken.uri, '--job-id', id, ...journal)
    }
    const ran = await at.run('queue', 'run', ...journal)
    expect(ran).toMatchObject({ code: 4, stdout: '' })
    expect(ran.stderr.match(/^[abc]: error PRINT_UNCERTAIN .*look at the paper/gm)).toHaveLength(3)
    const listed = await at.run('queue', 'list', ...journal)
    expect(listed.stdout).toMatch(/^a\tuncertain \d+\/\d+\ttcp.*\tconnection-lost\n/)
    expect((await at.run('queue', 'seen', 'a', ...journal)).stdout).toContain('a\tdone')
    const moved = await at.run('queue', 'reroute', 'b', '--to', backup.uri, ...journal)
    expect(moved.stdout).toBe(`b\tqueued\t${backup.uri}\tconnection-lost\n`)
    expect((await at.run('queue', 'retry', 'c', ...journal)).stdout).toContain('c\tqueued')
    const profile = ['--profile', 'generic-80', '--set', 'answersStatus=true']
    const again = await at.run('queue', 'run', ...profile, ...journal)
    expect(again.code).toBe(0)
    expect(again.stdout.split('\n').sort()).toEqual(['', 'b: printed', 'c: processed'])
    expect(backup.papers).toHaveLength(1)
    const text = backup.papers[0]?.glyphs.map((glyph) => glyph.text).join('')
    expect(text?.startsWith('补打')).toBe(true)
  })

  test('refuses an address of no printer, and says that nothing was given to another one', async () => {
    const journal = ['--journal', 'addresses.jsonl']
    const add = (to: string) =>
      at.run('queue', 'add', ...sale, '--to', to, '--job-id', 'a', ...journal)
    const refused = await add('192.168.1.50')
    expect(refused).toMatchObject({ code: 1, stdout: '' })
    expect(refused.stderr).toMatch(
      /^error URI_UNSUPPORTED: .*did you mean tcp:\/\/192\.168\.1\.50\?/,
    )
    expect(at.files()).not.toContain('addresses.jsonl')
    await add('tcp://127.0.0.1:9')
    const reroute = (from: string, to: string) =>
      at.run('queue', 'reroute', '--from', from, '--to', to, ...journal)
    const none = await reroute('tcp://127.0.0.1:10', 'tcp://127.0.0.1:11')
    expect(none).toMatchObject({ code: 1, stdout: '' })
    expect(none.stderr).toMatch(/^error JOBS_NONE: no job waits at tcp:\/\/127\.0\.0\.1:10/)
    expect(await reroute('tcp://127.0.0.1:9', 'counter')).toMatchObject({ code: 1, stdout: '' })
    // One machine, under another name.
    const moved = await reroute('tcp://localhost:9', 'tcp://127.0.0.1:11')
    expect(moved).toEqual({ code: 0, stdout: 'a\tqueued\ttcp://127.0.0.1:11\t\n', stderr: '' })
  })

  test('shows the warnings of a job, and what of it could not be written down', async () => {
    // A printer that takes bytes and says nothing.
    const silent = createServer((socket) => socket.resume().on('end', () => socket.end()))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void silent.close())
    const { port } = silent.address() as AddressInfo
    const journal = ['--journal', 'warned.jsonl']
    const to = `tcp://127.0.0.1:${port}`
    await at.run('queue', 'add', ...sale, '--to', to, '--job-id', 'a', ...journal)
    const ran = await at.run('queue', 'run', ...journal)
    expect(ran).toMatchObject({ code: 0, stdout: 'a: accepted\n' })
    expect(ran.stderr).toMatch(/^warning PRINTER_SILENT: a: /m)
    const printed = await at.run('print', ...sale, '--to', to)
    expect(printed.stderr).toMatch(/^warning PRINTER_SILENT: /m)
  })

  test('says that no journal is there', async () => {
    for (const args of [['list'], ['run'], ['retry', '1'], ['cancel', '1'], ['seen', '1']]) {
      const { code, stdout, stderr } = await at.run('queue', ...args, '--journal', 'mistyped.jsonl')
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
      expect(stderr).toMatch(/^error JOURNAL_NOT_FOUND: no journal is at mistyped\.jsonl/)
    }
    expect(at.files()).not.toContain('mistyped.jsonl')
  })
})
