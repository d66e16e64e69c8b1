/** Mistakes of a newcomer: the compiler finds each of them. */
import { columns, compile, field, text } from 'xiaopiao'
import { openPrinter } from 'xiaopiao/printer'
import { overrideProfile } from 'xiaopiao/profiles'
import { generic58 } from 'xiaopiao/profiles/generic-58'

const printer = openPrinter('tcp://127.0.0.1')
// @ts-expect-error misspelt nodes
compile({ nods: [] }, { profile: generic58 })
// @ts-expect-error a text has no value
compile({ nodes: [{ kind: 'text', value: 'x' }] }, { profile: generic58 })
// @ts-expect-error a list is no receipt
compile([text('a')], { profile: generic58 })
// @ts-expect-error misspelt nodes
printer.print({ nods: [] })
// @ts-expect-error a list is no receipt
printer.print([text('x')])
// @ts-expect-error misspelt path
overrideProfile(generic58, { witdhDots: '416' })
// @ts-expect-error misspelt option
text('x', { algin: 'center' })
// @ts-expect-error an amount is text
field('合计', 12.5)
// @ts-expect-error a cell is text
columns([{ width: '1fr' }], [['a', 2]])
// @ts-expect-error an id is no profile
compile({ nodes: [] }, { profile: 'generic-58' })
// @ts-expect-error misspelt field of a profile
compile({ nodes: [] }, { profile: { ...generic58, widthDot: 416 } })
