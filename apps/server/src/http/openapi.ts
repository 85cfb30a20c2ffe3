import type { Route } from '@dengta/kernel'
import { problem } from '@dengta/sdk'
import { type ZodType, z } from 'zod'

type JsonSchema = Record<string, unknown>

/** The OpenAPI 3.1 document of a list of routes: made from the same schemas that check requests and answers. */
export function openApiOf(routes: readonly Route[], version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {}
  for (const route of routes) {
    const path = templatePath(route.path)
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    info: {
      title: 'Dengta 灯塔',
      version,
      description: 'From pain point to proven, guarded production use. Nothing counts without a record.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: schemaOf(problem, 'output') },
    },
  }
}

/** `/a/:id` and `/a/*` in the router's words become `/a/{id}` and `/a/{path}`. */
function templatePath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}').replace(/\*$/, '{path}')
}

function operation(route: Route): JsonSchema {
  return {
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[^A-Za-z0-9]+(\w?)/g, (_, c: string) => c.toUpperCase())}`,
    summary: route.summary.en,
    description: `${route.summary.zh}${route.allow === 'anyone' ? '' : ` — ${route.allow.join(', ')}`}`,
    ...(route.allow === 'anyone' ? {} : { security: [{ token: [] }] }),
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body ? { requestBody: { required: true, content: bodyContent(route.body) } } : {}),
    responses: {
      [String(route.status ?? 200)]: { description: 'OK', content: answerContent(route.answer) },
      default: {
        description: 'Problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function pathParameters(path: string): JsonSchema[] {
  return Array.from(templatePath(path).matchAll(/\{(\w+)\}/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: ZodType | undefined): JsonSchema[] {
  if (!query) return []
  const schema = schemaOf(query, 'input') as { properties?: Record<string, JsonSchema>; required?: string[] }
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }))
}

function bodyContent(body: ZodType | 'stream'): JsonSchema {
  return body === 'stream'
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schemaOf(body, 'input') } }
}

function answerContent(answer: ZodType | 'raw'): JsonSchema {
  return answer === 'raw'
    ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
    : { 'application/json': { schema: schemaOf(answer, 'output') } }
}

function schemaOf(schema: ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
