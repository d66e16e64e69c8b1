/** So that the tests of this folder run alone. */
export default { test: { include: ['*.test.mjs'] } }
