import { type Dialect, DummyDriver, Kysely } from 'kysely'
import type { AnyDatabase } from './dialect.ts'

/**
 * A Kysely that only compiles. Statements run on our own connections, because a transaction here must hold one
 * connection, cache its compiled texts and read rows as arrays.
 */
export function compileOnly(
  parts: Pick<Dialect, 'createAdapter' | 'createIntrospector' | 'createQueryCompiler'>,
): Kysely<AnyDatabase> {
  return new Kysely<AnyDatabase>({ dialect: { ...parts, createDriver: () => new DummyDriver() } })
}
