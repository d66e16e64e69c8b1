import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { workplace } from './run.js'
import { runHere } from './run-here.js'

const at = workplace()
const counter = '前台=tcp://192.168.1.50,profile=generic-80'
const run = (...args: readonly string[]) => runHere('agent', ...args)

test('install shows the unit with whole paths, and writes it', async () => {
  const folder = at.path('agent')
  const options = ['--folder', folder, '--printer', counter, '--lan', '0.0.0.0:8199', '--hold', '5']
  const shown = await run('install', ...options, '--user', 'till', '--dry-run')
  expect(shown).toMatchObject({ code: 0, stderr: '' })
  const [, command = ''] = /^ExecStart=(.*)$/m.exec(shown.stdout) ?? []
  expect(command).toContain(` agent run --folder "${folder}" --printer "${counter}"`)
  expect(command).toContain(' --lan 0.0.0.0:8199 --hold 5')
  expect(shown.stdout).toContain('\nUser=till\n')
  const unit = at.path('agent.service')
  const written = await run('install', ...options, '--user', 'till', '--unit', unit)
  expect(written.stdout).toContain('systemctl enable --now')
  expect(await readFile(unit, 'utf8')).toBe(shown.stdout)
  const nowhere = await run('install', ...options, '--unit', at.path('no/unit'))
  expect(nowhere.code).toBe(1)
  expect(nowhere.stderr).toContain('error UNIT_UNWRITTEN')
})

test('a mistake is named before anything happens', async () => {
  const folder = ['--folder', at.path('none')]
  expect((await run('run', ...folder)).stderr).toContain(
    'error PRINTERS_MISSING: no printer is named',
  )
  const twice = ['--printer', counter, '--printer', counter]
  expect((await run('run', ...folder, ...twice)).stderr).toContain('error PRINTER_INVALID')
  expect((await run('run', ...folder, '--printer', 'tcp')).stderr).toContain('PRINTER_INVALID')
  const unknown = ['--printer', 'a=tcp://127.0.0.1,profile=generic-8O']
  expect((await run('run', ...folder, ...unknown)).stderr).toContain('error PROFILE_UNKNOWN')
  const missing = await run('run', ...folder, '--printer', counter)
  expect(missing).toMatchObject({ code: 1 })
  expect(missing.stderr).toContain('error AGENT_MISSING')
  expect((await run('lan-key', ...folder)).stderr).toContain('error AGENT_MISSING')
  const port = await run('run', ...folder, '--printer', counter, '--lan', '0.0.0.0:http')
  expect(port.stderr).toContain('error PORT_INVALID')
  const hub = ['--hub', 'hub.example', '--code', 'a.b', '--name', '总店']
  expect((await run('enrol', ...folder, ...hub)).stderr).toContain('https://')
  const away = ['--hub', 'http://127.0.0.1:1', '--code', 'a.b', '--name', '总店']
  expect((await run('enrol', ...folder, ...away)).stderr).toContain('error HUB_UNREACHABLE')
})
