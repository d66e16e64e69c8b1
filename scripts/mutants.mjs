/**
 * Breaks the code in known ways, one at a time, in a copy of the tree, and asks the tests that should notice.
 * `node scripts/mutants.mjs [word]` runs all, or those whose name has the word. Exit 1 when one survives.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sessionMutants } from './session-mutants.mjs'

const laws = ['test/laws']
const goldens = ['test/goldens']
const layout = ['test/layout/columns', 'test/layout/wrap']

/** name · file in src · what is there, exactly once · what the mutant has · the tests that should notice */
export const mutants = [
  [
    'a kept slip is printed by the template of today',
    'vouchers/slips/kept-job.ts',
    'return isSame ? kept',
    'return isSame && kept.at === name ? kept',
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'a kept slip is printed on any paper',
    'vouchers/slips/kept-job.ts',
    'return isSame ? kept',
    'return isSame || kept.at !== name ? kept',
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'a kept key that is taken ends in the words of SQLite',
    'vouchers/open-sqlite.ts',
    'isTaken: (error) => /UNIQUE constraint failed: voucher\\./.test(String(error))',
    'isTaken: () => false',
    ['test/vouchers/known-terminals.test.ts'],
  ],
  [
    'a kept index is missing after a restore',
    'vouchers/store/without-indexes.ts',
    'for (const { definition } of indexes) await',
    'for (const { definition } of indexes.slice(1)) await',
    ['test/vouchers/backup.test.ts'],
  ],
  [
    'a kept head of a backup is not compared with its records',
    'vouchers/store/verify-store.ts',
    'if (seq === head.seq && isSameHash(hash, head.hash)) continue',
    'if (seq > 0 || isSameHash(hash, head.hash)) continue',
    ['test/vouchers/backup.test.ts'],
  ],
  [
    'a kept family loses one that nobody follows',
    'vouchers/store/retain.ts',
    'if (root !== undefined && !ofFamily.has(root)) ofFamily.set(root, reason)',
    'if (root === undefined) ofFamily.set(row.id, reason)',
    ['test/vouchers/retain.test.ts'],
  ],
  [
    'a kept family is parted by others between',
    'vouchers/store/retain.ts',
    ': families.membersOf(id)',
    ': [id]',
    ['test/vouchers/retain.test.ts'],
  ],
  [
    'a kept slip that nobody printed is forgotten at the settlement',
    'vouchers/store/sql-archive.ts',
    'await this.#keepUnprinted(settlement, now)',
    '',
    ['test/vouchers/kept-slips.test.ts'],
  ],
  [
    'an amount beside Arabic is not kept together',
    'scripts/directions.ts',
    'isolated += LEFT_TO_RIGHT_ISOLATE',
    "isolated += ''",
    ['test/scripts'],
  ],
  [
    'Arabic words stand in the order in which they are read',
    'layout/directions.ts',
    '...seen.slice(from, to).reverse()',
    '...seen.slice(from, to)',
    ['test/scripts'],
  ],
  [
    'letters that reach below the line have no room',
    'model/strip.ts',
    'return highestDots(runs) + dropDots(runs)',
    'return highestDots(runs)',
    ['test/scripts'],
  ],
  [
    'raw bytes print without allowRaw',
    'elements/raw.ts',
    'if (allowRaw) return',
    "if (allowRaw || path !== '') return",
    ['test/elements/device.test.ts'],
  ],
  [
    'an object of data is taken for raw bytes',
    'elements/raw.ts',
    'MADE in node',
    "'kind' in node",
    ['test/elements/device.test.ts'],
  ],
  [
    'the next job is as dark as the last',
    'encoders/escpos/device-state.ts',
    "if (this.#hasDensity) this.#out.push({ kind: 'printDensity', m: 0 })",
    '',
    ['test/elements/device.test.ts'],
  ],
  [
    'a printer stores GBK as UTF-8',
    'encoders/escpos/native-symbol.ts',
    'symbol.bytes ?? utf8(data)',
    'utf8(data)',
    ['test/symbols/qr-encodings.test.ts'],
  ],
  [
    'an original of another merchant is followed',
    'vouchers/rules.ts',
    'if (trade.merchantNo !== original.merchant)',
    'if (trade.merchantNo === undefined)',
    ['test/vouchers/rules.test.ts'],
  ],
  [
    'the code of a slip has no index',
    'vouchers/store/migrations.ts',
    "['terminal', 'batch', 'number', 'merchant', 'epoch']",
    "['merchant', 'terminal', 'batch', 'number', 'epoch']",
    ['test/vouchers/find.test.ts'],
  ],
  [
    'what a refused transaction knew is kept',
    'vouchers/store/known-terminals.ts',
    'this.#kept = isCommitted ? this.#next : undefined',
    'this.#kept = this.#next ?? this.#kept',
    ['test/vouchers/known-terminals.test.ts'],
  ],
  [
    'verify takes any time of a record',
    'vouchers/store/check-record.ts',
    'parsed.recordedAt === row.recorded_at',
    'parsed.recordedAt !== undefined',
    ['test/vouchers/verify.test.ts'],
  ],
  [
    'a push sends records that were changed with their hash',
    'vouchers/store/chain-records.ts',
    '    if (fault !== undefined) throw recordError(fault)\n',
    '',
    ['test/vouchers/push.test.ts'],
  ],
  [
    'a copy leaves what happened to a voucher out of its row',
    'vouchers/store/copy-rows.ts',
    'rows.set(row.id, rowAfter(row, event, record.seq))',
    'rows.set(row.id, row)',
    ['test/vouchers/push.test.ts'],
  ],
  [
    'a closed store on libsql leaves its log beside it',
    'vouchers/store/libsql.ts',
    "      database.exec('pragma wal_checkpoint(truncate)')\n",
    '',
    ['test/vouchers/verify.test.ts'],
  ],
  [
    'track data with spaces is kept',
    'vouchers/card-numbers.ts',
    "return TRACK.test(plain) || TRACK.test(plain.replace(/[\\s-]/g, ''))",
    'return TRACK.test(plain)',
    ['test/vouchers/card-data.test.ts'],
  ],
  [
    'a reprint opens the drawer',
    'vouchers/print-copy.ts',
    'why === undefined && (await takeDrawer(',
    '(await takeDrawer(',
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'a copy that may be on paper is printed again',
    'vouchers/print-voucher.ts',
    'printsOf(record, copy).length === 0)',
    "printsOf(record, copy).at(-1)?.outcome !== 'confirmed')",
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'a print that was cut off is not looked up in the journal',
    'vouchers/print-voucher.ts',
    'await withEndedJobs(archive, await archive.get(id), options)',
    'await archive.get(id)',
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'a job that was handed over counts as printed',
    'vouchers/print-jobs.ts',
    "return grade === 'printed' || grade === 'processed'",
    'return grade !== undefined',
    ['test/vouchers/prints.test.ts'],
  ],
  [
    'refunds in parts give back fees that do not add up',
    'vouchers/fees.ts',
    'share(refundedFen + trade.fen + (trade.tipFen ?? 0)) - share(refundedFen)',
    'share(trade.fen + (trade.tipFen ?? 0))',
    ['test/vouchers/fees.test.ts'],
  ],
  [
    'a rate that begins later is taken before its day',
    'vouchers/fees.ts',
    "(rate.from ?? '') <= day",
    'true',
    ['test/vouchers/fees.test.ts'],
  ],
  [
    'a batch may be settled twice',
    'vouchers/store/settle.ts',
    'if (batch.settled_seq !== null) {',
    'if (batch.settled_seq === -1) {',
    ['test/vouchers/sqlite.test.ts'],
  ],
  [
    'a trade that was listed as late is listed again',
    'vouchers/store/settle.ts',
    'selectLate(unit, place.terminal, Number(last?.seq ?? 0))',
    'selectLate(unit, place.terminal, 0)',
    ['test/vouchers/sqlite.test.ts'],
  ],
  [
    'a seal does not look at the hash',
    'vouchers/store/seals.ts',
    "if (isSameHash(entry.hash, Buffer.from(hash, 'hex'))) return undefined",
    'return undefined',
    ['test/vouchers/seals.test.ts'],
  ],
  [
    'a seal may be of other heads',
    'vouchers/seal.ts',
    'if (seal !== given.seal)',
    'if (seal === undefined)',
    ['test/vouchers/sqlite.test.ts'],
  ],
  [
    'a card number in the name of a person is kept',
    'vouchers/store/sql-archive.ts',
    "const by = readNote(attempt.by, 'by')",
    'const { by } = attempt',
    ['test/vouchers/no-card-number.test.ts'],
  ],
  [
    'the quick breaker may part a number',
    'layout/quick-wrap.ts',
    'mayBegin.fill(0, from + 1, to)',
    'mayBegin.fill(0, from + 2, to)',
    ['test/layout/quick-layout.test.ts'],
  ],
  [
    'the quick breaker does not ask whether numbers fit',
    'layout/quick-wrap.ts',
    'widestOf(cells, numbers, { half, wide }) > widthDots - indentDots',
    'widestOf(cells, numbers, { half, wide }) > widthDots * 2',
    ['test/layout/money', 'test/layout/quick-layout.test.ts'],
  ],
  [
    'a receipt without its needed fields passes',
    'model/quick-check.ts',
    'return found === neededCount',
    'return true',
    ['test/elements/quick-check.test.ts'],
  ],
  [
    'a field with a slash joins digits outside of a number',
    'layout/plain-breaks.ts',
    'return kind === DIGIT || isSign ? IN_NUMBER : BREAK',
    'return kind === DIGIT || isSign ? KEPT : BREAK',
    ['test/layout/line-breaks.test.ts'],
  ],
  [
    'a slice of plain cells keeps the number of wide ones',
    'model/cells.ts',
    'this.wide === 0 ? 0 : wideIn(text)',
    'this.wide',
    layout,
  ],
  [
    'letters are stripped before they are drawn',
    'charsets/substitutions.ts',
    'return compatible === character ? [] : [compatible]',
    'return compatible === character ? strippedOf(character) : [compatible]',
    ['test/charsets/shape.test.ts'],
  ],
  [
    'the margin of the paper is no quiet zone',
    'elements/symbol-box.ts',
    'Math.max(0, quietDots - marginDots)',
    'quietDots',
    ['test/elements/symbols.test.ts'],
  ],
  [
    'symbols in cells count on the margin of the paper',
    'elements/cells.ts',
    'metrics: { ...context.metrics, marginDots: 0 }',
    'metrics: context.metrics',
    ['test/elements/symbols.test.ts'],
  ],
  [
    'a size by ESC ! switches bold off',
    'encoders/escpos/modes.ts',
    '(this.#bold ? 0x08 : 0)',
    '0',
    ['test/profiles/profiles.test.ts'],
  ],
  [
    'a size that the printer lacks is asked for',
    'layout/flow.ts',
    'const { greatestSize = 8 } = metrics',
    'const greatestSize = metrics.widthDots',
    ['test/profiles/profiles.test.ts'],
  ],
  [
    'the word printer is taken out of gprinter',
    'profiles/find-profile.ts',
    'let rest = text',
    "let rest = text.replaceAll(PLAIN_WORDS, ' ')",
    ['test/profiles/profiles.test.ts'],
  ],
  [
    'an empty cell has no leader',
    'layout/table-row.ts',
    'i > 0 || cell.span > 1) {',
    'i > 0 || cell.span > 1 || line.widthDots === 0) {',
    ['test/layout/details.test.ts'],
  ],
  [
    'letter spacing follows the last character',
    'layout/place.ts',
    'const pieces = withoutSpacingAfter(line.pieces)',
    'const { pieces } = line',
    ['test/layout/details.test.ts'],
  ],
  [
    'letter spacing counts in the width of a line',
    'layout/measure.ts',
    'return advanceFlow(flow, measures) - spacingAfter(flow)',
    'return advanceFlow(flow, measures)',
    ['test/layout/details.test.ts'],
  ],
  [
    'a rule ends where its last whole character does',
    'elements/rule.ts',
    'grid === 1 ? spread(one, count, spareDots)',
    'grid === 0 ? spread(one, count, spareDots)',
    ['test/layout/details.test.ts'],
  ],
  [
    'U+2028 does not end a line',
    'layout/flow.ts',
    '[\\n\\r\\u0085\\u2028\\u2029]',
    '[\\n\\r\\u0085\\u2029]',
    ['test/layout/details.test.ts'],
  ],
  [
    'the beginning of an address may stand alone',
    'layout/plain-breaks.ts',
    "if (text.slice(position - 3, position) === '://') return true",
    "if (text.slice(position - 3, position) === '://') return false",
    ['test/layout/details.test.ts'],
  ],
  [
    'Font B feeds the lines of Font A',
    'layout/place.ts',
    'leadingDots, leastLineDots)',
    'leadingDots, lineSpacingDots)',
    ['test/layout/details.test.ts'],
  ],
  [
    'a wrapped label takes the value under it',
    'elements/field.ts',
    'if (last.widthDots + gapDots + valueDots > box.widthDots) {',
    'if (labels.length > 1 || last.widthDots + gapDots + valueDots > box.widthDots) {',
    ['test/layout/details.test.ts'],
  ],
  [
    'a head of 9 pins gets half dots beside each other',
    'encoders/escpos/pin-image.ts',
    'const MODE = 0',
    'const MODE = 1',
    ['test/encoders/nine-pins.test.ts'],
  ],
  [
    'the upper half of a hanzi is printed twice',
    'encoders/escpos/pin-line.ts',
    'columnsOf(stretch, dots, dots.heightDots - BAND_DOTS)',
    'columnsOf(stretch, dots, 0)',
    ['test/encoders/nine-pins.test.ts'],
  ],
  [
    'drawn characters of another font go to 9 pins',
    'encoders/escpos/lower.ts',
    "      profile.head === 'thermal' &&\n",
    '',
    ['test/encoders/nine-pins.test.ts'],
  ],
  [
    'any mode of ESC * prints on a head of 9 pins',
    'emulator/pictures/pictures.ts',
    "machine.profile.head === '9-pin' ? pinModes[m]",
    "machine.profile.head === '9-pin' ? pinModes[m & 1]",
    ['test/encoders/nine-pins.test.ts'],
  ],
  [
    'two-byte characters are sent the wrong way round',
    'charsets/cell-bytes.ts',
    'bytes[at++] = code >>> 8\n    bytes[at++] = code\n',
    'bytes[at++] = code\n    bytes[at++] = code >>> 8\n',
    goldens,
  ],
  [
    'a control character is printed like any other',
    'charsets/fates.ts',
    'if (isControl(base)) {',
    'if (isControl(base) && base > 0x1f) {',
    ['test/charsets'],
  ],
  [
    'the yen sign is not made full-width',
    'charsets/substitutions.ts',
    "'¥': ['￥'],",
    "'¥': ['¥'],",
    ['test/charsets', ...layout],
  ],
  [
    'tab stops stand at every eighth cell',
    'charsets/shape.ts',
    'const TAB_CELLS = 4',
    'const TAB_CELLS = 8',
    layout,
  ],
  [
    'a line may be one dot too wide',
    'layout/wrap.ts',
    '(flat.spacing[i] as number) <= widthDots || flat.blank[i] === 1) continue',
    '(flat.spacing[i] as number) <= widthDots + 12 || flat.blank[i] === 1) continue',
    ['test/layout/quick-layout.test.ts'],
  ],
  [
    'a line may begin with a dash',
    'layout/kept-together.ts',
    'neverFirst.has(after) || neverLast.has(before)',
    'neverLast.has(before)',
    layout,
  ],
  [
    'a line may end with an opening bracket',
    'layout/kept-together.ts',
    'neverFirst.has(after) || neverLast.has(before)',
    'neverFirst.has(after)',
    [...layout, 'test/layout/uax14'],
  ],
  [
    'floors are left out of the excess of columns',
    'layout/tracks.ts',
    'const excess = sum(widths) + sum(floors) - free',
    'const excess = sum(widths) - free',
    ['test/layout/decimals'],
  ],
  [
    'the first point of a figure is the decimal one',
    'layout/decimal.ts',
    'if (last < 0 && isSeparator(code)) last',
    'if (isSeparator(code)) last',
    ['test/layout/decimals'],
  ],
  [
    'a middle between two lines is the lower one',
    'layout/zip-blocks.ts',
    'spare >> 1',
    '(spare + 1) >> 1',
    ['test/layout/decimals'],
  ],
  [
    'the soft hyphen is forgotten in minimum widths',
    'layout/flat-flow.ts',
    'flat.hyphens.get(i + 1)?.widthDots ?? -(flat.spacing[i] as number)',
    '-(flat.spacing[i] as number)',
    ['test/layout/decimals'],
  ],
  [
    'size goes before width',
    'elements/fields.ts',
    'width: fields.width ?? fields.size ??',
    'width: fields.size ?? fields.width ??',
    ['test/layout/decimals'],
  ],
  [
    'a line may end inside a number',
    'layout/flat-flow.ts',
    '        flat.mayBegin[at] = 0\n',
    '',
    ['test/laws/money'],
  ],
  [
    'a minus behind a hanzi is a hyphen',
    'layout/units.ts',
    'return is === DIGIT || is === SIGN',
    'return is === HANZI || is === DIGIT || is === SIGN',
    ['test/layout/money', 'test/layout/units'],
  ],
  [
    'a gap of large text is as narrow as one of small text',
    'layout/table.ts',
    'Math.max(metrics.fonts.A.widthDots, cellDots) >> 1',
    'metrics.fonts.A.widthDots >> 1',
    ['test/layout/money'],
  ],
  [
    'a leader of dashes touches its amount',
    'layout/leader.ts',
    'hasSign(leader) ? advanceFlow(leader, context) : 0',
    '0',
    ['test/layout/columns'],
  ],
  [
    'a broken number is not reported',
    'layout/wrap.ts',
    'if (flat.bond[to] === BOND_NUMBER) isParted = true',
    '',
    ['test/layout/money'],
  ],
  [
    'a number is not given white of its neighbours',
    'layout/table-row.ts',
    'const fitted = fitRow(items, edges, space)',
    'const fitted = fitRow(items, edges, space) && undefined',
    ['test/layout/money'],
  ],
  [
    'an amount that an ellipsis leaves out is not missed',
    'layout/clip.ts',
    "units.some(({ kind }) => kind === 'amount')",
    'false',
    ['test/layout/money'],
  ],
  [
    'gaps give way to nothing',
    'layout/table.ts',
    'Math.max(halfCell, gridDots)',
    '0',
    ['test/layout/money'],
  ],
  ['centred text stands at the right', 'layout/place.ts', 'free >> 1', 'free', goldens],
  [
    'blanks at the end of a line count',
    'layout/place.ts',
    'if (end === 0) continue',
    'if (end < 0) continue',
    layout,
  ],
  [
    'a field may leave no gap',
    'elements/field.ts',
    'valueDots === 0 ? 0 : advanceDots(1, style, metrics)',
    '0',
    layout,
  ],
  [
    'the quiet zone of a QR code is a module short',
    'elements/qr.ts',
    'const QUIET_ZONE_MODULES = 4',
    'const QUIET_ZONE_MODULES = 3',
    goldens,
  ],
  [
    'the gap before a run is measured from the paper, not from the run before',
    'encoders/escpos/lower.ts',
    'modes.moveTo(run.x, x)',
    'modes.moveTo(run.x, 0)',
    goldens,
  ],
  [
    'a picture loses its left margin',
    'encoders/escpos/lower-image.ts',
    'placePicture(bitmap, place.x, target.profile)',
    'placePicture(bitmap, 0, target.profile)',
    goldens,
  ],
  [
    'bold is never switched off',
    'encoders/escpos/modes.ts',
    'if (style.bold !== this.#bold) {',
    'if (style.bold && !this.#bold) {',
    goldens,
  ],
  [
    'FS ! makes a thick underline thin',
    'encoders/escpos/modes.ts',
    'if (this.#hanziUnderline > 0) this.#hanziUnderline = 1',
    '',
    laws,
  ],
  [
    'the code page is sent once and never again',
    'encoders/escpos/modes.ts',
    'if (page === undefined || page === this.#page) return',
    'if (page === undefined || this.#page !== undefined) return',
    laws,
  ],
  [
    'the decoder forgets how far it is',
    'encoders/escpos/codec.ts',
    'this.offset += source.at',
    'this.offset += 0',
    ['test/encoders/codec', ...laws],
  ],
  [
    'a long raster loses a row at each band',
    'encoders/escpos/long-commands.ts',
    'raster.rowsLeft -= rows\n',
    'raster.rowsLeft -= rows + 1\n',
    ['test/encoders/long-commands'],
  ],
  [
    'what is handed out counts from the rows that are left',
    'paper/algebra.ts',
    'return shiftLog(taken, rows)',
    'return taken',
    ['test/emulator/chunks'],
  ],
  [
    'rows that are fed back and out again count twice',
    'device/roll/device-roll.ts',
    'Math.max(0, row - this.#furthestRow)',
    'Math.max(0, row - this.#outRow)',
    ['test/emulator/device-paper'],
  ],
  [
    'a field with a terminator is written without it',
    'encoders/escpos/field-io.ts',
    'target[next] = field.mark\n      return next + 1',
    'return next',
    ['test/encoders/codec'],
  ],
  [
    'a field with several marks need not end with one',
    'encoders/escpos/field-io.ts',
    'if (marks !== wanted || (field.keepMark && value[value.length - 1] !== field.mark)) {',
    'if (marks !== wanted) {',
    ['test/encoders/codec'],
  ],
  [
    'the text of a line is read in the order in which it was printed',
    'paper/views/paper-text.ts',
    '.sort((a, b) => a.start - b.start)',
    '.sort(() => 0)',
    ['test/emulator/views'],
  ],
  [
    'a barcode without its NUL swallows what follows',
    'encoders/escpos/barcode-data.ts',
    'shapeOf(13, DIGITS)',
    'shapeOf(255, /[^]/)',
    ['test/emulator/barcodes'],
  ],
  [
    'the default vertical unit is a dot on every printer',
    'emulator/modes.ts',
    'unitsPerInchY: verticalUnitsPerInch ?? dpi',
    'unitsPerInchY: dpi',
    ['test/emulator/virtual-printer'],
  ],
  [
    'paper fed back stops at the rows that were handed out',
    'emulator/sheet.ts',
    'const head = Math.max(0, this.rowsAbove + left)',
    'const head = this.rowsAbove',
    ['test/emulator/memory'],
  ],
  [
    'small characters stand on the top of the line',
    'emulator/text/line.ts',
    'upsideDown ? top : Math.max(top, bottom - raised - itemHeight(item))',
    'top',
    laws,
  ],
  [
    'the printer wraps a line that just fits',
    'emulator/text/characters.ts',
    '+ widthDots > areaWidth) {',
    '+ widthDots >= areaWidth) {',
    laws,
  ],
  [
    'a masked card number shows seven digits',
    'template/filters/codes.ts',
    'first: unknown = 6',
    'first: unknown = 7',
    ['test/template/filters'],
  ],
  [
    'amounts have no thousands separator',
    'template/filters/money.ts',
    "style === 'plain' ? whole",
    "style !== 'plain' ? whole",
    ['test/template/filters'],
  ],
  [
    'pictures are printed as negatives',
    'images/dither.ts',
    'return eachDot(grey, (value) => value < level)',
    'return eachDot(grey, (value) => value >= level)',
    ['test/images/dots'],
  ],
  [
    'runs are placed by blanks where the printer moves by dots',
    'profiles/derive.ts',
    'profile.absolutePosition ? 1 :',
    'profile.absolutePosition ? 2 :',
    goldens,
  ],
  [
    'the pulse of the drawer has no length',
    'encoders/escpos/lower.ts',
    't1: units(drawer.onMs)',
    't1: 0',
    ['test/encoders/drawer'],
  ],
  [
    'a profile may ask for a pulse of no length',
    'profiles/fields.ts',
    'const pulseMs = whole(2, 510)',
    'const pulseMs = whole(0, 510)',
    ['test/encoders/drawer'],
  ],
  [
    'the key of a QR code forgets its version',
    'symbols/qr.ts',
    'cachedModules([form, key, { level, leastVersion }]',
    'cachedModules([form, key, { level }]',
    ['test/symbols/qr', 'test/laws/codes'],
  ],
  [
    'the parts of the key of a symbol are joined without a separator',
    'symbols/symbol-cache.ts',
    'const text = JSON.stringify(key)',
    "const text = Object.values(key[2]).join('') + key[1] + key[0]",
    ['test/symbols/qr'],
  ],
  [
    'a UPC-E that ends in 4 is read like one that ends in 5',
    'symbols/barcodes/ean.ts',
    "if (last === '4')",
    "if (last === '')",
    ['test/symbols/upce'],
  ],
  [
    'the logo of a QR code has no white rim',
    'symbols/qr.ts',
    'let y = top - moduleDots; y < top + logo.heightDots + moduleDots',
    'let y = top; y < top + logo.heightDots',
    ['test/symbols/qr'],
  ],
  [
    'a resized picture stands half a pixel off',
    'images/resize.ts',
    '(i + 0.5) * scale - 0.5',
    'i * scale',
    ['test/images/dots'],
  ],
  [
    'a flat colour on white is a photo',
    'images/line-art.ts',
    'if (ink < PALE) return ink',
    'if (ink < PALE) return undefined',
    ['test/images/logos'],
  ],
  [
    'a blank picture prints without a word',
    'images/picture-diagnostics.ts',
    'if (isBlank(drawn)) {',
    'if (drawn.data.length === 0) {',
    ['test/images/logos'],
  ],
  [
    'an error quotes a card number',
    'model/errors.ts',
    'super(withoutCardNumbers(message), {',
    'super(message, {',
    ['test/template/card-numbers'],
  ],
  [
    'full-width digits are no card number',
    'model/errors.ts',
    '/[0-9０-９](?:',
    '/[0-9](?:',
    ['test/template/card-numbers'],
  ],
  [
    'functions in data are called',
    'template/bind.ts',
    'plainData(data ?? {})',
    '(data ?? {})',
    ['test/template/bind'],
  ],
  [
    'a letter that date does not know prints as it is',
    'template/filters/date.ts',
    'if (field === undefined) throw unknownLetters(token)',
    'if (field === undefined) return token',
    ['test/template/filters'],
  ],
  [
    'whole numbers beyond 2^53 are rounded',
    'template/filters/numbers.ts',
    'if (!Number.isInteger(result) || Number.isSafeInteger(result)) return result',
    'return result',
    ['test/template/filters'],
  ],
  [
    'the queue never waits longer for a printer that is away',
    'printer/queue-worker.ts',
    'waitMs = Math.min(waitMs * 2, maxRetryMs)',
    'waitMs = Math.min(waitMs, maxRetryMs)',
    ['test/printer/queue.test.ts'],
  ],
  [
    'a line of the journal is promised before it is flushed (datasync)',
    'journal/file.ts',
    "if (event.type !== 'acked' && event.type !== 'noted') await handle.datasync()",
    '',
    ['test/journal/disk'],
  ],
  [
    'a write to the journal that took a part is taken for all of it',
    'journal/disk.ts',
    'while (done < bytes.length) {',
    'if (done < bytes.length) {',
    ['test/journal/disk'],
  ],
  [
    'what the journal could not flush stays in it',
    'journal/file.ts',
    'await handle.truncate(this.#readBytes).catch(() => {})',
    '',
    ['test/journal/disk'],
  ],
  [
    'the checksum of a line of the journal is not compared',
    'journal/summed-lines.ts',
    'return isRight ? end : undefined',
    'return end',
    ['test/journal/disk'],
  ],
  [
    'a damaged line of the journal leaves a job in the queue that it may have begun',
    'journal/file.ts',
    'for (const doubted of doubtedBy(text, this.#records)) this.#records.keep(doubted)',
    '',
    ['test/journal/disk'],
  ],
  [
    'a journal that is written anew gets another mode',
    'journal/disk.ts',
    'await handle.chmod(Number(mode & MODE_BITS))',
    '',
    ['test/journal/disk'],
  ],
  [
    'the bytes of a job that is over stay in the journal',
    'journal/file.ts',
    '(keepBytes || !hadBytes)',
    'hadBytes',
    ['test/journal/disk'],
  ],
  [
    'a lock is taken without a look at who came at the same moment',
    'locks/file-lock.ts',
    'if (other === undefined) return holdOf(path, file, handle, search.dead ?? new Map())',
    'if (other?.file !== file) return holdOf(path, file, handle, search.dead ?? new Map())',
    ['test/locks'],
  ],
  [
    'a process that has ended keeps its lock',
    'locks/owner.ts',
    "if (!exists(owner.pid)) return 'dead'",
    '',
    ['test/locks'],
  ],
  [
    'a lock of a process that cannot be seen is kept for ever',
    'locks/file-lock.ts',
    'Math.abs(Date.now() - mtimeMs) <= STALE_MS',
    'true',
    ['test/locks'],
  ],
  [
    'one machine under two names is two printers',
    'model/device-key.ts',
    "LOOPBACK.test(name) ? '127.0.0.1' : name",
    'name',
    ['test/printer/shared-printer.test.ts'],
  ],
  [
    'the second of two adds of one job is an error',
    'printer/take-job.ts',
    "error.code !== 'JOB_STATE'",
    'true',
    ['test/printer/queue.test.ts'],
  ],
  ...sessionMutants,
  [
    'an agent prints a key that its journal has',
    'agent/judge-taken.ts',
    "if (record === undefined) return { what: 'print' }",
    "if (taken.epoch > 0) return { what: 'print' }",
    ['test/agent/judge'],
  ],
  [
    'a slip that the queue tries again is told as not started',
    'agent/note.ts',
    "return sent === 0 ? undefined : { outcome: 'partial', ...because }",
    "return { outcome: sent === 0 ? 'not-started' : 'partial', ...because }",
    ['test/agent/judge'],
  ],
  [
    'a person in the store who cancels a slip has it printed elsewhere',
    'agent/note.ts',
    "{ outcome: 'expired', reason: 'cancelled at the agent' }",
    "{ outcome: 'not-started', reason: 'cancelled at the agent' }",
    ['test/agent/judge'],
  ],
  [
    'the hub confirms a report more than it has said',
    'agent/outbox.ts',
    'const count = this.#pending.findIndex((one) => one.seq > seq)',
    'const count = this.#pending.findIndex((one) => one.seq > seq + 1)',
    ['test/agent/outbox'],
  ],
  [
    'a line of the outbox without its end is taken for a whole one',
    'agent/outbox.ts',
    'if (newline < 0 && (end ?? bytes.length) >= bytes.length) break',
    'if (newline < 0 && end === undefined) break',
    ['test/agent/outbox'],
  ],
  [
    'a client asks for a copy once more after a lost answer',
    'hub-client/hub-client.ts',
    "decide(id, 'copies', wanted, false)",
    "decide(id, 'copies', wanted, true)",
    ['test/hub-client'],
  ],
  [
    'a call of a webhook is believed for ever',
    'hub-client/webhook.ts',
    'if (!(Math.abs(nowMs - Number(time)) <= GOOD_FOR_MS)) return false',
    '',
    ['test/hub-client'],
  ],
  [
    'an agent knows a slip by the id that the hub has for it',
    'agent/slip-desk.ts',
    'const jobId = jobIdOf(taken.key, taken.copyIndex)',
    'const jobId = jobIdOf(taken.slip, taken.copyIndex)',
    ['test/agent/agent.test'],
  ],
  [
    'the ledger takes more copies of a key that is there',
    'hub/ledger/accept.ts',
    'if (isCounted && rows.length !== copies) return',
    'if (isCounted && rows.length < 0) return',
    ['test/hub/at-once'],
  ],
  [
    'the ledger tells the end of a slip that a fact has ended',
    'hub/ledger/report.ts',
    'if (row !== undefined) slips.rows.set(row.id, row)',
    '',
    ['test/hub/at-once'],
  ],
  [
    'the ledger forgets bytes while a new slip refers to them',
    'hub/db/open-db.ts',
    'select pg_advisory_xact_lock(hashtext',
    'select pg_advisory_xact_lock_shared(hashtext',
    ['test/hub/at-once'],
  ],
  [
    'the ledger gives a printer away while its owner is offline',
    'hub/manage/hand-over.ts',
    'if (found.online !== true) throw ownerOffline()',
    '',
    ['test/hub/owners'],
  ],
  [
    'the ledger gives a printer away with a slip that was offered',
    'hub/manage/hand-over.ts',
    "if (verdict.verdict === 'refused') throw",
    "if (verdict.verdict === 'kept') throw",
    ['test/hub/owners'],
  ],
  [
    'the ledger believes an agent inside the hub that was revoked',
    'hub/manage/cloud-printers.ts',
    'found.agent !== null && found.revoked_at === null',
    'found.agent !== null',
    ['test/hub/owners'],
  ],
  [
    'the ledger carries out work of one name twice at once',
    'hub/db/gather.ts',
    'const names = new Set(line.busy)',
    'const names = new Set()',
    ['test/hub/gather'],
  ],
  [
    'the ledger has the log quote what was refused',
    'hub/logged-error.ts',
    "isQuoting ? 'the database refused a value' : error.message",
    'error.message',
    ['test/hub/at-once'],
  ],
  [
    'the ledger calls an address inside by its name',
    'hub/worker/call-outside.ts',
    'found.filter(({ address }) => !isInside(address))',
    'found',
    ['test/hub/call-outside'],
  ],
  [
    'the ledger leaves a slip taken whose picture fails',
    'cloudprnt/cloud-door.ts',
    'if (isFetched || isOutage(error)) throw error',
    'throw error',
    ['test/cloudprnt'],
  ],
  [
    "the ledger knows no printer that polls once it is another agent's",
    'cloudprnt/cloud-printers.ts',
    'on p.tenant = c.tenant and p.id = c.printer\n        join agent',
    'on p.tenant = c.tenant and p.id = c.printer and p.agent = c.agent\n        join agent',
    ['test/cloudprnt'],
  ],
  [
    'an agent prints a slip where its printer was before',
    'agent/slip-desk.ts',
    'ifStill: known.state, printer: uri }',
    'ifStill: known.state }',
    ['test/agent/moved-printer'],
  ],
  [
    'an agent leaves what waits where its printer was before',
    'agent/slip-desk.ts',
    'const printer = uriOf(note.printer) ?? before',
    'const printer = before',
    ['test/agent/moved-printer'],
  ],
  [
    "an agent asks for no slip of a printer that is another agent's by now",
    'agent/printer-loop.ts',
    'if ((mayBegin || printer.mayHold) &&',
    'if (mayBegin &&',
    ['test/agent/moved-printer'],
  ],
  [
    'an agent with an old folder goes on',
    'agent/hub-talk.ts',
    'if (ackSeq > outbox.lastSeq) throw rolledBack(ackSeq, outbox.lastSeq)',
    '',
    ['test/agent/agent.test'],
  ],
]

const root = fileURLToPath(new URL('..', import.meta.url))
const only = process.argv[2] ?? ''
let copy = ''
let bad = 0

// The list is also read by a test, which breaks nothing.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  copy = mkdtempSync(join(tmpdir(), 'mutants-'))
  try {
    copyTree()
    run()
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
  process.exit(bad === 0 ? 0 : 1)
}

function copyTree() {
  for (const path of [
    'src',
    'test',
    'fixtures',
    'scripts',
    'package.json',
    'vitest.config.ts',
    'tsconfig.json',
  ]) {
    cpSync(join(root, path), join(copy, path), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
}

function run() {
  const chosen = mutants.filter(([name]) => name.includes(only))
  const started = Date.now()
  const healthy = test([...new Set(chosen.flatMap(([, , , , tests]) => tests))])
  if (healthy.failed) {
    bad++
    console.log(`The tests fail before anything is broken:\n${healthy.output}`)
    return
  }
  for (const [name, file, before, after, tests] of chosen) {
    const path = join(copy, 'src', file)
    const source = readFileSync(path, 'utf8')
    const found = source.split(before).length - 1
    let verdict = found === 1 ? '' : `STALE: its text is ${found} times in src/${file}`
    if (verdict === '') {
      writeFileSync(
        path,
        source.replace(before, () => after),
      )
      const { failed, output } = test(tests)
      writeFileSync(path, source)
      const broken = /Transform failed|SyntaxError|ReferenceError|Cannot find module/.test(output)
      verdict = broken ? `BROKEN: it does not run\n${output}` : failed ? 'killed' : 'SURVIVED'
    }
    if (verdict !== 'killed') bad++
    console.log(`${verdict.padEnd(8)}  ${name}`)
  }
  const seconds = Math.round((Date.now() - started) / 1000)
  console.log(`${chosen.length - bad} of ${chosen.length} mutants killed in ${seconds} s`)
}

function test(files) {
  const { status, stdout, stderr } = spawnSync('npx', ['vitest', 'run', '--bail=1', ...files], {
    cwd: copy,
    env: { ...process.env, XIAOPIAO_RUNS: '150', NO_COLOR: '1', UPDATE_GOLDENS: '' },
    encoding: 'utf8',
  })
  return { failed: status !== 0, output: `${stdout}${stderr}` }
}
