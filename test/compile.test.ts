/** What `compile` says to callers without types. */
import { expect, test } from 'vitest'
import { compile } from '../src/compile.js'

const receipt = { nodes: [{ kind: 'text', text: '合计' }] }

test.each([[undefined], [{}], [{ profile: 'generic-58' }], [{ profile: null }]])(
  'options %j are refused with what to give',
  (options) => {
    expect(() => compile(receipt, options as never)).toThrow(
      expect.objectContaining({
        code: 'PROFILE_NEEDED',
        hint: expect.stringContaining('findProfile'),
      }),
    )
  },
)
