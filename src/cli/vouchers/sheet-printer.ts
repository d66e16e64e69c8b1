/** A printer for settlements, details and reports, with the print journal of the store. */

import type { Receipt } from '../../elements/nodes.js'
import { fileJournal } from '../../journal/file.js'
import { openPrinter } from '../../printer/open-printer.js'
import { transportFor } from '../../transports/uri.js'
import { inputError } from '../fail.js'
import { loadImages, type ProfileOptions, readProfile } from '../input.js'
import { counterPath, type StoreFlags } from './run.js'

export interface SheetPrinter {
  /**
   * Prints a sheet.
   * @param jobId name of the job; if it was printed before, or may have been, the sheet comes out marked
   * @throws NotStarted, PartiallyPrinted and Uncertain as `printer.print`
   */
  print(receipt: Receipt, jobId?: string): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

export async function openSheetPrinter(
  flags: StoreFlags & Partial<ProfileOptions>,
  to: string,
): Promise<SheetPrinter> {
  const { profile: id, set = [] } = flags
  if (id === undefined) {
    throw inputError(
      'PROFILE_MISSING',
      'it is not said which printer model it is',
      'give --profile ID',
      'profile',
    )
  }
  const profile = await readProfile({ profile: id, set })
  const journal = await fileJournal(`${counterPath(flags)}.jobs`)
  const printer = openPrinter(await transportFor(to), { profile, journal })
  return {
    async print(receipt, jobId) {
      const images = await loadImages(receipt, process.cwd())
      if (jobId === undefined) return void (await printer.print(receipt, { images }))
      const before = await journal.get(jobId)
      const isEnded = before?.state === 'done' || before?.state === 'uncertain'
      const marked = isEnded || (before?.sent ?? 0) > 0
      await printer.print(receipt, { images, jobId, ...(marked ? { marked } : {}) })
    },
    [Symbol.asyncDispose]: () => printer.close(),
  }
}
