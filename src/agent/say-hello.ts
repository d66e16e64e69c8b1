/** The agent's hello to the hub, and what it learns from the answer. */

import type { Hello, HelloRequest } from '../hub-api/agent-shapes.js'
import type { Diagnostic } from '../model/diagnostic.js'
import { version as packageVersion } from '../model/version.js'
import type { AgentOptions } from './agent-options.js'
import type { ServedPrinter } from './served-printer.js'

export function helloRequestOf(
  { version = packageVersion, printers: options }: AgentOptions,
  printers: readonly ServedPrinter[],
): HelloRequest {
  const found = printers.map(({ name, status }) => {
    const profile = options[name]?.profile
    return {
      name,
      ...(profile !== undefined && 'id' in profile ? { profile: profile.id } : {}),
      ...(status === undefined ? {} : { status }),
    }
  })
  return { version, printers: found }
}

/** Sets the printers' ids and owners. Returns the printers whose id is new, and those that belong to another agent from now on. */
export function takeHello(
  hello: Hello,
  printers: readonly ServedPrinter[],
): { readonly added: readonly ServedPrinter[]; readonly lost: readonly ServedPrinter[] } {
  const added: ServedPrinter[] = []
  const lost: ServedPrinter[] = []
  for (const { name, id, owned } of hello.printers) {
    const printer = printers.find((one) => one.name === name)
    if (printer === undefined) continue
    if (printer.id !== id) added.push(printer)
    if (printer.owned && !owned) lost.push(printer)
    printer.id = id
    printer.owned = owned
  }
  return { added, lost }
}

export function notOurs({ name }: ServedPrinter): Diagnostic {
  return {
    code: 'PRINTER_NOT_OURS',
    severity: 'warning',
    message: `the hub has given printer ${name} to another agent`,
    path: '',
    hint: 'it takes no slips for it any more; what it has taken it still prints',
  }
}
