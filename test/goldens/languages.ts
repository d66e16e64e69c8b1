/** The printers of the language receipts: each prints `lang-*.json` in its own characters. */

import type { Profile } from '../../src/model/profile.js'
import { epsonTmT88v, findProfile } from '../../src/profiles/index.js'

export interface LanguageCase {
  readonly profile: Profile
  /** By which iconv-lite reads the listing's text. */
  readonly encoding: string
}

/** Pages of the TM-T88V in escpos-printer-db, those of western Europe first. */
const western: Profile = {
  ...epsonTmT88v,
  codePages: [
    { number: 16, encoding: 'cp1252' },
    { number: 0, encoding: 'cp437' },
    { number: 2, encoding: 'cp850' },
    { number: 13, encoding: 'cp857' },
    { number: 14, encoding: 'cp737' },
    { number: 15, encoding: 'iso8859-7' },
    { number: 17, encoding: 'cp866' },
    { number: 18, encoding: 'cp852' },
    { number: 19, encoding: 'cp858' },
    { number: 34, encoding: 'cp855' },
    { number: 39, encoding: 'iso8859-2' },
    { number: 40, encoding: 'iso8859-15' },
    { number: 45, encoding: 'cp1250' },
    { number: 46, encoding: 'cp1251' },
    { number: 47, encoding: 'cp1253' },
    { number: 48, encoding: 'cp1254' },
    { number: 51, encoding: 'cp1257' },
  ],
}

const japanese: Profile = {
  ...epsonTmT88v,
  id: 'epson-tm-t88v-japanese',
  charset: 'shift_jis',
  codePages: [{ number: 1, encoding: 'katakana' }],
}
const korean: Profile = {
  ...epsonTmT88v,
  id: 'epson-tm-t88v-korean',
  charset: 'euc-kr',
  chineseModeAtPowerOn: true,
  codePages: [],
}
/** The same printer with paper of 58 mm, on which a TM-T88V prints 360 dots. */
function narrow(profile: Profile): Profile {
  return { ...profile, id: `${profile.id}-58`, paperMm: 58, widthDots: 360 }
}

function onBothPapers(profile: Profile, encoding: string): readonly LanguageCase[] {
  return [profile, narrow(profile)].map((one) => ({ profile: one, encoding }))
}

export const languages: Readonly<Record<string, readonly LanguageCase[]>> = {
  'lang-german': onBothPapers(western, 'cp1252'),
  'lang-french': onBothPapers(western, 'cp1252'),
  'lang-polish': onBothPapers(western, 'cp1250'),
  'lang-russian': onBothPapers(western, 'cp1251'),
  'lang-greek': onBothPapers(western, 'cp1253'),
  'lang-japanese': onBothPapers(japanese, 'shiftjis'),
  'lang-korean': onBothPapers(korean, 'euckr'),
  'lang-traditional-chinese': [
    { profile: findProfile('epson-tm-t70ii-tw'), encoding: 'big5' },
    { profile: findProfile('epson-tm-t70ii-tw-58'), encoding: 'big5' },
  ],
}

/** A printer of labels that puts them together in page mode, with a Chinese ROM; 416 dots of paper of 58 mm by its specification p. 98. */
const labelPrinter: Profile = {
  ...findProfile('epson-tm-l90'),
  id: 'epson-tm-l90-chinese',
  charset: 'gbk',
}

/** Labels on printers that have page mode. */
export const labelsInPageMode: readonly (LanguageCase & { readonly name: string })[] = [
  labelPrinter,
  { ...labelPrinter, id: `${labelPrinter.id}-58`, paperMm: 58, widthDots: 416 },
].map((profile) => ({ name: 'cup-page', profile, encoding: 'gbk' }))

/** The printer whose goldens are in the folder `id`, if it is none of the list. */
export function languageProfile(name: string, id: string): Profile | undefined {
  const printers = [...(languages[name] ?? []), ...labelsInPageMode]
  return printers.find(({ profile }) => profile.id === id)?.profile
}
