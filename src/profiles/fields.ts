/** Every field of a profile by its path, with its limits: the one place that validation and overrides read. */
import * as z from 'zod/mini'
import { pageTables } from '../charsets/page-tables.js'
import { multibyteZones } from '../model/charset.js'
import type { Profile } from '../model/profile.js'
import {
  flag,
  flagOrUnknown,
  identifier,
  type Leaf,
  oneOf,
  pageSlots,
  setOf,
  text,
  whole,
} from './leaves.js'

type Plain = string | number | boolean | readonly unknown[]
type PathsOf<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends Plain
    ? K
    : `${K}.${PathsOf<NonNullable<T[K]>>}`
}[keyof T & string]

/** `widthDots`, `fonts.A.heightDots`, `drawer.pin`. */
export type ProfilePath = PathsOf<Profile>

const cellDots = whole(4, 128)
/** `ESC p` counts in steps of 2 ms, 1 to 255 of them. */
const pulseMs = whole(2, 510)

export const profileFields: Readonly<Record<ProfilePath, Leaf>> = {
  id: identifier,
  vendor: text,
  name: text,
  paperMm: whole(20, 300),
  widthDots: whole(8, 4096),
  dpi: whole(60, 600),
  lineSpacingDots: whole(1, 255),
  'fonts.A.widthDots': cellDots,
  'fonts.A.heightDots': cellDots,
  'fonts.B.widthDots': cellDots,
  'fonts.B.heightDots': cellDots,
  'fonts.C.widthDots': cellDots,
  'fonts.C.heightDots': cellDots,
  'hanzi.widthDots': cellDots,
  'hanzi.heightDots': cellDots,
  charset: oneOf(multibyteZones),
  utf8: oneOf(['epson-fs-c', 'sunmi']),
  chineseModeAtPowerOn: flag,
  codePageTable: oneOf(Object.keys(pageTables)),
  codePages: pageSlots,
  absolutePosition: flag,
  hanziSizeBy: oneOf(['gs', 'fs', 'both']),
  imageBandRows: whole(1, 255),
  drawnBy: oneOf(['column-image', 'raster-line']),
  qr: oneOf(['native', 'raster']),
  cuts: setOf(['full', 'partial']),
  headToCutterDots: whole(0, 2000),
  'drawer.pin': oneOf([2, 5]),
  'drawer.onMs': pulseMs,
  'drawer.offMs': pulseMs,
  answersStatus: flagOrUnknown,
  source: text,
}

export function isProfilePath(path: string): path is ProfilePath {
  return Object.hasOwn(profileFields, path)
}

const cell = z.strictObject({ widthDots: cellDots.schema, heightDots: cellDots.schema })

function schemaOf(path: ProfilePath): z.ZodMiniType {
  return profileFields[path].schema
}

const shapeOfProfile = {
  id: schemaOf('id'),
  vendor: schemaOf('vendor'),
  name: schemaOf('name'),
  paperMm: schemaOf('paperMm'),
  widthDots: schemaOf('widthDots'),
  dpi: schemaOf('dpi'),
  lineSpacingDots: schemaOf('lineSpacingDots'),
  fonts: z.strictObject({ A: cell, B: z.optional(cell), C: z.optional(cell) }),
  hanzi: cell,
  charset: schemaOf('charset'),
  utf8: z.optional(schemaOf('utf8')),
  chineseModeAtPowerOn: schemaOf('chineseModeAtPowerOn'),
  codePageTable: schemaOf('codePageTable'),
  codePages: schemaOf('codePages'),
  absolutePosition: schemaOf('absolutePosition'),
  hanziSizeBy: schemaOf('hanziSizeBy'),
  imageBandRows: schemaOf('imageBandRows'),
  drawnBy: schemaOf('drawnBy'),
  qr: schemaOf('qr'),
  cuts: schemaOf('cuts'),
  headToCutterDots: schemaOf('headToCutterDots'),
  drawer: z.strictObject({
    pin: schemaOf('drawer.pin'),
    onMs: schemaOf('drawer.onMs'),
    offMs: schemaOf('drawer.offMs'),
  }),
  answersStatus: schemaOf('answersStatus'),
  source: schemaOf('source'),
} satisfies Record<keyof Profile, z.ZodMiniType>

/** A whole profile: every field there, none unknown, each within its limits. */
export const profileSchema = z.strictObject(shapeOfProfile)
