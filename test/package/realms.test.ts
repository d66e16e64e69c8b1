import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { expect, test } from 'vitest'
import { codeOf, isBytes, isError, isPlainObject, messageOf } from '../../src/model/realms.js'
import { bindValue } from '../../src/template/bind.js'
import { root } from '../built.js'

/** As Jest has it: a realm with its own `Error`, `Object` and `Uint8Array`. */
const foreign = (source: string): unknown => vm.runInNewContext(source)

test('errors, bytes and objects of another realm are known', () => {
  const error = foreign("Object.assign(new TypeError('no such file'), { code: 'ENOENT' })")
  expect(error).not.toBeInstanceOf(Error)
  expect(isError(error)).toBe(true)
  expect(messageOf(error)).toBe('no such file')
  expect(codeOf(error)).toBe('ENOENT')
  expect(isBytes(foreign('new Uint8Array(2)'))).toBe(true)
  expect(isPlainObject(foreign('({ a: 1 })'))).toBe(true)
})

test('others are not taken for them', () => {
  expect(isError({ message: 'a' })).toBe(false)
  expect(messageOf('out of paper')).toBe('out of paper')
  expect(codeOf(Object.assign(new Error('a'), { code: 7 }))).toBeUndefined()
  expect(isBytes(foreign('new Uint16Array(2)'))).toBe(false)
  expect(isPlainObject(foreign('new (class A {})()'))).toBe(false)
  expect(isPlainObject([])).toBe(false)
})

test('a template of another realm is filled in', () => {
  const template = foreign("({ nodes: [{ kind: 'text', text: '{{ shop }}' }] })") as object
  expect(bindValue(template, { shop: '面馆' })).toEqual({ nodes: [{ kind: 'text', text: '面馆' }] })
})

test('the sources ask by these functions, because instanceof fails between realms', () => {
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  const asking = files
    // The command line is always a process of its own.
    .filter((file) => file.endsWith('.ts') && !file.startsWith('cli'))
    .filter((file) => file !== join('model', 'realms.ts'))
    .filter((file) => {
      const source = readFileSync(join(root, 'src', file), 'utf8')
      return /instanceof (Error|TypeError|RangeError|SyntaxError|Uint8Array|ArrayBuffer)\b/.test(
        source,
      )
    })
  expect(asking).toEqual([])
})
