/** Writes docs/api.md: `npm run docs:api`. */
import { writeFileSync } from 'node:fs'
import { apiPage } from './api-page.mjs'

writeFileSync(new URL('../docs/api.md', import.meta.url), apiPage())
