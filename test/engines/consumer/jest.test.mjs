import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { define } from './body.mjs'

const folder = mkdtempSync(join(tmpdir(), 'xiaopiao-jest-'))
define({ test, expect, load: (entry) => import(entry), folder })
