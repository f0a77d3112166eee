import type { DumpLine, StorageSchema } from '@lumbung/core/storage'
import type { Session } from '../frame/session.ts'
import type { Target } from './target.ts'

/** The whole schema of a database. */
export async function storedSchema(_target: Target, _session: Session): Promise<StorageSchema> {
  return { collections: [], streams: [] }
}

/** Finds the schema of a backup in its lines. */
export function schemaReader(): {
  readonly read: (line: DumpLine) => void
  readonly schema: () => StorageSchema
} {
  return { read: () => {}, schema: () => ({ collections: [], streams: [] }) }
}
