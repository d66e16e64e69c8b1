/**
 * What a test of a user does with the package, for Jest and vitest, in CommonJS and as an ES module.
 * `load` imports or requires an entry; `folder` is an empty folder.
 */
export function define({ test, expect, load, folder }) {
  const node = (text) => ({ nodes: [{ kind: 'text', text }, { kind: 'cut' }] })

  const compiled = async (receipt) => {
    const { compile } = await load('xiaopiao')
    const { generic80 } = await load('xiaopiao/profiles/generic-80')
    return { job: compile(receipt, { profile: generic80 }), profile: generic80 }
  }

  const paperOf = async (receipt) => {
    const { printBytes } = await load('xiaopiao/emulator')
    const { job, profile } = await compiled(receipt)
    return printBytes(job.bytes, profile)
  }

  test('hanzi on paper', async () => {
    const { glyphs } = await paperOf(node('你好'))
    expect(glyphs.map(({ text }) => text).join('')).toBe('你好')
  })

  test('drawn characters', async () => {
    const { job } = await compiled(node('𠮷🧋'))
    expect(job.diagnostics.map(({ code }) => code)).toEqual(['CHAR_DRAWN', 'CHAR_DRAWN'])
    expect((await paperOf(node('𠮷🧋'))).images.length).toBeGreaterThan(0)
  })

  test('symbols, and the error of one that cannot hold its data', async () => {
    const { job } = await compiled({
      nodes: [{ kind: 'symbol', symbology: 'pdf417', data: 'abc' }],
    })
    expect(job.bytes.length).toBeGreaterThan(100)
    const qr = await compiled({ nodes: [{ kind: 'qr', data: 'https://example.com/i/48' }] })
    expect(qr.job.bytes.length).toBeGreaterThan(20)
    const { ReceiptError } = await load('xiaopiao')
    const long = { kind: 'symbol', symbology: 'maxicode', data: 'x'.repeat(500) }
    const error = await compiled({ nodes: [long] }).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(ReceiptError)
    expect([error.name, error.path]).toEqual(['ReceiptError', 'nodes[0].data'])
  })

  test('toMatchPaper', async () => {
    const { matchPaper, paperMatchers } = await load('xiaopiao/emulator/matchers')
    expect.extend(paperMatchers)
    const golden = `${folder}/sale.png`
    const sale = await paperOf(node('合计 12.50'))
    expect(matchPaper(sale, golden, { update: 'all' }).pass).toBe(true)
    expect(sale).toMatchPaper(golden)
    const other = await paperOf(node('合计 12.80'))
    expect(other).not.toMatchPaper(golden)
    expect(() => expect(other).toMatchPaper(golden)).toThrow(/dots differ/)
  })

  const failureOf = async (uri, options) => {
    const { openPrinter } = await load('xiaopiao/printer')
    const { generic80 } = await load('xiaopiao/profiles/generic-80')
    const printer = openPrinter(uri, { profile: generic80, ...options })
    try {
      await printer.print(node('取餐号 A108'), { timeoutMs: 5000 })
      return undefined
    } catch (error) {
      return error
    } finally {
      await printer.close()
    }
  }

  test('a refused connection', async () => {
    const { NotStarted } = await load('xiaopiao/printer')
    const error = await failureOf('tcp://127.0.0.1:1')
    expect(error).toBeInstanceOf(NotStarted)
    expect([error.name, error.cause.code]).toEqual(['NotStarted', 'CONNECT_REFUSED'])
  })

  test('a new journal, a printer in a file, and a job that is not printed twice', async () => {
    const { openPrinter } = await load('xiaopiao/printer')
    const { fileJournal } = await load('xiaopiao/journal')
    const { generic80 } = await load('xiaopiao/profiles/generic-80')
    const journal = await fileJournal(`${folder}/jobs.jsonl`)
    const printer = openPrinter(`file:${folder}/out.bin`, { profile: generic80, journal })
    const first = await printer.print(node('取餐号 A108'), { jobId: 'a' })
    const second = await printer.print(node('取餐号 A108'), { jobId: 'a' })
    expect([first.grade, first.alreadyDone, second.alreadyDone]).toEqual([
      'handed-over',
      false,
      true,
    ])
    await printer.close()
  })

  test('files and libraries that are missing are named', async () => {
    const file = await failureOf(`file:${folder}/nowhere/lp0`)
    expect(file.cause.code).toBe('FILE_NOT_FOUND')
    const serial = await failureOf('serial:/dev/ttyS9?baud=9600')
    expect(['SERIAL_LIBRARY_MISSING', 'SERIAL_IN_WORKER']).toContain(serial.cause.code)
  })
}
