/** Each function that takes options refuses a wrong one before anything happens, with code, path and the fix. */

import { expect, test } from 'vitest'
import { startVirtualPrinter } from '../../src/device/server/server.js'
import { printBytes, VirtualPrinter } from '../../src/emulator/virtual-printer.js'
import { memoryJournal } from '../../src/journal/memory.js'
import { OptionError } from '../../src/model/errors.js'
import { openPrinter } from '../../src/printer/open-printer.js'
import { openQueue } from '../../src/printer/print-queue.js'
import { generic80 } from '../../src/profiles/generic-80.js'
import { bindValue as bind } from '../../src/template/bind.js'
import { memory } from '../../src/transports/memory.js'
import { failureOf, lines } from './helpers.js'

const BYTES = lines(1)

async function refusalOf(work: () => unknown) {
  const { code, path, message, hint } = await failureOf((async () => work())(), OptionError)
  return { code, path, message, hint }
}

const WRONG_PRINT: readonly (readonly [object, string, string])[] = [
  [{ copies: 0 }, 'copies', 'a whole number from 1 to 999, found the number 0'],
  [{ copies: -1 }, 'copies', 'found the number -1'],
  [{ copies: Number.NaN }, 'copies', 'found the number NaN'],
  [{ copies: 1.5 }, 'copies', 'found the number 1.5'],
  [{ copies: 1e9 }, 'copies', 'found the number 1000000000'],
  [{ copies: '2' }, 'copies', 'found the text "2"'],
  [{ timeoutMs: Number.NaN }, 'timeoutMs', 'at least 0, found the number NaN'],
  [{ timeoutMs: -1 }, 'timeoutMs', 'at least 0'],
  [{ pauseBetweenCopiesMs: Number.NaN }, 'pauseBetweenCopiesMs', 'milliseconds'],
  [{ deadline: Date.now() }, 'deadline', 'a date, found the number'],
  [{ deadline: new Date(Number.NaN) }, 'deadline', 'a date that is none'],
  [{ onPaperOut: 'retry' }, 'onPaperOut', 'one of wait, cancel, leave, found the text "retry"'],
  [{ onUncertain: 'reprint' }, 'onUncertain', 'one of report, reprint-marked'],
  [{ jobId: 17 }, 'jobId', 'a text that is not empty, found the number 17'],
  [{ jobId: '' }, 'jobId', 'found the text ""'],
  [{ marked: 'no' }, 'marked', 'true or false'],
  [{ onProgress: true }, 'onProgress', 'a function'],
  [{ signal: {} }, 'signal', 'an AbortSignal, found an object'],
  [{ images: null }, 'images', 'an object, found null'],
]

test.each(WRONG_PRINT)('print refuses %j', async (options, name, says) => {
  const transport = memory()
  const error = await refusalOf(() => openPrinter(transport).print(BYTES, options as never))
  expect(error).toMatchObject({ code: 'OPTION_INVALID', path: `options.${name}` })
  expect(error.message).toContain(says)
  expect(transport.bytes.length).toBe(0)
})

test.each([
  [{ copeis: 3 }, 'copeis', 'did you mean copies?'],
  [{ timeout: 5 }, 'timeout', 'did you mean timeoutMs?'],
  [{ zzzz: 1 }, 'zzzz', 'it has signal, timeoutMs'],
])('print has no option %j', async (options, name, hint) => {
  const error = await refusalOf(() => openPrinter(memory()).print(BYTES, options as never))
  expect(error).toMatchObject({ code: 'OPTION_UNKNOWN', path: `options.${name}` })
  expect(error.hint).toContain(hint)
})

test.each([
  [{ profile: 'generic-80' }, 'PROFILE_NEEDED', 'profile'],
  [{ profile: null }, 'PROFILE_NEEDED', 'profile'],
  [{ windowBytes: '4096' }, 'OPTION_INVALID', 'windowBytes'],
  [{ answerTimeoutMs: -1 }, 'OPTION_INVALID', 'answerTimeoutMs'],
  [{ answerTimeoutMs: Number.POSITIVE_INFINITY }, 'OPTION_INVALID', 'answerTimeoutMs'],
  [{ reconnectMs: Number.NaN }, 'OPTION_INVALID', 'reconnectMs'],
  [{ journal: 'jobs.jsonl' }, 'OPTION_INVALID', 'journal'],
  [{ ifStopped: 'wiat' }, 'OPTION_INVALID', 'ifStopped'],
  [{ profiel: generic80 }, 'OPTION_UNKNOWN', 'profiel'],
])('openPrinter refuses %j', async (options, code, name) => {
  const error = await refusalOf(() => openPrinter(memory(), options as never))
  expect(error).toMatchObject({ code, path: `options.${name}` })
})

test('openPrinter refuses no target, and null for options', async () => {
  expect(await refusalOf(() => openPrinter(undefined as never))).toMatchObject({ path: 'target' })
  expect(await refusalOf(() => openPrinter('' as never))).toMatchObject({ path: 'target' })
  const error = await refusalOf(() => openPrinter(memory(), null as never))
  expect(error.message).toBe('openPrinter: options must be an object, found null')
})

test('status, identity, interrupted and watch read theirs', async () => {
  const printer = openPrinter(memory())
  const wrong = { timeoutMs: 'soon' } as never
  expect(await refusalOf(() => printer.status(wrong))).toMatchObject({ path: 'options.timeoutMs' })
  expect(await refusalOf(() => printer.identity({ time: 1 } as never))).toMatchObject({
    path: 'options.time',
  })
  expect(await refusalOf(() => printer.watch({ intervalMs: 0 }))).toMatchObject({
    path: 'options.intervalMs',
  })
})

test('openQueue and queue.add refuse before anything is written down', async () => {
  expect(await refusalOf(() => openQueue({} as never))).toMatchObject({
    path: 'options.journal',
    message: 'openQueue needs journal, a journal, such as fileJournal opens',
  })
  const journal = memoryJournal()
  const inner = { journal, print: { onPaperOut: 'wiat' } } as never
  expect(await refusalOf(() => openQueue(inner))).toMatchObject({
    path: 'options.print.onPaperOut',
  })
  const queue = openQueue({ journal, open: () => openPrinter(memory()) })
  for (const copies of [0, Number('two')]) {
    const adding = () => queue.add(BYTES, { jobId: 'a', printer: 'tcp://127.0.0.1:1', copies })
    expect(await refusalOf(adding)).toMatchObject({ path: 'options.copies' })
  }
  expect(await journal.list()).toEqual([])
  await queue.close()
})

test.each([
  [undefined, 'PROFILE_NEEDED', 'profile'],
  [{}, 'PROFILE_NEEDED', 'profile'],
  [{ profile: 'generic-80' }, 'PROFILE_NEEDED', 'profile'],
  [{ profile: generic80, fault: [] }, 'OPTION_UNKNOWN', 'fault'],
  [{ profile: generic80, faults: 'paper-out@60mm' }, 'OPTION_INVALID', 'faults'],
  [{ profile: generic80, state: { cover: 'opne' } }, 'OPTION_INVALID', 'state.cover'],
  [{ profile: generic80, speedMmPerSecond: Number.NaN }, 'OPTION_INVALID', 'speedMmPerSecond'],
  [{ profile: generic80, port: 70_000 }, 'OPTION_INVALID', 'port'],
])('startVirtualPrinter refuses %j', async (options, code, name) => {
  const error = await refusalOf(() => startVirtualPrinter(options as never))
  expect(error).toMatchObject({ code, path: `options.${name}` })
})

test('printBytes and VirtualPrinter refuse an id for a profile and text for bytes', async () => {
  expect(await refusalOf(() => printBytes(BYTES, 'generic-80' as never))).toMatchObject({
    code: 'PROFILE_NEEDED',
    path: 'profile',
  })
  expect(await refusalOf(() => printBytes('hello' as never, generic80))).toMatchObject({
    path: 'bytes',
    message: 'printBytes: bytes must be bytes (a Uint8Array), found the text "hello"',
  })
  expect(await refusalOf(() => new VirtualPrinter({} as never))).toMatchObject({
    code: 'PROFILE_NEEDED',
  })
})

test.each([['text'], [[1]], [7], [null]])('bind refuses %j for data', async (data) => {
  expect(await refusalOf(() => bind({ value: '{{ a }}' }, data))).toMatchObject({
    code: 'OPTION_INVALID',
    path: 'data',
  })
})
