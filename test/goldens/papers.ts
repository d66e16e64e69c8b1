/** The papers of the gallery: every receipt on each of its printers, printed from its bytes. */

import { paperToText, printBytes } from '../../src/entries/emulator.js'
import type { Bitmap } from '../../src/model/bitmap.js'
import type { Profile } from '../../src/model/profile.js'
import { generic58, generic80 } from '../../src/profiles/index.js'
import { compileFixture, fixtureNames, languageNames } from './fixtures.js'
import { languages } from './languages.js'

export interface GalleryPaper {
  readonly name: string
  readonly printer: string
  readonly bitmap: Bitmap
  /** The printed text, line by line. */
  readonly lines: readonly string[]
}

function printersOf(name: string): readonly Profile[] {
  return languages[name]?.map(({ profile }) => profile) ?? [generic58, generic80]
}

export const galleryPapers: readonly GalleryPaper[] = [...fixtureNames, ...languageNames].flatMap(
  (name) =>
    printersOf(name).map((profile) => {
      const paper = printBytes(compileFixture(name, profile).bytes, profile)
      const lines = paperToText(paper).split('\n')
      return { name, printer: profile.id, bitmap: paper.bitmap, lines }
    }),
)
