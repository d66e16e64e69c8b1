/** What every transport must hold, run over each of them by its own test file. */

import { afterEach, describe, expect, it, onTestFinished } from 'vitest'
import { TransportError } from '../../src/model/errors.js'
import type { Connection, Transport } from '../../src/transports/types.js'

export interface TransportRig {
  readonly transport: Transport
  /** What the far side has got; asked after `close`. */
  received(): Promise<Uint8Array> | Uint8Array
  /** Lets the device say something to the open connection. */
  say?(data: Uint8Array): void
  dispose?(): Promise<void> | void
}

export interface TransportRigs {
  readonly name: string
  /** A far side that takes everything. */
  taking(): Promise<TransportRig>
  /** A far side that takes next to nothing: 8 MB do not fit. */
  stopped?(): Promise<TransportRig>
  /** An address where nobody answers with a connection, and the code that it gives. */
  absent?(): Promise<{ readonly transport: Transport; readonly code: string }>
  /** Cases that make no sense here, each with its reason. */
  readonly skips?: Partial<Record<'says' | 'stopped' | 'absent', string>>
}

const MEGABYTE = 1 << 20

export function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i++) bytes[i] = (i * 31 + (i >> 8) * 7) & 0xff
  return bytes
}

export async function failureOf(work: Promise<unknown>): Promise<TransportError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (error instanceof TransportError) return error
  throw new Error(`expected a TransportError, got ${String(error)}`)
}

export function transportConformance(rigs: TransportRigs): void {
  describe(`conformance: ${rigs.name}`, () => {
    let rig: TransportRig | undefined
    afterEach(async () => {
      await rig?.dispose?.()
      rig = undefined
    })

    const opened = async (
      make: () => Promise<TransportRig>,
    ): Promise<[TransportRig, Connection]> => {
      const made = await make()
      rig = made
      const connection = await made.transport.open()
      onTestFinished(() => connection.abort())
      return [made, connection]
    }

    const needs = <T>(what: 'says' | 'stopped' | 'absent', value: T | undefined): T | undefined => {
      const reason = rigs.skips?.[what]
      if ((value === undefined) !== (reason !== undefined)) {
        throw new Error(`${rigs.name} must either offer "${what}" or say why not`)
      }
      return value
    }

    it('keeps the order of writes, and delivers them before close resolves', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      const sent = pattern(1000)
      for (let at = 0; at < sent.length; at += 7) await connection.write(sent.subarray(at, at + 7))
      expect(connection.bytesWritten).toBe(1000)
      await connection.close()
      expect(Buffer.compare(await received(), sent)).toBe(0)
    })

    it('takes a write of no bytes', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      await connection.write(new Uint8Array(0))
      expect(connection.bytesWritten).toBe(0)
      await connection.write(Uint8Array.of(0x41))
      await connection.close()
      expect([...(await received())]).toEqual([0x41])
    })

    it('takes one megabyte in one write', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      const sent = pattern(MEGABYTE)
      await connection.write(sent)
      expect(connection.bytesWritten).toBe(MEGABYTE)
      await connection.close()
      expect(Buffer.compare(await received(), sent)).toBe(0)
    })

    it('refuses a second write while one runs, and the first still arrives', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      const first = connection.write(pattern(100_000))
      const refused = await failureOf(connection.write(Uint8Array.of(1)))
      expect(refused).toMatchObject({ code: 'WRITE_IN_PROGRESS', phase: 'write' })
      await first
      await connection.close()
      expect(Buffer.compare(await received(), pattern(100_000))).toBe(0)
    })

    it('closes after the write that still runs', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      const writing = connection.write(pattern(300_000))
      await connection.close()
      await writing
      expect((await received()).length).toBe(300_000)
    })

    it('closes twice, and tells the listener once', async () => {
      const [, connection] = await opened(rigs.taking)
      const ends: (Error | undefined)[] = []
      connection.onClose((error) => ends.push(error))
      await connection.write(Uint8Array.of(1))
      await Promise.all([connection.close(), connection.close()])
      await connection.close()
      connection.abort()
      expect(ends).toEqual([undefined])
    })

    it('refuses a write after close', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      await connection.write(Uint8Array.of(1, 2))
      await connection.close()
      const refused = await failureOf(connection.write(Uint8Array.of(3)))
      expect(refused).toMatchObject({ code: 'CONNECTION_CLOSED', phase: 'write', bytesWritten: 2 })
      expect([...(await received())]).toEqual([1, 2])
    })

    it('opens again after close', async () => {
      const [{ transport }, connection] = await opened(rigs.taking)
      await connection.write(Uint8Array.of(1))
      await connection.close()
      const second = await transport.open()
      await second.write(Uint8Array.of(2))
      expect(second.bytesWritten).toBe(1)
      await second.close()
    })

    it('does not open for a caller who has given up', async () => {
      rig = await rigs.taking()
      const refused = await failureOf(rig.transport.open({ signal: AbortSignal.abort() }))
      expect(refused).toMatchObject({ code: 'ABORTED', phase: 'open', bytesWritten: 0 })
    })

    it('writes nothing for a caller who has given up, and nothing after that', async () => {
      const [{ received }, connection] = await opened(rigs.taking)
      const write = connection.write(pattern(10), { signal: AbortSignal.abort() })
      expect(await failureOf(write)).toMatchObject({ code: 'ABORTED', phase: 'write' })
      expect(connection.bytesWritten).toBe(0)
      expect(await failureOf(connection.write(pattern(10)))).toMatchObject({ code: 'ABORTED' })
      await connection.close()
      expect((await received()).length).toBe(0)
    })

    it('hands the listener what the device says, also what it said before', async () => {
      if (rig === undefined) rig = await rigs.taking()
      const say = needs('says', rig.say)
      if (say === undefined) return
      const connection = await rig.transport.open()
      onTestFinished(() => connection.abort())
      await connection.write(Uint8Array.of(0x41))
      say(Uint8Array.of(1, 2, 3))
      await new Promise((resolve) => setTimeout(resolve, 50))
      const heard: number[] = []
      connection.onData((data) => heard.push(...data))
      say(Uint8Array.of(4, 5))
      await expect.poll(() => heard).toEqual([1, 2, 3, 4, 5])
      await connection.close()
    })

    it('fails at its deadline with how far it got, when the far side takes nothing', async () => {
      const stopped = needs('stopped', rigs.stopped)
      if (stopped === undefined) return
      const [, connection] = await opened(stopped)
      const failure = await failureOf(connection.write(pattern(8 * MEGABYTE), { timeoutMs: 300 }))
      expect(failure).toMatchObject({ code: 'WRITE_TIMEOUT', phase: 'write' })
      expect(failure.hint).toMatch(/paper/)
      expect(failure.bytesWritten).toBeGreaterThan(0)
      expect(failure.bytesWritten).toBeLessThan(8 * MEGABYTE)
      expect(connection.bytesWritten).toBe(failure.bytesWritten)
      // The caller knows already: closing cleans up and does not tell it again.
      await connection.close()
    })

    it('stops at the signal of its caller in the middle of a write', async () => {
      const stopped = needs('stopped', rigs.stopped)
      if (stopped === undefined) return
      const [, connection] = await opened(stopped)
      const controller = new AbortController()
      const write = failureOf(
        connection.write(pattern(8 * MEGABYTE), { signal: controller.signal }),
      )
      setTimeout(() => controller.abort(), 100)
      const failure = await write
      expect(failure).toMatchObject({ code: 'ABORTED', phase: 'write' })
      expect(failure.bytesWritten).toBeGreaterThan(0)
    })

    it('ends a running write when it is aborted', async () => {
      const stopped = needs('stopped', rigs.stopped)
      if (stopped === undefined) return
      const [, connection] = await opened(stopped)
      const write = failureOf(connection.write(pattern(8 * MEGABYTE)))
      setTimeout(() => connection.abort(), 50)
      expect(await write).toMatchObject({ code: 'ABORTED', phase: 'write' })
    })

    it('says what is wrong when nobody is there', async () => {
      const absent = needs('absent', rigs.absent)
      if (absent === undefined) return
      const { transport, code } = await absent()
      const failure = await failureOf(transport.open())
      expect(failure).toMatchObject({ code, phase: 'open', bytesWritten: 0 })
      expect(failure.message).toContain(transport.uri)
      expect(failure.hint).toMatch(/\w+ \w+/)
    })
  })
}
