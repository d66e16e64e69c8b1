/** Settings: what may be set, for whom, and who set it. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Archive, createArchive, DEFAULT_SETTINGS } from '../../src/vouchers/index.js'

const folder = mkdtempSync(join(tmpdir(), 'voucher-settings-'))
const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 4, minute))
let archive: Archive
beforeAll(async () => {
  archive = await createArchive(join(folder, 'shop.db'))
})
afterAll(async () => {
  await archive.close()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  ['copies', 0],
  ['copies', 4],
  ['copies', '2'],
  ['copyNames', []],
  ['copyNames', ['merchant', 'merchant']],
  ['copyNames', ['customer']],
  ['pauseMs', -1],
  ['pauseMs', 60_001],
  ['logo', ''],
  ['masking', { sale: 'none' }],
  ['masking', { selling: 'last4' }],
  ['minus', 'no'],
  ['language', 'en'],
  ['fields', { emw: false }],
  ['fields', { barcode: false }],
  ['ask', 'sometimes'],
  ['ask', { aboveFen: 1.5 }],
  ['dayStarts', '24:00'],
  ['zone', '+8'],
  ['completionMaxPercent', 99],
  ['externalOriginals', 1],
  ['entryForm', 'dash'],
])('%s cannot be %j', async (name, value) => {
  const error = await archive
    .changeSettings({ [name]: value }, { by: 'manager', now: at(0) })
    .catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'SETTING_INVALID' })
  expect((error as { path: string }).path.startsWith(name)).toBe(true)
  expect(await archive.settings()).toEqual(DEFAULT_SETTINGS)
  expect(await archive.settingsHistory()).toEqual([])
})

test('a name that is misspelt is told', async () => {
  await expect(
    archive.changeSettings({ copy: 2 }, { by: 'manager', now: at(0) }),
  ).rejects.toMatchObject({ path: 'copy', hint: expect.stringContaining('did you mean cop') })
})

test('a terminal has its own settings over those of the shop, and every change says who made it', async () => {
  const shop = { by: '店长', now: at(1) }
  const own = { by: '收银主管', now: at(2), terminal: '10023456' }
  await archive.changeSettings({ copies: 3, language: 'zh', ask: { aboveFen: 100000 } }, shop)
  await archive.changeSettings({ copies: 1, masking: { preauth: 'last4' } }, own)
  expect(await archive.settings()).toMatchObject({ copies: 3, language: 'zh', masking: {} })
  expect(await archive.settings('10023456')).toMatchObject({ copies: 1, language: 'zh' })
  expect(await archive.settings('20000000')).toMatchObject({ copies: 3 })
  const changes = await archive.settingsHistory()
  expect(changes).toEqual([
    {
      at: '2026-11-23T04:01:00.000Z',
      by: '店长',
      settings: { copies: 3, language: 'zh', ask: { aboveFen: 100000 } },
    },
    {
      at: '2026-11-23T04:02:00.000Z',
      by: '收银主管',
      terminal: '10023456',
      settings: { copies: 1, masking: { preauth: 'last4' } },
    },
  ])
  expect(await archive.settingsHistory('10023456')).toEqual([changes[1]])
})

test('no more copies than names, at the shop and at each terminal', async () => {
  const shop = { by: '店长', now: at(3) }
  const refused = { code: 'SETTING_INVALID', path: 'copies' }
  const two = { copyNames: ['merchant', 'cardholder'] }
  await expect(archive.changeSettings(two, shop)).rejects.toMatchObject(refused)
  await archive.changeSettings({ ...two, copies: 2 }, shop)
  await expect(archive.changeSettings({ copies: 3 }, shop)).rejects.toMatchObject(refused)
  const own = { ...shop, terminal: '10023456' }
  await expect(archive.changeSettings({ copies: 3 }, own)).rejects.toMatchObject(refused)
  await archive.changeSettings({ copies: 2 }, own)
  await expect(
    archive.changeSettings({ copies: 1, copyNames: ['merchant'] }, shop),
  ).rejects.toMatchObject({
    message: 'copies is 2 at terminal 10023456, and copyNames names only 1',
  })
})

test.each(['\u001b', '', '1 2', 'x'.repeat(21)])(
  'no trade can be of terminal %j, so it has no settings',
  async (terminal) => {
    await expect(
      archive.changeSettings({ copies: 1 }, { by: 'manager', now: at(9), terminal }),
    ).rejects.toMatchObject({ code: 'SETTING_INVALID', path: 'terminal' })
  },
)

test('a name with a control character is refused, because the history shows it', async () => {
  await expect(
    archive.changeSettings({ copies: 1 }, { by: '01\u001b[2J', now: at(9) }),
  ).rejects.toMatchObject({ code: 'TRADE_INVALID', path: 'by', hint: expect.any(String) })
})

test.each(['fields', 'masking'])('%s without a field of its own is not emptied', async (name) => {
  const change = JSON.parse(`{ "${name}": { "__proto__": false } }`)
  await expect(archive.changeSettings(change, { by: 'manager', now: at(9) })).rejects.toMatchObject(
    { code: 'SETTING_INVALID', path: `${name}.__proto__` },
  )
})
