/** The receipts of `fixtures/receipts`: each a template and its data, and the pictures that they name. */

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
export const fixtureNames = allNames.filter((name) => !name.startsWith('lang-'))
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

export function compileFixture(name: string, profile: Profile): Compiled {
  const fonts = name === 'scripts' ? fixtureFonts : undefined
  return compileJson(fixtureReceipt(name), { profile, images: fixtureImages, fonts })
}
