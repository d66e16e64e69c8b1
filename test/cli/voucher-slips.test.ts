/** `vouchers print | reprint | show | template | settings` as processes. */

import { readFileSync, writeFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { startVirtualPrinter } from '../../src/entries/emulator.js'
import { generic58 } from '../../src/profiles/index.js'
import { readToken } from '../../src/vouchers/links/link.js'
import { readLinkKey } from '../../src/vouchers/links/link-key.js'
import { workplace } from './run.js'

const { run, path, files } = workplace()
const store = ['--store', 'shop.db']
const profile = ['--profile', 'generic-58']

test('a signed link opens the voucher behind it, for as long as it says', async () => {
  await run('vouchers', 'init', '--store', 'links.db')
  const own = ['--store', 'links.db']
  const trade = { type: 'sale', kind: 'cash', fen: 5100, at: '2026-11-23T12:02:17+08:00' }
  writeFileSync(path('sold.json'), JSON.stringify({ ...trade, terminal: '1', operator: '01' }))
  await run('vouchers', 'add', 'sold.json', ...own)
  const to = ['--base', 'https://shop.example/v/', '--link-key', 'links.key', ...own]
  const made = await run('vouchers', 'link', '1', '--days', '2', '--json', ...to)
  const { id, copy, expires, link } = JSON.parse(made.stdout)
  expect(copy).toBe('cardholder')
  const days = (Date.parse(expires) - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(1.9)
  expect(days).toBeLessThan(2.01)
  const key = await readLinkKey(path('links.key'))
  const token = /^https:\/\/shop\.example\/v\/([\w-]{51})$/.exec(link)?.[1] as string
  expect(readToken(token, key)).toMatchObject({ id, copy: 'cardholder' })
  const plain = await run('vouchers', 'link', id, '--copy', 'merchant', ...to)
  expect(readToken(plain.stdout.trim().slice(-51), key)).toMatchObject({ id, copy: 'merchant' })
  const wrong = await run('vouchers', 'link', '1', '--base', 'shop', '--link-key', 'k', ...own)
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('LINK_INVALID')])
})

test('a cash trade from the first setting to the reprint', async () => {
  const virtual = await startVirtualPrinter({ profile: generic58, processIds: true })
  onTestFinished(() => virtual.close())
  const to = ['--to', virtual.uri, ...profile, '--by', '01', ...store]
  await run('vouchers', 'init', ...store)
  await run('vouchers', 'settings', '--set', 'language=zh', '--by', '店长', ...store)
  const history = await run('vouchers', 'settings', '--history', '--json', ...store)
  expect(JSON.parse(history.stdout)).toMatchObject({
    changes: [{ by: '店长', settings: { language: 'zh' } }],
  })
  const trade = { type: 'sale', kind: 'cash', fen: 5100, tenderedFen: 10000 }
  const place = { at: '2026-11-23T12:02:17+08:00', terminal: '10023456', operator: '01' }
  writeFileSync(path('trade.json'), JSON.stringify({ ...trade, ...place }))
  expect((await run('vouchers', 'add', 'trade.json', ...store)).code).toBe(0)

  const shown = await run('vouchers', 'show', '1', '--slip', 'cardholder', ...profile, ...store)
  expect(shown.stdout).toMatch(/消费者存根[\s\S]*找零:\s+￥49\.00[\s\S]*第2联\/共2联/)
  const template = await run('vouchers', 'template', 'cash')
  const own = JSON.parse(template.stdout)
  own.nodes.splice(-1, 0, { kind: 'text', text: '多谢光临' })
  writeFileSync(path('own.json'), JSON.stringify(own))

  const opened = await run('vouchers', 'print', '1', '--drawer-only', '--json', ...to)
  expect(JSON.parse(opened.stdout)).toEqual({ drawer: true })
  const printed = await run('vouchers', 'print', '1', '--template', 'own.json', '--json', ...to)
  expect(JSON.parse(printed.stdout).prints).toMatchObject([
    { copy: 'merchant', outcome: 'confirmed', marked: false },
    { copy: 'cardholder', outcome: 'confirmed', marked: false },
  ])
  const twice = await run('vouchers', 'print', '1', '--json', ...to)
  expect([twice.code, JSON.parse(twice.stdout).error.code]).toEqual([1, 'PRINTED_ALREADY'])

  writeFileSync(path('ready.txt'), `收单机构签购单\n${'0123456789'.repeat(4)}\n`)
  const ready = ['--text', 'ready.txt', '--copies', 'merchant', '--why', '客户遗失']
  const again = await run('vouchers', 'reprint', '1', ...ready, ...to)
  expect(again.stdout).toMatch(/^merchant: confirmed \(.*\), marked as reprint 1$/m)
  expect(again.stderr).toContain('LINE_WRAPPED')

  await virtual.settled()
  expect(virtual.text.match(/多谢光临/g)).toHaveLength(2)
  expect(virtual.text).toMatch(/重打印凭证 DUPLICATED[\s\S]*收单机构签购单/)
  expect(virtual.papers.reduce((sum, paper) => sum + paper.pulses.length, 0)).toBe(1)
  expect(files()).toContain('shop.db.jobs')
  expect(readFileSync(path('shop.db.key')).length).toBeGreaterThan(0)
})
