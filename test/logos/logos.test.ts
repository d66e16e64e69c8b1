import { describe, expect, it } from 'vitest'
import { compileJson } from '../../src/compile.js'
import type { VirtualDevice } from '../../src/device/device.js'
import { virtualDevice } from '../../src/device/virtual-device.js'
import { encodeCommand, encodeCommands } from '../../src/encoders/escpos/codec.js'
import { printLogo, storeLogo, storeNvImages } from '../../src/encoders/escpos/logo-commands.js'
import { printBytes, VirtualPrinter } from '../../src/entries/emulator.js'
import { imageToBitmap } from '../../src/images/image-to-bitmap.js'
import {
  hashOfBitmap,
  listLogos,
  removeLogo,
  replaceNvImages,
  uploadLogo,
} from '../../src/logos/index.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import { generic58 } from '../../src/profiles/index.js'
import { memory } from '../../src/transports/memory.js'

/** A logo of 384 × 160: rings, so that no row is blank and no two logos of different `period` are alike. */
function logo(period = 9): Pixels {
  const [widthPx, heightPx] = [384, 160]
  const data = new Uint8Array(widthPx * heightPx * 4).fill(255)
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const ink = Math.hypot(x - 192, y - 80) % period < period / 2 ? 0 : 255
      data.fill(ink, (y * widthPx + x) * 4, (y * widthPx + x) * 4 + 3)
    }
  }
  return { widthPx, heightPx, data }
}

function bitmapOf(pixels: Pixels) {
  return imageToBitmap(pixels, { maxWidthDots: 384 })
}

function printer(options: ConstructorParameters<typeof VirtualDevice>[0] = {}) {
  const device = virtualDevice(options)
  let said: number[] = []
  device.listen({ reply: (bytes) => said.push(...bytes) })
  const transport = memory({
    answer: (data) => {
      device.receive(data)
      const answer = Uint8Array.from(said)
      said = []
      return answer
    },
  })
  return { device, transport }
}

const short = { timeoutMs: 200 }
const withMemory: Profile = { ...generic58, storedLogos: 'gs-l' }

describe('logos in the printer', () => {
  it('are written once, and never again', async () => {
    const { device, transport } = printer()
    const first = await uploadLogo(transport, bitmapOf(logo()))
    expect(first.written).toBe(true)
    expect(first.logo).toMatchObject({ widthDots: 384, heightDots: 160 })
    expect(device.logos).toMatchObject({ keys: [first.logo.key], writes: 1 })
    const again = await uploadLogo(transport, bitmapOf(logo()))
    expect(again).toEqual({ logo: first.logo, written: false })
    const known = await uploadLogo(transport, bitmapOf(logo()), { known: [first.logo] })
    expect(known.written).toBe(false)
    expect(device.logos.writes).toBe(1)
  })

  it('are listed over many blocks, with the room that is left', async () => {
    const { transport } = printer({ logoBytes: 100_000 })
    const keys: string[] = []
    for (let i = 0; i < 85; i++) {
      const key = `K${String.fromCharCode(0x21 + i)}`
      keys.push(key)
      await uploadLogo(transport, { widthDots: 8, heightDots: 1, data: Uint8Array.of(i) }, { key })
    }
    const found = await listLogos(transport)
    expect(found.keys).toEqual(keys)
    expect(found.capacityBytes).toBe(100_000)
    expect(found.freeBytes).toBe(100_000 - 85 * 18)
    expect(await removeLogo(transport, 'K!')).toBe(true)
    expect(await removeLogo(transport, 'K!')).toBe(false)
    expect((await listLogos(transport)).keys).toEqual(keys.slice(1))
  })

  it('are refused where there is no room, before anything is written', async () => {
    const { device, transport } = printer({ logoBytes: 5000 })
    await expect(uploadLogo(transport, bitmapOf(logo()))).rejects.toMatchObject({
      code: 'LOGO_NO_ROOM',
      message: expect.stringContaining('5000'),
    })
    expect(device.logos.writes).toBe(0)
  })

  it('do not overwrite a key that is taken', async () => {
    const { device, transport } = printer()
    const { logo: first } = await uploadLogo(transport, bitmapOf(logo(9)), { key: 'K1' })
    const other = uploadLogo(transport, bitmapOf(logo(13)), { key: 'K1', known: [first] })
    await expect(other).rejects.toMatchObject({ code: 'LOGO_KEY_TAKEN' })
    expect(device.logos.writes).toBe(1)
  })

  it('are not written to a printer that does not say what it holds', async () => {
    const { device, transport } = printer({ oneWay: true })
    await expect(uploadLogo(transport, bitmapOf(logo()), short)).rejects.toMatchObject({
      code: 'LOGO_SILENT',
    })
    expect(device.logos.writes).toBe(0)
  })
})

describe('a receipt with a stored logo', () => {
  const nodes = [
    { kind: 'image', src: 'logo', align: 'center' },
    { kind: 'text', text: '合计 ¥12.50' },
    { kind: 'feed' },
  ]
  const images = { logo: logo() }
  const bitmap = bitmapOf(logo())
  const stored = { key: 'K1', hash: hashOfBitmap(bitmap), widthDots: 384, heightDots: 160 }

  it('has at most 40 bytes for it, and prints the same paper', () => {
    const none = compileJson({ nodes: nodes.slice(1) }, { profile: withMemory }).bytes.length
    const dots = compileJson({ nodes }, { profile: withMemory, images })
    const keyed = compileJson({ nodes }, { profile: withMemory, images, logos: [stored] })
    expect(keyed.bytes.length - none).toBeLessThanOrEqual(40)
    expect(dots.bytes.length - keyed.bytes.length).toBeGreaterThanOrEqual(7000)
    const device = new VirtualPrinter({ profile: withMemory })
    device.write(encodeCommand(storeLogo('K1', bitmap)))
    device.write(keyed.bytes)
    const paper = device.end()
    expect(paper.notes).toEqual([])
    expect(paper.bitmap).toEqual(printBytes(dots.bytes, withMemory).bitmap)
  })

  it('by the key in the node as well, in its place', () => {
    const small = {
      nodes: [{ kind: 'image', src: 'logo', width: 100, align: 'right', stored: 'Q7' }],
    }
    const { commands, strip } = compileJson(small, { profile: withMemory, images })
    expect(commands.slice(-3)).toEqual([
      { kind: 'align', n: 2 },
      { kind: 'graphicsNvPrint', kc1: 0x51, kc2: 0x37, x: 1, y: 1 },
      { kind: 'align', n: 0 },
    ])
    expect(strip.blocks[0]).toMatchObject({ kind: 'image', x: 284, stored: 'Q7' })
  })

  it('is dots where the printer has no memory for it, or holds another', () => {
    const plain = compileJson({ nodes }, { profile: generic58, images }).bytes
    expect(compileJson({ nodes }, { profile: generic58, images, logos: [stored] }).bytes).toEqual(
      plain,
    )
    const other = { ...stored, hash: hashOfBitmap(bitmapOf(logo(13))) }
    expect(compileJson({ nodes }, { profile: withMemory, images, logos: [other] }).bytes).toEqual(
      plain,
    )
  })

  it('is put into the older memory once, with all others, and printed by its number', async () => {
    const profile: Profile = { ...generic58, storedLogos: 'fs-q' }
    const { transport } = printer()
    const bitmaps = [bitmapOf(logo(13)), bitmap]
    const { logos, written } = await replaceNvImages(transport, bitmaps)
    expect(written).toBe(true)
    expect(logos.map(({ key }) => key)).toEqual(['1', '2'])
    expect((await replaceNvImages(transport, bitmaps, logos)).written).toBe(false)
    expect((await replaceNvImages(transport, [bitmap], logos)).written).toBe(true)
    expect(transport.jobs.length).toBe(2)
    const receipt = compileJson({ nodes }, { profile, images, logos })
    const paper = printBytes(
      Buffer.concat([transport.jobs[0] ?? new Uint8Array(0), receipt.bytes]),
      profile,
    )
    expect(paper.images.map(({ bitmap: printed }) => printed.data)).toEqual([bitmap.data])
  })

  it('by FS p from images of FS q', () => {
    const profile: Profile = { ...generic58, storedLogos: 'fs-q' }
    const bytes = encodeCommands([
      storeNvImages([bitmapOf(logo(13)), bitmap]),
      printLogo('2', 'fs-q'),
    ])
    const paper = printBytes(bytes, profile)
    expect(paper.bitmap.data).toEqual(bitmap.data)
    const keyed = compileJson({ nodes }, { profile, images, logos: [{ ...stored, key: '2' }] })
    expect(keyed.commands).toContainEqual({ kind: 'printNvImage', n: 2, m: 0 })
  })
})

it('the paper prints from the memory that the device answers about', () => {
  const bitmap = { widthDots: 64, heightDots: 64, data: new Uint8Array(512).fill(0xff) }
  const bytes = encodeCommands([storeLogo('A1', bitmap), printLogo('A1', 'gs-l')])
  const printed = (logoBytes: number) => {
    const device = virtualDevice({ profile: generic58, logoBytes })
    device.receive(bytes)
    const [paper] = device.papers
    return [device.logos.keys, paper?.images.length, paper?.notes.map(({ code }) => code)]
  }
  expect(printed(100)).toEqual([[], 0, ['PICTURE_NOT_KEPT', 'PICTURE_MISSING']])
  expect(printed(1000)).toEqual([['A1'], 1, []])
  const device = virtualDevice({ profile: generic58 })
  device.receive(bytes)
  device.restart()
  device.receive(encodeCommands([printLogo('A1', 'gs-l')]))
  expect([device.logos.keys, device.papers[1]?.images.length]).toEqual([['A1'], 1])
})
