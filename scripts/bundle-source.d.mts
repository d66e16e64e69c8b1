/** URL of an ES module that exports what `exports`, lines of source with paths from the root, exports. */
export function bundleSource(name: string, exports: string): string
