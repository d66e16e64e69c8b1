import { describe, expect, onTestFinished, test } from 'vitest'
import { startVirtualPrinter } from '../../src/emulator/index.js'
import { generic80 } from '../../src/profiles/index.js'
import { workplace } from './run.js'

const at = workplace()
const sale = ['sale.json', '--data', 'sale.data.json', '--profile', 'generic-80']
const inJournal = ['--journal', 'jobs.jsonl']

describe('queue', () => {
  test('takes jobs, gives them to another printer, prints each once', {
    timeout: 180_000,
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
    expect((await at.run(...printed)).stdout).toBe('done before: 1\n')
    expect(virtual.jobs).toHaveLength(2)
  })
})
