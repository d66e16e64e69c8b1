/** Ways in which `node scripts/mutants.mjs` breaks the code. */
export const mutants: readonly (readonly [
  name: string,
  file: string,
  before: string,
  after: string,
  tests: readonly string[],
])[]
