export interface SchemaSources {
  readonly types: string
  readonly manual: string
}
export function makeSchemas(
  receipt: object,
  sources: SchemaSources,
): Readonly<Record<'receipt.schema.json' | 'template.schema.json', object>>
export function readSources(): SchemaSources
export function schemaText(schema: object): string
