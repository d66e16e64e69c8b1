/** Finds the table's entry for the bytes at hand, through tables of 256. */

import type { Field, Spec } from './fields.js'

export interface DispatchNode {
  readonly next: (DispatchNode | undefined)[]
  /** Entries whose prefix ends here, in the table's order. */
  readonly specs: Spec[]
  /** Groups whose prefix ends here, by the bytes that begin their body. */
  group:
    | { readonly lengthSize: number; readonly mnemonic: string; readonly body: DispatchNode }
    | undefined
  /** Vendor's name of the bytes up to here, for reports. */
  readonly name: string
}

const controlNames: Record<number, string> = {
  4: 'EOT',
  5: 'ENQ',
  16: 'DLE',
  18: 'DC2',
  20: 'DC4',
  27: 'ESC',
  28: 'FS',
  29: 'GS',
  31: 'US',
}

/** Returns the name of a byte, for example `ESC`, `@` or `0x0C`. */
export function byteName(byte: number): string {
  const control = controlNames[byte]
  if (control !== undefined) return control
  if (byte > 0x20 && byte < 0x7f) return String.fromCharCode(byte)
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`
}

export function buildDispatch(table: readonly Spec[]): DispatchNode {
  const root = createNode('')
  for (const spec of table) {
    const node = descend(root, spec.prefix)
    if (spec.lengthSize === 0) {
      addSpec(node, spec)
    } else {
      node.group ??= {
        lengthSize: spec.lengthSize,
        mnemonic: node.name,
        body: createNode(node.name),
      }
      addSpec(descend(node.group.body, spec.body), spec)
    }
  }
  return root
}

/** Adds an entry. If its first field is a choice of bytes, each is a branch, but the entry still reads that byte as a field. */
function addSpec(node: DispatchNode, spec: Spec): void {
  const first: Field | undefined = Object.values(spec.fields)[0]
  if (first?.type !== 'oneOf') node.specs.push(spec)
  else for (const value of first.values) descend(node, [value]).specs.push(spec)
}

function descend(from: DispatchNode, path: readonly number[]): DispatchNode {
  let node = from
  for (const byte of path) {
    let child = node.next[byte]
    if (child === undefined) {
      child = createNode(`${node.name} ${byteName(byte)}`.trimStart())
      node.next[byte] = child
    }
    node = child
  }
  return node
}

function createNode(name: string): DispatchNode {
  return { next: new Array(256).fill(undefined), specs: [], group: undefined, name }
}
