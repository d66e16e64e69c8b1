const { mkdtempSync } = require('node:fs')
const { tmpdir } = require('node:os')
const { join } = require('node:path')
const { define } = require('./body.cjs')

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-jest-'))
define({ test, expect, load: async (entry) => require(entry), folder })
