import type { CivilDate } from '../../kernel/index.ts'
import type { FactType, RecordFact, ScalarFact } from '../fact-types.ts'
import { type Fragment, identifier, joined, knownIf, raw, type SqlDialectName, sql } from './fragment.ts'
import type { SqlRecord, SqlSource } from './source.ts'

/** An element of a list, while what is asked of it is written. */
export type Element =
  | {
      readonly kind: 'record'
      readonly alias: string
      readonly type: RecordFact
      readonly source: SqlRecord
    }
  | { readonly kind: 'single'; readonly type: ScalarFact; readonly value: Fragment }

/** What the writing of any part needs. */
export interface Writing {
  readonly dialect: SqlDialectName
  /** A name that no other part of the statement has. */
  readonly alias: () => string
}

/** Where in a rule the writing stands. */
export interface Emission extends Writing {
  readonly on: CivilDate
  readonly facts: Readonly<Record<string, FactType>>
  readonly source: SqlSource
  /** The elements of the lists around, the outermost first. */
  readonly elements: readonly Element[]
}

/** Above this a part is bound once rather than written several times. */
const cheapWeight = 8

/**
 * Writes an expression that mentions parts several times, each of them evaluated once: what is more than a column is
 * bound by a sub-select that the database does not take apart. Otherwise nested text would grow without bound.
 */
export function once(
  at: Writing,
  parts: readonly Fragment[],
  body: (...parts: readonly Fragment[]) => Fragment,
): Fragment {
  if (parts.every(({ weight }) => weight <= cheapWeight)) return body(...parts)
  const alias = identifier(at.alias())
  const names = parts.map((_, index) => identifier(`v${index + 1}`))
  const given = joined(
    parts.map((part, index) => sql`${part} AS ${names[index] ?? part}`),
    ', ',
  )
  const inner = names.map((name, index) => ({
    ...sql`${alias}.${name}`,
    weight: 1,
    known: parts[index]?.known ?? false,
  }))
  const written = body(...inner)
  return knownIf(written.known, sql`(SELECT ${written} FROM (SELECT ${given}${fence(at)}) AS ${alias})`)
}

/** Keeps a sub-select from being merged into the statement around it, which would write its columns out again. */
export function fence({ dialect }: Writing): Fragment {
  return raw(dialect === 'sqlite' ? ' LIMIT -1 OFFSET 0' : ' OFFSET 0')
}
