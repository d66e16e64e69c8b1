/** `toMatchPaper` is typed for vitest. */
import { expect } from 'vitest'
import { paperMatchers } from 'xiaopiao/emulator/matchers'

expect.extend(paperMatchers)
expect({}).toMatchPaper('x.png')
// @ts-expect-error a path is needed
expect({}).toMatchPaper()
