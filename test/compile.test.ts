/** What `compile` says to callers without types. */
import { expect, test } from 'vitest'
import { compileJson } from '../src/compile.js'
import { ReceiptError } from '../src/model/errors.js'
import { generic58 } from '../src/profiles/generic-58.js'

const receipt = { nodes: [{ kind: 'text', text: '合计' }] }

test.each([[undefined], [{}], [{ profile: 'generic-58' }], [{ profile: null }]])(
  'options %j are refused with what to give',
  (options) => {
    expect(() => compileJson(receipt, options as never)).toThrow(
      expect.objectContaining({
        code: 'PROFILE_NEEDED',
        hint: expect.stringContaining('findProfile'),
      }),
    )
  },
)

test('a misspelt option is refused, with those that there are', () => {
  const options = { profile: generic58, image: {} }
  expect(() => compileJson(receipt, options)).toThrow(
    expect.objectContaining({
      code: 'OPTION_UNKNOWN',
      path: 'options.image',
      hint: expect.stringContaining('images'),
    }),
  )
})

test('a profile with a field that it cannot have is refused before there are bytes', () => {
  const wide = { ...generic58, widthDots: '384' } as never
  const error = failure(() => compileJson(receipt, { profile: wide }))
  expect({ code: error.code, path: error.path }).toEqual({
    code: 'PROFILE_INVALID',
    path: 'widthDots',
  })
})

test('messages quote at most a thousand characters of what was given', () => {
  const nodes = [{ kind: 'text', text: 'a', ['x'.repeat(1_000_000)]: 1 }]
  const error = failure(() => compileJson({ nodes }, { profile: generic58 }))
  expect(error.code).toBe('RECEIPT_INVALID')
  expect(error.message.length).toBeLessThanOrEqual(1001)
})

test('a node with the type of other libraries is told about kind', () => {
  const error = failure(() => compileJson({ nodes: [{ type: 'text' }] }, { profile: generic58 }))
  expect(error.hint).toContain('{ "kind": "text", … }')
})

function failure(work: () => unknown): ReceiptError {
  try {
    work()
  } catch (error) {
    if (error instanceof ReceiptError) return error
  }
  throw new Error('it did not fail')
}
