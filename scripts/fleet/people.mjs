/** People who look at doubtful slips while the fleet runs: some find the paper, some want a marked copy. */

const MOST_AT_ONCE = 3

export async function decideSome({ ask, chance }) {
  const { slips = [] } = (await ask('GET', '/v1/slips?state=open&limit=20')) ?? {}
  let decided = 0
  for (const { id, copyOf } of slips.slice(0, MOST_AT_ONCE)) {
    // A copy that is doubtful itself is looked at, because copies of copies would have no end here.
    const copies = copyOf === null && chance.is(0.6)
    const done = copies
      ? await ask('POST', `/v1/slips/${id}/copies`, { by: '王店长', reason: '没找到小票' })
      : await ask('POST', `/v1/slips/${id}/seen`, { by: '李店员' })
    if (done !== undefined) decided++
  }
  return decided
}
