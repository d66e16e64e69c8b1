/** Every field of a profile by its path, with its limits: the one place that validation and overrides read. */
import { pageTables } from '../charsets/page-tables.js'
import { multibyteZones } from '../model/charset.js'
import {
  buzzers,
  densityCommands,
  imageCommands,
  nativeBarcodes,
  type Profile,
  picturePlaces,
} from '../model/profile.js'
import * as s from '../model/shape.js'
import {
  evidence,
  flag,
  flagOrUnknown,
  identifier,
  type Leaf,
  oneOf,
  pageSlots,
  setOf,
  text,
  textOrUnknown,
  texts,
  usbIds,
  whole,
  wholeOrUnknown,
} from './leaves.js'

type Plain = string | number | boolean | readonly unknown[]
type PathsOf<T> = {
  [K in keyof T & string]-?: NonNullable<T[K]> extends Plain
    ? K
    : `${K}.${PathsOf<NonNullable<T[K]>>}`
}[keyof T & string]

/** Path of a field, such as `widthDots`, `fonts.A.heightDots` or `drawer.pin`. */
export type ProfilePath = PathsOf<Omit<Profile, 'sources'>> | 'sources'

type ValueAt<P extends string, T> = P extends keyof T
  ? Exclude<T[P], undefined>
  : P extends `${infer Name extends keyof T & string}.${infer Rest}`
    ? ValueAt<Rest, NonNullable<T[Name]>>
    : never

/** Values of fields by their paths: as in JSON, or as text on a command line. */
export type ProfileSettings = { readonly [P in ProfilePath]?: ValueAt<P, Profile> | string }

const cellDots = whole(4, 128)
/** `ESC p` counts in steps of 2 ms, 1 to 255 of them. */
const pulseMs = whole(2, 510)

export const profileFields: Readonly<Record<ProfilePath, Leaf>> = {
  id: identifier,
  vendor: text,
  name: text,
  aliases: texts,
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
  chineseModeAfterReset: flagOrUnknown,
  codePageTable: oneOf(Object.keys(pageTables)),
  codePages: pageSlots,
  fontResetsCodePage: flag,
  setsMotionUnits: flag,
  verticalUnitsPerInch: wholeOrUnknown(36, 1440),
  absolutePosition: flag,
  sizeBy: oneOf(['gs', 'esc']),
  hanziSizeBy: oneOf(['gs', 'fs', 'both']),
  imageBandRows: whole(1, 255),
  imageMaxBytes: whole(512, 65_535),
  drawnBy: oneOf(['column-image', 'raster-line']),
  qr: oneOf(['native', 'raster']),
  qrMaxBytes: wholeOrUnknown(1, 7092),
  barcodes: oneOf(['none', 'function-a', 'function-b']),
  nativeBarcodes: setOf(nativeBarcodes),
  pdf417: oneOf(['native', 'raster']),
  head: oneOf(['thermal', '9-pin']),
  imageCommand: oneOf(imageCommands),
  picturePlace: oneOf(picturePlaces),
  doublesPictures: flag,
  storedLogos: oneOf(['none', 'gs-l', 'fs-q']),
  pageModeDots: wholeOrUnknown(0, 4096),
  cuts: setOf(['full', 'partial']),
  headToCutterDots: whole(0, 2000),
  'drawer.pin': oneOf([2, 5]),
  'drawer.onMs': pulseMs,
  'drawer.offMs': pulseMs,
  buzzer: oneOf(buzzers),
  buzzerUnitMs: wholeOrUnknown(1, 1000),
  density: oneOf(densityCommands),
  speedLevels: wholeOrUnknown(0, 11),
  answersStatus: flagOrUnknown,
  'status.realtime': flagOrUnknown,
  'status.request': flagOrUnknown,
  'status.auto': flagOrUnknown,
  'status.processId': flagOrUnknown,
  'status.clear': flagOrUnknown,
  'identity.maker': textOrUnknown,
  'identity.model': textOrUnknown,
  'identity.language': textOrUnknown,
  bufferBytes: wholeOrUnknown(1, 1 << 26),
  printMmPerSecond: wholeOrUnknown(1, 1000),
  usb: usbIds,
  'network.port': whole(1, 65_535),
  'network.clients': wholeOrUnknown(1, 100),
  'network.idleCloseSeconds': wholeOrUnknown(1, 86_400),
  'network.addresses': texts,
  quirks: texts,
  sources: evidence,
}

/**
 * Whether a field of profiles has this path.
 *
 * @example
 * isProfilePath('fonts.A.widthDots') // true
 */
export function isProfilePath(path: string): path is ProfilePath {
  return Object.hasOwn(profileFields, path)
}

/** Makes the schema of an object whose field names TypeScript does not know. */
function objectOf(fields: Readonly<Record<string, s.Shape>>): s.Shape {
  return s.object(fields as never)
}

const cell = objectOf({ widthDots: cellDots.schema, heightDots: cellDots.schema })

function schemaOf(path: ProfilePath): s.Shape {
  return profileFields[path].schema
}

/** Makes the schema of a group: `drawer` is an object of `drawer.pin`, `drawer.onMs` and `drawer.offMs`. */
function groupOf(name: string): s.Shape {
  const paths = (Object.keys(profileFields) as ProfilePath[]).filter((path) => {
    return path.startsWith(`${name}.`)
  })
  return objectOf(
    Object.fromEntries(paths.map((path) => [path.slice(name.length + 1), schemaOf(path)])),
  )
}

const plainFields = Object.keys(profileFields).filter((path) => !path.includes('.'))

/** The schema of a whole profile: every field is there, no unknown field is, and each is within its limits. */
export const profileSchema = objectOf({
  ...Object.fromEntries(plainFields.map((path) => [path, schemaOf(path as ProfilePath)])),
  fonts: objectOf({ A: cell, B: s.optional(cell), C: s.optional(cell) }),
  hanzi: cell,
  utf8: s.optional(schemaOf('utf8')),
  drawer: groupOf('drawer'),
  status: groupOf('status'),
  identity: groupOf('identity'),
  network: groupOf('network'),
} satisfies Partial<Record<keyof Profile, s.Shape>>)
