/** `toMatchPaper` is typed for the `expect` of Jest's own module. */
import { expect } from '@jest/globals'
import { paperMatchers } from 'xiaopiao/emulator/matchers'

expect.extend(paperMatchers)
expect({}).toMatchPaper('x.png')
expect({}).not.toMatchPaper(new URL('x.png', 'file:///'))
// @ts-expect-error a path is needed
expect({}).toMatchPaper()
