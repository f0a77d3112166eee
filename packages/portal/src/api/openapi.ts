import type { UseCase, VillageConfig } from '@lumbung/core/village'
import * as z from 'zod'
import { failures } from './errors.ts'
import { exposedUseCases } from './exposed.ts'
import { inputSchemaOf } from './input.ts'
import { outputs } from './outputs.ts'

type JsonObject = Readonly<Record<string, unknown>>

const json = (schema: JsonObject): JsonObject => ({ 'application/json': { schema } })
const reference = (kind: string, name: string): JsonObject => ({ $ref: `#/components/${kind}/${name}` })

/** The JSON interface of a village as an OpenAPI 3.1 document, made from the schemas that its input is parsed with. */
export function openApiDocument(config: VillageConfig): JsonObject {
  const shared: Record<string, JsonObject> = {}
  const paths = [...exposedUseCases.values()].map((useCase): [string, JsonObject] => [
    `/api/${useCase.name}`,
    useCase.kind === 'read'
      ? { get: readOperation(useCase, shared) }
      : { post: writeOperation(useCase, shared) },
  ])
  return {
    openapi: '3.1.0',
    info: {
      title: `Lumbung: ${config.name['en'] ?? Object.values(config.name)[0] ?? config.id}`,
      version: '1',
      description: about,
    },
    servers: [{ url: '/' }],
    // Anonymous visitors have a role too, so that a session is needed for most, not for all.
    security: [{ session: [] }, {}],
    paths: { '/api/session': sessionPath, ...Object.fromEntries(paths) },
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: '__Host-session', description: 'Set by /sign-in.' },
      },
      parameters,
      schemas: { Error: errorSchema, ...shared },
      responses: Object.fromEntries(
        Object.entries(failures).map(([status, description]) => [
          `Failure${status}`,
          { description, content: json(reference('schemas', 'Error')) },
        ]),
      ),
    },
  }
}

const about = [
  'The use cases behind the pages, with the same permission, audit log and read log.',
  'Numbers of people and family cards are masked; `resident.show-numbers` and `household.show-number` open them.',
  'Money and other large integers are text, dates are `YYYY-MM-DD`, instants ISO 8601 in UTC, unknown is `null`.',
  'A write brings `x-csrf`, as `GET /api/session` tells it, and a body of `application/json`.',
].join(' ')

const errorSchema = {
  type: 'object',
  required: ['code', 'message'],
  properties: {
    code: { type: 'string', description: 'What a program reacts to, such as `village/forbidden`.' },
    message: { type: 'string', description: 'One English sentence for whoever writes the program.' },
    details: { type: 'object', description: 'What the code is about.' },
  },
} as const

const parameters = {
  purpose: {
    name: 'x-purpose',
    in: 'header',
    schema: { type: 'string' },
    description: 'The purpose for which personal data are read. Default: the first one that the role has.',
  },
  reason: {
    name: 'x-reason',
    in: 'header',
    schema: { type: 'string' },
    description: 'Why, in words for the audit log, percent-encoded UTF-8.',
  },
  csrf: {
    name: 'x-csrf',
    in: 'header',
    schema: { type: 'string' },
    description:
      'The token of `GET /api/session`, needed unless a browser says that the request comes from a page of this host.',
  },
} as const

const sessionPath = {
  get: {
    operationId: 'session',
    summary: 'Who asks, and the token that a write brings along.',
    responses: {
      200: {
        description: 'The session.',
        content: json({
          type: 'object',
          required: ['name', 'roles', 'hamlets', 'purposes', 'csrf'],
          properties: {
            name: { type: ['string', 'null'] },
            roles: { type: 'array', items: { type: 'string' } },
            hamlets: { type: 'array', items: { type: 'string' } },
            purposes: { type: 'array', items: { type: 'string' } },
            csrf: { type: 'string' },
          },
        }),
      },
    },
  },
} as const

/** Schemas that lie within themselves stand among those of the document, each under a name of its own. */
type Shared = Record<string, JsonObject>

function readOperation(useCase: UseCase, shared: Shared): JsonObject {
  const { properties = {}, required = [] } = inputSchemaOf(useCase)
  const fields = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    // All fields may stand in `input` instead, so none is required by itself.
    required: false,
    schema,
    ...(required.includes(name) ? { description: 'Required here or in `input`.' } : {}),
  }))
  const whole = {
    name: 'input',
    in: 'query',
    description: 'All fields as one JSON object, instead of one by one.',
    content: json(objectOf(inputSchemaOf(useCase))),
  }
  return {
    ...operation(useCase, [400, 403, 404, 405, 500, 503], shared),
    parameters: [...fields, whole, reference('parameters', 'purpose')],
  }
}

function writeOperation(useCase: UseCase, shared: Shared): JsonObject {
  return {
    ...operation(useCase, [400, 403, 404, 405, 409, 413, 415, 422, 500, 503], shared),
    parameters: ['csrf', 'purpose', 'reason'].map((name) => reference('parameters', name)),
    requestBody: { required: true, content: json(objectOf(inputSchemaOf(useCase))) },
  }
}

function operation(
  { name, scope, kind }: UseCase,
  statuses: readonly (keyof typeof failures)[],
  shared: Shared,
): JsonObject {
  const output = outputs[name]
  const schema = output === undefined ? {} : outputSchemaOf(name, output, shared)
  return {
    operationId: name,
    tags: [name.slice(0, name.indexOf('.'))],
    summary: `${kind === 'read' ? 'Reads' : 'Writes'} under the scope ${scope}.`,
    responses: {
      200: { description: 'What the use case gives.', content: json(schema) },
      ...Object.fromEntries(statuses.map((status) => [status, reference('responses', `Failure${status}`)])),
    },
  }
}

/** What a use case gives. The schemas that it refers to within itself are moved to where the document has them. */
function outputSchemaOf(name: string, output: z.ZodType, shared: Shared): JsonObject {
  const whole = z.toJSONSchema(output, { io: 'input', unrepresentable: 'any' })
  const moved = JSON.stringify(whole).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`)
  const { $schema: _, $defs: inner = {}, ...schema } = JSON.parse(moved)
  for (const [key, part] of Object.entries<JsonObject>(inner)) shared[`${name}.${key}`] = part
  return schema
}

/** A JSON Schema as an object like any other. */
function objectOf(schema: object): JsonObject {
  return { ...schema }
}
