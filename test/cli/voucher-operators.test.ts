/** `vouchers operator` and the commands that need a manager, with PINs from files. */

import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cliPath, ensureBuilt } from '../built.js'
import { cash } from '../vouchers/helpers.js'
import { workplace } from './run.js'
import { runHere } from './run-here.js'

const { path, pipe } = workplace()
const store = ['--store', path('shop.db')] as const

async function vouchers(...args: readonly string[]) {
  const { code, stdout, stderr } = await runHere('vouchers', ...args, ...store)
  return { code, stdout, stderr }
}

function pins(...lines: readonly string[]): readonly string[] {
  const file = path(`pins-${lines.join('-')}`)
  writeFileSync(file, `${lines.join('\n')}\n`)
  return ['--pin-file', file]
}

test('a store with a first manager asks for PINs where it must', async () => {
  const weak = await vouchers('init', '--manager', '01', ...pins('1234'))
  expect(weak).toMatchObject({ code: 1, stderr: expect.stringContaining('error PIN_INVALID') })
  // Nothing was made, so that the command can be given again.
  const made = await vouchers('init', '--manager', '01', '--name', '王店长', ...pins('820416'))
  expect(made).toMatchObject({ code: 0, stderr: '' })

  const added = await vouchers(
    ...['operator', 'add', '02', '--name', '小李', '--by', '01'],
    ...pins('820416', '246813'),
  )
  expect(added).toMatchObject({ code: 0, stdout: 'added cashier 02 小李\n' })
  expect((await vouchers('operator', 'list')).stdout).toBe(
    '01  manager  王店长\n02  cashier  小李  must change the first PIN\n',
  )
  expect((await vouchers('operator', 'pin', '02', ...pins('246813', '739105'))).code).toBe(0)

  writeFileSync(path('cash.jsonl'), JSON.stringify(cash))
  const { stdout } = await vouchers('add', path('cash.jsonl'))
  const [, id = ''] = stdout.split(' ')
  const refund = ['refund', id, '--amount', '1.00', '--by', '02'] as const
  const alone = await vouchers(...refund, ...pins('739105'))
  expect(alone).toMatchObject({ code: 1, stderr: expect.stringContaining('error MANAGER_NEEDED') })
  const approved = await vouchers(...refund, '--approved-by', '01', ...pins('820416'))
  expect(approved).toMatchObject({ code: 0, stdout: expect.stringContaining('added ') })

  const set = ['settings', '--set', 'language=zh', '--by', '01'] as const
  const unasked = await vouchers(...set)
  expect(unasked.stderr).toMatch(/^error PIN_MISSING at pinFile: there is no screen/)
  const wrong = await vouchers(...set, ...pins('555666'))
  expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('error PIN_WRONG') })
  expect(wrong.stderr).not.toContain('555666')
  expect((await vouchers(...set, ...pins('820416'))).stdout).toContain('language = "zh"\n')

  const one = await vouchers('operator', 'reset', '02', '--by', '01', ...pins('820416'))
  expect(one.stderr).toMatch(/^error PIN_MISSING at pinFile: 2 PINs are missing/)
  const log = await vouchers('operator', 'log', '--limit', '3')
  expect(log.stdout.split('\n').map((line) => line.split('  ')[1])).toEqual([
    'sign-in',
    'attempt',
    'sign-in',
    undefined,
  ])
  const { records } = JSON.parse(
    (await vouchers('operator', 'log', '--limit', '2', '--json')).stdout,
  )
  expect(records.map(({ action }: { readonly action: string }) => action)).toEqual([
    'sign-in',
    'attempt',
  ])
})

test('a PIN may come by the standard input, and recovery says who and why', async () => {
  const program = ['vouchers', 'operator', 'recover', '01', '--by', '老板', '--why', '忘记密码']
  const { code } = await pipe('918273\n', ...program, '--pin-file', '-', ...store)
  expect(code).toBe(0)
  const log = await vouchers('operator', 'log', '--limit', '1')
  expect(log.stdout).toMatch(/ {2}recover-pin {2}01 {2}by 老板 {2}忘记密码\n$/)
  expect((await vouchers('verify')).stdout).toMatch(/are as they were recorded/)
})

/** A screen of its own for the command, which `script` of util-linux makes. */
const hasScript = spawnSync('script', ['--version']).error === undefined

test.skipIf(!hasScript)(
  'a PIN that is typed at a screen is not shown there',
  { timeout: 240_000 },
  async () => {
    await ensureBuilt()
    const screen = ['--store', path('screen.db')]
    const init = ['init', '--manager', '01', '--name', '王店长', ...pins('820416')]
    expect((await runHere('vouchers', ...init, ...screen)).code).toBe(0)
    const typed = async (...answers: readonly string[]) => {
      const args = ['vouchers', 'settings', '--set', 'language=zh', '--by', '01', ...screen]
      const command = [process.execPath, cliPath, ...args].map((one) => `'${one}'`).join(' ')
      const child = spawn('script', ['-qec', command, '/dev/null'], {
        env: { ...process.env, TERM: 'xterm' },
      })
      let shown = ''
      const left = [...answers]
      child.stdout.on('data', (bytes) => {
        shown += bytes
        if (/PIN of 01: $/.test(shown) && left.length > 0) child.stdin.write(`${left.shift()}\r`)
      })
      const [code] = await once(child, 'close')
      return { code, shown }
    }
    const wrong = await typed('555666')
    expect([wrong.code, wrong.shown]).toEqual([1, expect.stringContaining('error PIN_WRONG')])
    const right = await typed('820416')
    expect([right.code, right.shown]).toEqual([0, expect.stringContaining('language = "zh"')])
    for (const { shown } of [wrong, right]) expect(shown).not.toMatch(/555666|820416/)
  },
)
