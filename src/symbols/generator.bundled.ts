/** The symbologies of bwip-js that we draw, and no others, so that a bundler leaves the rest out. */

import {
  azteccode,
  azteccodecompact,
  databarexpanded,
  databarexpandedstacked,
  databarlimited,
  databaromni,
  databarstacked,
  databarstackedomni,
  databartruncated,
  datamatrix,
  datamatrixrectangular,
  maxicode,
  pdf417,
  pdf417compact,
} from 'bwip-js/generic'
import type { Drawing, GeneratorName } from '#symbol-generator'

type Draw = (options: Record<string, string | number | boolean>, drawing: Drawing) => void

const symbologies = {
  azteccode,
  azteccodecompact,
  databarexpanded,
  databarexpandedstacked,
  databarlimited,
  databaromni,
  databarstacked,
  databarstackedomni,
  databartruncated,
  datamatrix,
  datamatrixrectangular,
  maxicode,
  pdf417,
  pdf417compact,
} as unknown as Record<GeneratorName, Draw>

/** Draws a symbol; bwip-js writes its defaults into the options, so it gets a copy. */
export function generateSymbol(
  name: GeneratorName,
  options: Readonly<Record<string, string | number | boolean>>,
  drawing: Drawing,
): void {
  symbologies[name]({ ...options }, drawing)
}
