/** The module behind `#data-loader` (package.json `imports`): it does nothing in Node, which reads data when they are needed. */
declare module '#data-loader' {
  type DataSet = import('../model/data-not-loaded.js').DataSet

  export function loadData(set: DataSet): Promise<void>
}

/** A glyph file as text, so that every bundler can carry it. */
declare module '#glyph-files/*' {
  export const base64: string
}
