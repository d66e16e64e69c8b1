/** Packages that only a hub needs. They are loaded when a hub is opened, because most installations have none of them. */

import { XiaopiaoError } from '../model/errors.js'
import { importOptional } from '../model/optional-library.js'

/** @throws XiaopiaoError `PACKAGE_MISSING` */
export async function need<T>(name: string): Promise<T> {
  try {
    return (await importOptional(name)) as T
  } catch (cause) {
    throw missing([name], cause)
  }
}

/** Imports all packages, so that one error names all that are missing. @throws XiaopiaoError `PACKAGE_MISSING` */
export async function needAll(names: readonly string[]): Promise<void> {
  const gone: string[] = []
  let cause: unknown
  for (const name of names) {
    try {
      await importOptional(name)
    } catch (error) {
      gone.push(name)
      cause = error
    }
  }
  if (gone.length > 0) throw missing(gone, cause)
}

function missing(names: readonly string[], cause: unknown): XiaopiaoError {
  const [what, is] = names.length === 1 ? ['package', 'is'] : ['packages', 'are']
  return new XiaopiaoError(
    `the hub needs the ${what} ${names.join(', ')}, which ${is} not installed`,
    { code: 'PACKAGE_MISSING', hint: `run npm install ${names.join(' ')}`, cause },
  )
}
