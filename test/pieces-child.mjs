/**
 * Compiles a table of rows that are made when they are asked for, piece by piece, and says what was kept: the heap after each piece, and
 * bytes in all, as JSON. Arguments: URL of a bundle with `compilePieces`, `columns` and `generic58`, and the number of rows.
 */
const [source, count] = process.argv.slice(2)
const { compilePieces, columns, generic58 } = await import(source)

const rows = new Proxy([], {
  get(target, key) {
    if (key === 'length') return Number(count)
    if (typeof key !== 'string' || !/^\d/.test(key)) return target[key]
    return [`第${key}号 红烧牛肉面`, '2', `${key % 97}.50`]
  },
})
const table = columns(
  [{ width: 18 }, { width: 6, align: 'right' }, { width: 8, align: 'right' }],
  rows,
  { gap: 0 },
)

let bytes = 0
const heaps = []
for (const piece of compilePieces({ nodes: [table] }, { profile: generic58 })) {
  bytes += piece.length
  globalThis.gc()
  heaps.push(process.memoryUsage().heapUsed)
}
// What the first piece needed was loaded with it.
const kept = Math.max(...heaps) - heaps[0]
process.stdout.write(JSON.stringify({ bytes, pieces: heaps.length, kept }))
