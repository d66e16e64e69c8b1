import { execFileSync, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { lockFile } from '../../src/locks/file-lock.js'
import { formatOwner, lifeOf, ownOwner, parseOwner } from '../../src/locks/owner.js'
import { lockNameOf, lockPrinter } from '../../src/locks/printer-lock.js'

// The folders that all users share are what is tested here.
vi.unmock('../../src/locks/printer-lock.js')

async function freshFolder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'xiaopiao-locks-'))
  onTestFinished(() => rm(path, { recursive: true }))
  return path
}

/** The file by which a process with these facts would hold the lock. */
async function claimOf(path: string, facts: Partial<Awaited<ReturnType<typeof ownOwner>>>) {
  return `${path}.${formatOwner({ ...(await ownOwner()), ...facts }, '00000000')}`
}

/** A process number that is free again. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise((resolve) => child.once('exit', resolve))
  return child.pid ?? 0
}

describe('a lock between processes', () => {
  it('waits for its holder, and gives up in time', async () => {
    const path = join(await freshFolder(), 'device.lock')
    const first = await lockFile(path)
    const refused = await lockFile(path, { timeoutMs: 60 }).catch((error: unknown) => error)
    const [file = ''] = await readdir(join(path, '..'))
    const message = `process ${process.pid} holds the lock ${join(path, '..', file)}`
    expect(refused).toMatchObject({ code: 'LOCKED', message })
    const second = lockFile(path, { timeoutMs: 5000 })
    await first.release()
    await (await second).release()
    expect(await readdir(join(path, '..'))).toEqual([])
  })

  it('has one holder at a time, however many want it', async () => {
    const path = join(await freshFolder(), 'device.lock')
    let inside = 0
    let most = 0
    const turn = async () => {
      const lock = await lockFile(path, { timeoutMs: 20_000 })
      most = Math.max(most, ++inside)
      await new Promise((resolve) => setTimeout(resolve, 2))
      inside--
      await lock.release()
    }
    await Promise.all(Array.from({ length: 12 }, turn))
    expect(most).toBe(1)
  })

  it('is not kept by a process that has ended, nor by an earlier boot', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'device.lock')
    await writeFile(await claimOf(path, { pid: await deadPid() }), '')
    await writeFile(await claimOf(path, { pid: process.pid, boot: 'ffffffff' }), '')
    await (await lockFile(path, { timeoutMs: 0 })).release()
    expect(await readdir(folder)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')(
    'is not kept by an earlier process that had the same number',
    async () => {
      const path = join(await freshFolder(), 'device.lock')
      await writeFile(await claimOf(path, { start: '1' }), '')
      await (await lockFile(path, { timeoutMs: 0 })).release()
    },
  )

  it.skipIf(process.platform === 'win32')(
    'follows no link, waits for no pipe, and writes to nothing that is there',
    async () => {
      const folder = await freshFolder()
      const path = join(folder, 'device.lock')
      const target = join(folder, 'target')
      await writeFile(target, 'precious')
      for (const name of [path, await claimOf(path, {})]) await symlink(target, name)
      execFileSync('mkfifo', [await claimOf(path, { start: '2' })])
      await (await lockFile(path, { timeoutMs: 0 })).release()
      expect(await readFile(target, 'utf8')).toBe('precious')
    },
  )

  it('is not in the way of an empty file, as earlier versions or a power cut leave it', async () => {
    const path = join(await freshFolder(), 'device.lock')
    await writeFile(path, '')
    await (await lockFile(path, { timeoutMs: 0 })).release()
  })
})

describe('a lock that keeps what the dead have left', () => {
  it('tells the largest number that they noted, until it is forgotten', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'device.lock')
    const first = await lockFile(path, { keepsDead: true })
    await first.note(700)
    const [name = ''] = await readdir(folder)
    expect((await stat(join(folder, name))).size).toBe(700)
    await first.release()
    await writeFile(await claimOf(path, { pid: await deadPid() }), new Uint8Array(700))
    await writeFile(await claimOf(path, { pid: process.pid, boot: 'ffffffff' }), '')
    const second = await lockFile(path, { keepsDead: true })
    expect(second.leftByDead).toBe(700)
    await second.release()
    const third = await lockFile(path, { keepsDead: true })
    expect(third.leftByDead).toBe(700)
    await third.forgetDead()
    expect(third.leftByDead).toBeUndefined()
    await third.release()
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a lock that is left with a number', () => {
  it('is free, and tells the number to the next holder, also of another container', async () => {
    const folder = await freshFolder()
    const path = join(folder, 'device.lock')
    const first = await lockFile(path, { keepsDead: true })
    await first.leave(700)
    await first.release()
    const [name = ''] = await readdir(folder)
    expect((await stat(join(folder, name))).size).toBe(700)
    const nobody = parseOwner(name.slice('device.lock.'.length))
    expect(nobody && (await lifeOf(nobody, { ...(await ownOwner()), space: 'ffffffff' }))).toBe(
      'dead',
    )
    const second = await lockFile(path, { keepsDead: true, timeoutMs: 0 })
    expect(second.leftByDead).toBe(700)
    await second.leave(900)
    expect(await readdir(folder)).toHaveLength(1)
    const third = await lockFile(path, { keepsDead: true, timeoutMs: 0 })
    expect(third.leftByDead).toBe(900)
    await third.forgetDead()
    await third.release()
    expect(await readdir(folder)).toEqual([])
  })
})

describe('a lock of a process that cannot be seen', () => {
  /** A file of another machine, which shares the folder. */
  async function foreign(ageMs: number) {
    const path = join(await freshFolder(), 'device.lock')
    const file = await claimOf(path, { space: 'ffffffff' })
    await writeFile(file, '')
    const at = new Date(Date.now() - ageMs)
    await utimes(file, at, at)
    return { path, file }
  }

  /** The clock of whoever waits runs a hundred times as fast. */
  function hurry() {
    const start = performance.now()
    const real = performance.now.bind(performance)
    vi.spyOn(performance, 'now').mockImplementation(() => start + (real() - start) * 100)
    onTestFinished(() => void vi.restoreAllMocks())
  }

  it.each([
    ['long ago', 3_600_000],
    ['in the future', -3_600_000],
  ])('and dated %s is freed after it was watched', async (_, ageMs) => {
    const { path } = await foreign(ageMs)
    await expect(lockFile(path, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'LOCKED' })
    hurry()
    await (await lockFile(path, { timeoutMs: 20_000 })).release()
  })

  it('and is kept up to date stays held, and the file is named', async () => {
    const { path, file } = await foreign(0)
    hurry()
    const refused = lockFile(path, { timeoutMs: 20_000 })
    await expect(refused).rejects.toThrow(file)
  })
})

describe('an owner', () => {
  it('is read back from the name of its file; other names are not', async () => {
    const own = await ownOwner()
    expect(parseOwner(formatOwner(own, '0123abcd'))).toEqual(own)
    for (const text of ['', '17.3', 'steal', `${formatOwner(own, '0123abcd')}.new`]) {
      expect(parseOwner(text)).toBeUndefined()
    }
  })

  it('without a start time is known to be dead, and else only by the age of its file', async () => {
    const self = { ...(await ownOwner()), start: '0', boot: '0' }
    expect(await lifeOf({ ...self, pid: process.ppid }, self)).toBe('unknown')
    expect(await lifeOf({ ...self, pid: await deadPid() }, self)).toBe('dead')
  })
})

describe('the lock of a printer', () => {
  const { signal } = new AbortController()

  it('is in the folder that is named, or in a shared one', async () => {
    const lockFolder = await freshFolder()
    const key = `tcp://${lockFolder}`
    const name = await lockNameOf(key)
    const named = await lockPrinter(key, { lockFolder, signal })
    expect(await readdir(lockFolder)).toEqual([expect.stringContaining(`${name}.${process.pid}-`)])
    const shared = await lockPrinter(key, { signal })
    if (process.platform === 'linux') {
      const folders = ['/run/lock', '/tmp'].map((folder) => readdir(folder).catch(() => []))
      expect((await Promise.all(folders)).flat()).toContainEqual(expect.stringContaining(name))
    }
    await named?.release()
    await shared?.release()
    expect(await readdir(lockFolder)).toEqual([])
  })

  it('says that a folder which is named cannot be used', async () => {
    const lockFolder = join(await freshFolder(), 'missing')
    await expect(lockPrinter('tcp://x', { lockFolder, signal })).rejects.toMatchObject({
      code: 'LOCK_FOLDER',
      path: 'lockFolder',
    })
  })
})
