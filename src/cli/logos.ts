/** `xiaopiao logos`: uploads, lists, deletes and replaces pictures in the memory of a printer. */

import { existsSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import { imageToBitmap, loadImage, pictureDiagnostics } from '../images/index.js'
import { listLogos, removeLogo, replaceNvImages, uploadLogo } from '../logos/index.js'
import type { Bitmap } from '../model/bitmap.js'
import type { StoredLogo } from '../model/logo.js'
import { transportFor } from '../transports/uri.js'
import { type ProfileOptions, readBytes, readLogos, readProfile, withProfile } from './input.js'
import { readNumber } from './numbers.js'
import { showDiagnostics, writeOutput } from './output.js'
import { STREAM } from './streams.js'

interface UploadOptions extends ProfileOptions {
  readonly to: string
  readonly width?: string
  readonly key?: string
  readonly record?: string
}

export function addLogos(program: Command): void {
  const logos = program
    .command('logos')
    .description("pictures kept in the printer's own memory, so that a receipt names them by a key")
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao logos upload logo.png --profile epson-tm-t88v --to tcp://192.168.1.50 --record logos.json
  xiaopiao logos list --to tcp://192.168.1.50`,
    )
  addUpload(logos)
  addList(logos)
  addDelete(logos)
  addReplace(logos)
}

function addUpload(logos: Command): void {
  withProfile(logos.command('upload <image>'))
    .description('put a picture into the printer, unless it is there')
    .requiredOption('--to <uri>', 'tcp://host[:9100] or another address')
    .option('--width <dots>', 'width in dots; default one dot per pixel')
    .option('--key <key>', 'two characters; by default they follow from the picture')
    .option('--record <file>', 'JSON list of what is in the printer; give it to --logos')
    .addHelpText(
      'after',
      `
Examples:
  xiaopiao logos upload logo.png --profile epson-tm-t88v --to tcp://192.168.1.50 --record logos.json
  xiaopiao logos upload - --profile epson-tm-t88v --to tcp://192.168.1.50 < logo.png
  xiaopiao print sale.json --logos logos.json --profile epson-tm-t88v --to tcp://192.168.1.50`,
    )
    .action(async (path: string, options: UploadOptions) => {
      const bitmap = await readBitmap(path, options)
      const { record, key } = options
      const known = await knownOf(record)
      const { logo, written } = await uploadLogo(await transportFor(options.to), bitmap, {
        known,
        ...(key === undefined ? {} : { key }),
      })
      if (record !== undefined) await writeOutput(record, listWith(known, logo))
      const did = written ? 'stored' : 'was there already'
      process.stdout.write(
        `${logo.key} ${did}: ${logo.widthDots} × ${logo.heightDots} dots, ${bitmap.data.length} bytes\n`,
      )
    })
}

async function readBitmap(
  path: string,
  options: ProfileOptions & { readonly width?: string },
): Promise<Bitmap> {
  const { widthDots: maxWidthDots } = await readProfile(options)
  const isStream = path === STREAM
  const pixels = isStream
    ? await loadImage(await readBytes(path))
    : await loadImage(basename(path), { root: dirname(resolve(path)) })
  const rule = { min: 1, max: 4096, isWhole: true, code: 'WIDTH_INVALID' }
  const { width } = options
  const widthDots = width === undefined ? undefined : readNumber('--width', width, rule)
  const bitmap = imageToBitmap(pixels, { maxWidthDots, widthDots })
  showDiagnostics(pictureDiagnostics(pixels, bitmap, path))
  return bitmap
}

async function knownOf(record: string | undefined): Promise<readonly StoredLogo[]> {
  return record !== undefined && existsSync(record) ? readLogos(record) : []
}

interface ReplaceOptions extends ProfileOptions {
  readonly to: string
  readonly record: string
}

function addReplace(logos: Command): void {
  withProfile(logos.command('replace <images...>'))
    .description(
      'for printers with the older memory (FS q): put these pictures there, and no others',
    )
    .requiredOption('--to <uri>', 'tcp://host[:9100] or another address')
    .requiredOption(
      '--record <file>',
      'JSON list of what is in the printer; nothing is written twice',
    )
    .addHelpText(
      'after',
      '\nExample:\n  xiaopiao logos replace logo.png wechat.png --profile xprinter-xp-58iih --to tcp://192.168.1.50 --record logos.json',
    )
    .action(async (paths: readonly string[], options: ReplaceOptions) => {
      const bitmaps: Bitmap[] = []
      for (const path of paths) bitmaps.push(await readBitmap(path, options))
      const transport = await transportFor(options.to)
      const known = await knownOf(options.record)
      const { logos: stored, written } = await replaceNvImages(transport, bitmaps, known)
      await writeOutput(options.record, `${JSON.stringify(stored, null, 2)}\n`)
      process.stdout.write(`${stored.length} ${written ? 'stored' : 'were there already'}\n`)
    })
}

function listWith(known: readonly StoredLogo[], logo: StoredLogo): string {
  const others = known.filter(({ key }) => key !== logo.key)
  return `${JSON.stringify([...others, logo], null, 2)}\n`
}

function addList(logos: Command): void {
  logos
    .command('list')
    .description('the keys that the printer holds, and its room')
    .requiredOption('--to <uri>', 'tcp://host[:9100] or another address')
    .addHelpText('after', '\nExample:\n  xiaopiao logos list --to tcp://192.168.1.50')
    .action(async ({ to }: { readonly to: string }) => {
      const { keys, freeBytes, capacityBytes } = await listLogos(await transportFor(to))
      for (const key of keys) process.stdout.write(`${key}\n`)
      const bytes = (count: number | undefined) => (count === undefined ? 'unknown' : String(count))
      process.stderr.write(`free: ${bytes(freeBytes)} of ${bytes(capacityBytes)} bytes\n`)
    })
}

function addDelete(logos: Command): void {
  logos
    .command('delete <key>')
    .description('delete a picture from the printer')
    .requiredOption('--to <uri>', 'tcp://host[:9100] or another address')
    .addHelpText('after', '\nExample:\n  xiaopiao logos delete K1 --to tcp://192.168.1.50')
    .action(async (key: string, { to }: { readonly to: string }) => {
      const deleted = await removeLogo(await transportFor(to), key)
      process.stdout.write(deleted ? `${key} deleted\n` : `there is no ${key}\n`)
    })
}
