import { describe, expect, it } from 'vitest'
import { memory } from '../../src/transports/memory.js'
import { transportConformance } from '../conformance/transport.js'

transportConformance({
  name: 'memory',
  async taking() {
    const transport = memory({ answer: () => undefined })
    return { transport, received: () => transport.bytes, say: transport.push }
  },
  skips: {
    stopped: 'memory takes everything',
    absent: 'memory is always there',
  },
})

describe('memory', () => {
  it('keeps one job for each connection and answers', async () => {
    const transport = memory({
      answer: (data) => (data[0] === 0x10 ? Uint8Array.of(0x12) : undefined),
    })
    const heard: number[] = []
    for (const byte of [0x10, 0x41]) {
      const connection = await transport.open()
      connection.onData((data) => heard.push(...data))
      await connection.write(Uint8Array.of(byte))
      await connection.close()
    }
    expect(transport.jobs.map((job) => [...job])).toEqual([[0x10], [0x41]])
    expect([...transport.bytes]).toEqual([0x10, 0x41])
    expect(heard).toEqual([0x12])
    expect(memory().twoWay).toBe(false)
  })
})
