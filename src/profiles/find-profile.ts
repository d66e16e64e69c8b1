/** Finds a printer by the name that a person types: its id, or its model with or without the brand. The error names the nearest ones. */
import { ReceiptError } from '../model/errors.js'
import { nearestNames } from '../model/nearest-names.js'
import type { Profile } from '../model/profile.js'
import { profiles } from './list.gen.js'
import { type Maker, makers, otherPrinters } from './makers.js'

/** Words of a printer's name that do not tell which model it is. */
const PLAIN_WORDS =
  /打印机|打印機|热敏|小票|票据|收银|针式|微型|系列|thermal|receipt|printer|series/g
/** Fewest letters of a model without its brand, because shorter names are ambiguous, for example `T1`, which is a model of two makers. */
const LEAST_LETTERS = 3

/** The makers with brand names in two languages, and every other vendor of a profile with its own name. */
const brands: readonly Maker[] = [
  ...makers,
  ...[...new Set(profiles.map(({ vendor }) => vendor))]
    .filter((vendor) => vendor !== 'Generic' && !makers.some((maker) => maker.vendor === vendor))
    .map((vendor) => ({ vendor, words: [vendor.toLowerCase()] })),
]

interface Query {
  readonly maker: Maker | undefined
  /** Letters and digits of the model alone: `xpn160ii` for 芯烨 XP-N160Ⅱ 热敏打印机. */
  readonly model: string
}

/**
 * The profile of an id such as `generic-58`, or of the printer's name, with or without its brand: `POS-5890K`, `芯烨 XP-N160II`. Blanks,
 * hyphens and case do not matter. Throws `ReceiptError` `PROFILE_UNKNOWN`; its hint names the nearest printers of the same maker,
 * or says why there can be none.
 *
 * @example
 * findProfile('佳博 GP-L80250I').id // 'gprinter-gp-l80250'
 */
export function findProfile(id: string): Profile {
  const found = profiles.find((profile) => profile.id === id) ?? byExactName(id) ?? byModel(id)
  if (found !== undefined) return found
  throw new ReceiptError(`there is no printer profile '${id}'`, {
    code: 'PROFILE_UNKNOWN',
    hint: hintFor(id),
  })
}

/**
 * Returns the vendor, as the profiles spell it, for a brand name in Chinese or English; other text is returned as it is.
 *
 * @example
 * vendorOf('佳博') // 'Gprinter'
 */
export function vendorOf(brand: string): string {
  const wanted = plain(brand)
  return makers.find(({ words }) => words.includes(wanted))?.vendor ?? brand
}

function byExactName(id: string): Profile | undefined {
  const wanted = id.toLowerCase()
  return profiles.find((profile) => namesOf(profile).some((name) => name.toLowerCase() === wanted))
}

function byModel(id: string): Profile | undefined {
  const { maker, model } = readQuery(id)
  if (model === '' || (maker === undefined && model.length < LEAST_LETTERS)) return undefined
  const candidates = maker === undefined ? profiles : profilesOf(maker)
  return candidates.find((profile) => modelsOf(profile).includes(model))
}

function hintFor(id: string): string {
  const other = otherPrinters.find(({ names }) => names.test(plain(id).replaceAll(/[\s_-]/g, '')))
  if (other !== undefined) return `${id}: ${other.advice}`
  const { maker: named, model } = readQuery(id)
  const maker = named ?? makers.find(({ models }) => models?.test(model))
  const near = maker === undefined ? nearestIds(id) : relatives(maker, model)
  const question = near.length === 0 ? '' : `did you mean ${near.join(' or ')}? `
  const all =
    maker === undefined
      ? 'all are in `xiaopiao profiles`'
      : `all of this maker are in \`xiaopiao profiles --vendor ${maker.vendor.toLowerCase().split(' ')[0]}\``
  return `${question}${all}; an unknown printer begins with generic-58 or generic-80`
}

/** Returns the ids of printers whose id, name or alias is similar to the given one. */
function nearestIds(id: string): readonly string[] {
  const idsByName = new Map(
    profiles.flatMap((profile) => namesOf(profile).map((name) => [name, profile.id] as const)),
  )
  const near = nearestNames(id, [...idsByName.keys()]).map((name) => idsByName.get(name) ?? name)
  return [...new Set(near)]
}

/** Returns up to three printers of the maker: those of the same paper width first, then those whose name begins alike. */
function relatives(maker: Maker, model: string): readonly string[] {
  const paperMm = paperOf(model)
  return profilesOf(maker)
    .map((profile) => ({
      id: profile.id,
      samePaper: paperMm === undefined || profile.paperMm === paperMm,
      shared: Math.max(...modelsOf(profile).map((name) => sharedLetters(name, model))),
    }))
    .sort(
      (a, b) =>
        Number(b.samePaper) - Number(a.samePaper) || b.shared - a.shared || (a.id < b.id ? -1 : 1),
    )
    .slice(0, 3)
    .map(({ id }) => id)
}

/** Reads the width of the paper in mm from a model's name: 58 in `GP-58130`, 80 in `GP-L80250`. */
function paperOf(model: string): number | undefined {
  if (/5[78]/.test(model)) return 58
  return /8[08]/.test(model) ? 80 : undefined
}

function sharedLetters(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count++
  return count
}

function readQuery(text: string): Query {
  const wanted = plain(text)
  const maker = brands.find(({ words }) => words.some((word) => hasWord(wanted, word)))
  return { maker, model: modelIn(wanted, maker) }
}

/** A Latin brand must be a word, because `star` is also in `start`; a Chinese one needs no blank beside it. */
function hasWord(text: string, word: string): boolean {
  return /[a-z]/.test(word)
    ? ` ${text.replaceAll(/[\s_-]+/g, ' ')} `.includes(` ${word.replaceAll('-', ' ')} `)
    : text.includes(word)
}

/** Returns the model in a name. It removes the brand first, because `gprinter` contains the word printer. */
function modelIn(text: string, maker: Maker | undefined): string {
  let rest = text
  for (const word of maker?.words ?? []) rest = rest.replaceAll(word, ' ')
  return rest.replaceAll(PLAIN_WORDS, ' ').replaceAll(/[^a-z0-9+]/g, '')
}

/** Normalizes a name to lower case, and full-width letters and Roman numerals to ASCII, as in `ＸＰ－Ｎ１６０Ⅱ`. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim()
}

function namesOf({ id, name, aliases }: Profile): readonly string[] {
  return [id, name, ...aliases]
}

function profilesOf(maker: Maker): readonly Profile[] {
  return profiles.filter(({ vendor }) => vendor === maker.vendor)
}

function modelsOf(profile: Profile): readonly string[] {
  const maker = brands.find(({ vendor }) => vendor === profile.vendor)
  return namesOf(profile).map((name) => modelIn(plain(name), maker))
}
