import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { define } from './body.mjs'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-vitest-'))
define({ test, expect, load: (entry) => import(entry), folder })
