/**
 * Limits of what grows unseen: bytes of receipts, bundles, packages, modules and memory. Nothing here is a time, because a machine that is
 * busy is slow. Whoever needs more raises a limit, and says why.
 */

import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ensureBuilt, root } from '../built.js'

beforeAll(ensureBuilt)

interface Weights {
  bundles(): Promise<Readonly<Record<string, number>>>
  packages(): readonly string[]
}

async function weights(): Promise<Weights> {
  return import(/* @vite-ignore */ `${root}bench/weights.mjs`)
}

/** What `bench/measure.mjs` finds in a process of its own. */
function measured(kind: string, library: string, receipt: string): Record<string, never> {
  const flags = ['--expose-gc', '--max-semi-space-size=64']
  const args = [...flags, `${root}bench/measure.mjs`, kind, library, receipt]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

it.each([
  ['xiaopiao', 'slip', 900],
  ['xiaopiao, native QR', 'bill', 2000],
  ['xiaopiao', 'bill', 7900],
  ['xiaopiao', 'bill with a logo', 17_600],
  ['xiaopiao, HPRT TP80K', 'bill', 4200],
  ['xiaopiao, HPRT TP80K', 'bill with a logo', 11_900],
  ['xiaopiao, margin and doubled dots', 'bill', 2500],
  ['xiaopiao, margin and doubled dots', 'bill with a logo', 10_300],
])('bytes: %s, %s', (library, receipt, limit) => {
  const { base64 } = measured('bytes', library, receipt)
  const { length } = Buffer.from(String(base64), 'base64')
  expect(length).toBeGreaterThan(limit / 2)
  expect(length).toBeLessThanOrEqual(limit)
})

it('bundles for browsers, by gzip', async () => {
  const { bundles } = await weights()
  const sizes = await bundles()
  const limits: Readonly<Record<string, number>> = {
    'a slip in Latin letters': 50_300,
    'a slip in GBK': 71_000,
    'a slip by the whole of xiaopiao': 202_000,
    'a slip and its preview, without glyphs': 227_000,
  }
  expect(Object.keys(sizes)).toEqual(Object.keys(limits))
  const heavy = Object.entries(sizes).filter(([name, size]) => size > (limits[name] as number))
  expect(heavy).toEqual([])
})

it('an installation brings one other package', async () => {
  const { packages } = await weights()
  expect(packages()).toEqual(['xiaopiao', 'commander'])
})

it('an import loads few files', () => {
  expect(filesOf('index.js')).toEqual(['chunk-core.js', 'chunk-model.js', 'index.js'])
  expect(filesOf('cli/main.js').length).toBeLessThan(4)
  for (const light of ['transports/tcp.js', 'profiles/generic-58-latin.js']) {
    expect(filesOf(light)).toContain('chunk-model.js')
    expect(filesOf(light).filter((file) => file.includes('core'))).toEqual([])
  }
})

/** The files of the package that a module loads when it is imported. */
function filesOf(entry: string): readonly string[] {
  const found = new Set<string>()
  const visit = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    const text = readFileSync(`${root}dist/${file}`, 'utf8')
    for (const [, path] of text.matchAll(/(?:from|import)\s*"(\.[^"]+)"/g)) {
      visit(posix.join(posix.dirname(file), path as string))
    }
  }
  visit(entry)
  return [...found].sort()
}

it.each([
  ['slip', 80_000],
  ['bill', 220_000],
])('memory that a %s takes', (receipt, limit) => {
  const { bytes } = measured('allocated', 'xiaopiao, native QR', receipt)
  expect(Number(bytes)).toBeGreaterThan(1000)
  expect(Number(bytes)).toBeLessThanOrEqual(limit)
})
