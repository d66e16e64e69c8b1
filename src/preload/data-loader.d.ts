/** The module behind `#data-loader` (package.json `imports`). It does nothing in Node, because Node reads the data when they are needed. */
declare module '#data-loader' {
  type DataSet = import('../model/data-not-loaded.js').DataSet

  export function loadData(set: DataSet): Promise<void>
}

/** A glyph file as text, so that every bundler can carry it. */
declare module '#glyph-files/*' {
  export const base64: string
}
