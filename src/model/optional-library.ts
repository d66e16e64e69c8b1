/** Loads an optional library, which a user need not install. */

/**
 * Imports `name` when it is needed. The name is a parameter, and the comments keep bundlers from looking for it, because a bundle of a
 * program that prints over the network must not need the libraries of serial lines and USB.
 */
export function importOptional(name: string): Promise<unknown> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name)
}
