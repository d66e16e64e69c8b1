/** name · file of src/printer · what is there, exactly once, and what the claim has instead (in pairs) */
export const FALSE_CLAIMS: readonly [name: string, ...edits: string[]][]
/** The edits of a claim by file: `{ 'plan.ts': [[from, to], …] }`. */
export function editsOf(
  claim: (typeof FALSE_CLAIMS)[number],
): Readonly<Record<string, readonly [from: string, to: string][]>>
