/** The receipts of `fixtures/receipts`: each a template and its data, and the pictures that they name. */

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type Compiled, compileJson } from '../../src/compile.js'
import { loadImage } from '../../src/images/load.js'
import type { Pixels } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import { loadFonts } from '../../src/scripts/index.js'
import { type BindOptions, bindValue as bind } from '../../src/template/bind.js'

const receipts = new URL('../../fixtures/receipts/', import.meta.url)

const allNames: readonly string[] = readdirSync(receipts)
  .filter((file) => /^[^.]+\.json$/.test(file))
  .map((file) => file.slice(0, -'.json'.length))
  .sort()

/** Receipts for Chinese printers, on both paper widths. */
export const fixtureNames = allNames.filter((name) => !/^(lang|scripts)-/.test(name))
/** Receipts in scripts whose fonts are in no package of npm that the tests have. */
export const debianNames = allNames.filter((name) => name.startsWith('scripts-'))
/** Receipts in other languages, each for the printer that `languages.ts` names. */
export const languageNames = allNames.filter((name) => name.startsWith('lang-'))

export const fixtureImages: Readonly<Record<string, Pixels>> = {
  'logo.png': await loadImage(
    readFileSync(new URL('../../fixtures/receipts/logo.png', import.meta.url)),
  ),
}

const fontOf = (script: string, family: string) => ({
  bytes: readFileSync(
    createRequire(import.meta.url).resolve(
      `@expo-google-fonts/noto-sans-${script}/400Regular/${family}_400Regular.ttf`,
    ),
  ),
})

/** For the one fixture that needs them. */
export const fixtureFonts = await loadFonts([
  fontOf('thai', 'NotoSansThai'),
  fontOf('arabic', 'NotoSansArabic'),
  fontOf('devanagari', 'NotoSansDevanagari'),
  fontOf('khmer', 'NotoSansKhmer'),
])

const noto = '/usr/share/fonts/truetype/noto'
/** Of fonts-noto-core 20201225, because other versions have other outlines. */
const debianFiles = [
  [
    `${noto}/NotoSansHebrew-Regular.ttf`,
    '436900d5ad77d33e4234247f3076eaecd25b92b9bea0519514f684140e3566a7',
  ],
  [
    `${noto}/NotoSerifTibetan-Regular.ttf`,
    '5893c1e0aefb250bcbeff5c0f8ee4bb27cd3dc19b47d14954b154b094e10ee63',
  ],
] as const

/** The fonts of `debianNames`; undefined where these very files are not installed. */
export const debianFonts = debianFiles.every(([file, hash]) => isFile(file, hash))
  ? await loadFonts(debianFiles.map(([file]) => ({ bytes: readFileSync(file) })))
  : undefined

function isFile(file: string, hash: string): boolean {
  return existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === hash
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(new URL(file, receipts), 'utf8'))
}

/** The data of a fixture. */
export function fixtureData(name: string): unknown {
  return readJson(`${name}.data.json`)
}

/** The partials of a fixture, if it includes any. */
function fixturePartials(name: string): BindOptions {
  const file = `${name}.partials.json`
  return existsSync(new URL(file, receipts)) ? { partials: readJson(file) as Partials } : {}
}

type Partials = NonNullable<BindOptions['partials']>

/** The receipt of a fixture with its data bound, still unchecked. */
export function fixtureReceipt(name: string): unknown {
  return bind(readJson(`${name}.json`), fixtureData(name), fixturePartials(name))
}

function ofDebian(name: string): boolean {
  return debianNames.includes(name)
}

export function compileFixture(name: string, profile: Profile): Compiled {
  const fonts = name === 'scripts' ? fixtureFonts : ofDebian(name) ? debianFonts : undefined
  return compileJson(fixtureReceipt(name), { profile, images: fixtureImages, fonts })
}
