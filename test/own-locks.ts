/**
 * Each test file keeps the locks of its printers in a folder of its own. A job that fails leaves word of half a command beside the lock, and
 * the port of a virtual printer soon belongs to one of another test, which would get the rest of that command.
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, vi } from 'vitest'

const own = vi.hoisted(() => ({ folder: '' }))

vi.mock('../src/locks/printer-lock.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('../src/locks/printer-lock.js')>()
  const lockPrinter: typeof original.lockPrinter = (key, options) => {
    own.folder ||= mkdtempSync(join(tmpdir(), 'xiaopiao-own-locks-'))
    return original.lockPrinter(key, { lockFolder: own.folder, ...options })
  }
  return { ...original, lockPrinter }
})

afterAll(() => {
  if (own.folder !== '') rmSync(own.folder, { recursive: true, force: true })
  own.folder = ''
})
