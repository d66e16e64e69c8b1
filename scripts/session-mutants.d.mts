/** name · file in src · what is there, exactly once · what the mutant has · the tests that should notice */
export const sessionMutants: readonly [
  name: string,
  file: string,
  before: string,
  after: string,
  tests: string[],
][]
