/** The API as OpenAPI 3.1, made from the shapes that also check the requests. */

import * as z from 'zod/mini'
import { errorShape } from '../../hub-api/manage-shapes.js'
import { type ApiRoute, ROUTES } from '../../hub-api/routes.js'

/** Makes the OpenAPI document. @param version the version of xiaopiao */
export function openApi(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [name, route] of Object.entries(ROUTES) as [string, ApiRoute][]) {
    const path = paths[route.path] ?? {}
    paths[route.path] = path
    path[route.method] = operation(name, route)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'xiaopiao hub', version, license: { name: 'MIT' } },
    paths,
    components: {
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer' },
        agent: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description:
            'scheme Xiaopiao with TENANT.AGENT.TIME.NONCE.SIGNATURE, an Ed25519 signature',
        },
      },
      schemas: { Error: schemaOf(errorShape) },
    },
  }
}

function operation(name: string, route: ApiRoute): object {
  const { who, body, query } = route
  return {
    operationId: name,
    summary: route.summary,
    ...(who === 'open'
      ? { security: [] }
      : { security: [who === 'agent' ? { agent: [] } : { key: [who] }] }),
    parameters: [
      ...pathParameters(route.path),
      ...(query === undefined ? [] : queryParameters(query)),
    ],
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: json(schemaOf(body, 'input')) } }),
    responses: {
      ...Object.fromEntries(
        Object.entries(route.answers).map(([status, answer]) => [status, answerOf(answer)]),
      ),
      default: {
        description: 'not done',
        content: json({ $ref: '#/components/schemas/Error' }),
      },
    },
  }
}

function answerOf(answer: ApiRoute['answers'][number]): object {
  if (answer === null) return { description: 'nothing' }
  if (answer !== 'bytes') return { description: 'done', content: json(schemaOf(answer)) }
  return {
    description: 'the bytes',
    content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
  }
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', required: true },
    schema: { type: 'string' },
  }))
}

function queryParameters(shape: z.ZodMiniObject): object[] {
  return Object.entries(shape.shape).map(([name, field]) => ({
    ...{ name, in: 'query', required: false },
    schema: schemaOf(field as z.ZodMiniType),
  }))
}

function json(schema: object): object {
  return { 'application/json': { schema } }
}

function schemaOf(shape: z.ZodMiniType, io: 'input' | 'output' = 'output'): object {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' })
  return schema
}
