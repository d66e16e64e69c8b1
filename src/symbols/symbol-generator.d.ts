/** The module behind `#symbol-generator` (package.json `imports`): bwip-js, loaded at the first symbol in Node, by `preload` elsewhere. */
declare module '#symbol-generator' {
  /** The drawing surface: a part of bwip-js' interface. */
  export interface Drawing {
    scale(sx: number, sy: number): readonly [number, number]
    measure(): { width: number; ascent: number; descent: number }
    init(width: number, height: number): void
    line(x0: number, y0: number, x1: number, y1: number, width: number, colour: string): void
    polygon(points: readonly (readonly [number, number])[]): void
    hexagon(points: readonly (readonly [number, number])[], colour: string): void
    ellipse(x: number, y: number, rx: number, ry: number, clockwise: boolean): void
    fill(colour: string): void
    text(): void
    end(): void
  }

  /** A barcode of GS1 with a two-dimensional component above it. */
  export type CompositeName =
    | 'ean8composite'
    | 'ean13composite'
    | 'upcacomposite'
    | 'upcecomposite'
    | 'databaromnicomposite'
    | 'databartruncatedcomposite'
    | 'databarstackedcomposite'
    | 'databarstackedomnicomposite'
    | 'databarlimitedcomposite'
    | 'databarexpandedcomposite'
    | 'databarexpandedstackedcomposite'
    | 'gs1_128composite'

  export type GeneratorName =
    | 'pdf417'
    | 'pdf417compact'
    | 'datamatrix'
    | 'datamatrixrectangular'
    | 'azteccode'
    | 'azteccodecompact'
    | 'maxicode'
    | 'databaromni'
    | 'databartruncated'
    | 'databarlimited'
    | 'databarexpanded'
    | 'databarstacked'
    | 'databarstackedomni'
    | 'databarexpandedstacked'
    | 'microqrcode'
    | CompositeName

  /** Draws a symbol. Throws an `Error` for data or options that it cannot hold. */
  export function generateSymbol(
    name: GeneratorName,
    options: Readonly<Record<string, string | number | boolean>>,
    drawing: Drawing,
  ): void
}

/** The generator itself, for `preload`. */
declare module '#bundled-symbols' {
  export { generateSymbol } from '#symbol-generator'
}
