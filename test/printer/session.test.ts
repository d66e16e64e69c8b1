import { describe, expect, it } from 'vitest'
import { Session, type SessionOptions } from '../../src/printer/session.js'
import { memory } from '../../src/transports/memory.js'
import { wait } from './helpers.js'

/** A session with a device that answers by a table from hex to hex. */
async function session(answers: Readonly<Record<string, string>>, options: SessionOptions = {}) {
  const asked: string[] = []
  const transport = memory({
    answer: (data) => {
      const question = Buffer.from(data).toString('hex')
      asked.push(question)
      return Buffer.from(answers[question] ?? '', 'hex')
    },
  })
  const opened = new Session(await transport.open(), options)
  const push = (hex: string) => transport.push(Buffer.from(hex, 'hex'))
  return { opened, asked, push }
}

const READY = { '100401': '12', '100402': '12', '100403': '12', '100404': '12' }

describe('a session', () => {
  it('tells answers from status bytes that nobody asked for', async () => {
    const { opened, push } = await session({
      ...READY,
      '100401': '1000000f16',
      '100404': '1000000f1e1400030f',
    })
    push('12')
    push('1c000c0f')
    expect(opened.status).toMatchObject({ online: false, paper: 'end' })
    expect(await opened.askStatus(50)).toEqual({
      answered: true,
      online: true,
      paper: 'near-end',
      cover: 'closed',
      error: 'none',
      drawerPin: 'high',
    })
  })

  it('asks no second question while an answer is owed, and takes the late one for what it is', async () => {
    const { opened, asked, push } = await session({})
    expect((await opened.askStatus(20)).answered).toBe(false)
    expect((await opened.askStatus(20)).answered).toBe(false)
    expect(asked).toEqual(['100401'])
    expect(opened.heard).toBe(false)
    push('1a')
    expect(opened.heard).toBe(true)
    expect(opened.status).toMatchObject({ online: false, paper: 'unknown', cover: 'unknown' })
    await opened.askStatus(20)
    expect(asked).toEqual(['100401', '100401'])
  })

  it('goes on after a question that the printer does not know', async () => {
    const { opened } = await session({ '100401': '12', '100402': '16', '100404': '1e' })
    expect(await opened.askStatus(20)).toMatchObject({
      online: true,
      cover: 'open',
      error: 'unknown',
      paper: 'near-end',
    })
  })

  it('asks questions of both kinds in turn behind a job', async () => {
    const { opened, asked } = await session(READY)
    const turns: string[] = []
    const isWhole = await opened.askStatusBetween(async () => {
      turns.push(...asked.splice(0), 'fence')
    }, 50)
    expect(isWhole).toBe(true)
    // A printer that answers one kind from a buffer and not the other has not read what stood before.
    const inTurn = ['100401', '100402', '100403', '100404'].flatMap((one) => ['fence', one])
    expect(turns).toEqual([...inTurn, 'fence'])
  })

  it('takes no real-time answer for the fence', async () => {
    const { opened, push } = await session({ ...READY, '1d7201': '' })
    const fence = opened.fence(150)
    await opened.askStatus(20)
    push('12')
    expect(await fence).toBe(false)
    push('00')
    expect(opened.status.paper).toBe('ok')
  })

  it('waits for its own process ID', async () => {
    const request = '1d28480600303030303037'
    expect(
      await (await session({ [request]: '372230303037 00'.replace(' ', '') })).opened.processId(
        '0007',
        50,
      ),
    ).toBe(true)
    const { opened, push } = await session({})
    const answered = opened.processId('0007', 100)
    push('37223030303600')
    expect(await answered).toBe(false)
  })

  it('drops half an answer after a silence, so that it swallows no other', async () => {
    const { opened, push } = await session({ '1d7201': '03' })
    push('1400')
    await wait(1100)
    expect(await opened.fence(50)).toBe(true)
    expect(opened.status.paper).toBe('near-end')
  })

  it('hears XON and XOFF in the middle of answers where they are in use', async () => {
    const request = '1d28480600303030303037'
    const answers = { ...READY, '100401': '1312', [request]: '37221330301130370011' }
    const { opened } = await session(answers, { flowControl: true })
    expect(await opened.askStatus(50)).toMatchObject({ online: true, paper: 'ok' })
    expect(await opened.processId('0007', 50)).toBe(true)
    const without = await session(answers)
    expect(await without.opened.processId('0007', 50)).toBe(false)
  })

  it('knows nothing good of a printer that answers more than it was asked', async () => {
    const { opened } = await session({ ...READY, '100401': '1212' })
    expect(await opened.askStatus(50)).toMatchObject({ online: 'unknown', paper: 'unknown' })
    const bad = await session({ ...READY, '100401': '1212', '100404': '72' })
    expect(await bad.opened.askStatus(50)).toMatchObject({ paper: 'end', cover: 'unknown' })
  })

  it('counts what it says that answers no question', async () => {
    const { opened, push } = await session({ '1d7201': '00' })
    expect(await opened.fence(50)).toBe(true)
    expect(opened.strays).toBe(0)
    // Automatic status, four bytes that belong together.
    push('1000000f')
    expect(opened.strays).toBe(0)
    // ACK, an answer to GS r, one to DLE EOT, a model that was not asked for, a header of no block, noise.
    for (const [i, hex] of ['06', '00', '12', '5f4100', '35', 'ff'].entries()) {
      push(hex)
      expect([hex, opened.strays]).toEqual([hex, i + 1])
    }
  })

  it('stops waiting when its caller gives up', async () => {
    const { opened } = await session({})
    const start = performance.now()
    expect(await opened.fence(5000, AbortSignal.timeout(30))).toBe(false)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
