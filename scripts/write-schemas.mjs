/** `npm run schemas`: writes the JSON Schema files of the package, after `npm run build:js`. */
import { writeFileSync } from 'node:fs'
import { receiptJsonSchema } from '../dist/index.js'
import { makeSchemas, readSources, schemaText } from './schemas.mjs'

for (const [name, schema] of Object.entries(makeSchemas(receiptJsonSchema(), readSources()))) {
  writeFileSync(new URL(`../schema/${name}`, import.meta.url), schemaText(schema))
}
