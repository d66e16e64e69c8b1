/** The symbologies of bwip-js that we draw, and no others, so that a bundler leaves the rest out. */

import {
  azteccode,
  azteccodecompact,
  databarexpanded,
  databarexpandedcomposite,
  databarexpandedstacked,
  databarexpandedstackedcomposite,
  databarlimited,
  databarlimitedcomposite,
  databaromni,
  databaromnicomposite,
  databarstacked,
  databarstackedcomposite,
  databarstackedomni,
  databarstackedomnicomposite,
  databartruncated,
  databartruncatedcomposite,
  datamatrix,
  datamatrixrectangular,
  ean8composite,
  ean13composite,
  gs1_128composite,
  maxicode,
  microqrcode,
  pdf417,
  pdf417compact,
  upcacomposite,
  upcecomposite,
} from 'bwip-js/generic'
import type { Drawing, GeneratorName } from '#symbol-generator'

type Draw = (options: Record<string, string | number | boolean>, drawing: Drawing) => void

const symbologies = {
  azteccode,
  azteccodecompact,
  databarexpanded,
  databarexpandedcomposite,
  databarexpandedstacked,
  databarexpandedstackedcomposite,
  databarlimited,
  databarlimitedcomposite,
  databaromni,
  databaromnicomposite,
  databarstacked,
  databarstackedcomposite,
  databarstackedomni,
  databarstackedomnicomposite,
  databartruncated,
  databartruncatedcomposite,
  datamatrix,
  datamatrixrectangular,
  ean13composite,
  ean8composite,
  gs1_128composite,
  maxicode,
  microqrcode,
  pdf417,
  pdf417compact,
  upcacomposite,
  upcecomposite,
} as unknown as Record<GeneratorName, Draw>

/** Draws a symbol; bwip-js writes its defaults into the options, so it gets a copy. */
export function generateSymbol(
  name: GeneratorName,
  options: Readonly<Record<string, string | number | boolean>>,
  drawing: Drawing,
): void {
  symbologies[name]({ ...options }, drawing)
}
