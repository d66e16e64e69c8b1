/** The package's version, written in by the build. */

declare const __XIAOPIAO_VERSION__: string | undefined

export const version: string =
  typeof __XIAOPIAO_VERSION__ === 'string' ? __XIAOPIAO_VERSION__ : '0.0.0-source'
