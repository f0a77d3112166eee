import type { UseCase } from '@lumbung/core/village'
import * as z from 'zod'
import { refuseRequest } from './errors.ts'

/** The schema of an input as JSON Schema, of the dialect that OpenAPI 3.1 uses. */
export function inputSchemaOf(useCase: UseCase): z.core.JSONSchema.JSONSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(useCase.input, { io: 'input', unrepresentable: 'any' })
  return schema
}

/**
 * The input of a read from the query of an address: each field by its name, or all of them as JSON in `input`. A
 * query holds texts alone, so numbers and truth values are read where the schema asks for them; what does not fit
 * stays a text, and the schema then says so.
 */
export function inputOfQuery(useCase: UseCase, query: Readonly<Record<string, string>>): unknown {
  const { input, lang: _, ...fields } = query
  if (input !== undefined) {
    if (Object.keys(fields).length > 0) refuseRequest(400, 'Fields stand either in `input` or by themselves.')
    return jsonOf(input)
  }
  const { properties = {} } = inputSchemaOf(useCase)
  return Object.fromEntries(
    Object.entries(fields).map(([name, text]) => [name, fieldOf(text, properties[name])]),
  )
}

/** The value that a JSON text stands for. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return refuseRequest(400, 'The input is not JSON.')
  }
}

function fieldOf(text: string, schema: z.core.JSONSchema._JSONSchema | undefined): unknown {
  const type = typeof schema === 'object' ? schema.type : undefined
  if ((type === 'integer' || type === 'number') && /^-?\d+(?:\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true'
  return text
}
