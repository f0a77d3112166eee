export { blobSizeBytesMax } from './blob.ts'
export {
  type AnyCollection,
  type Collection,
  type CollectionDefinition,
  defineCollection,
  type FieldClass,
  type FieldOfSchema,
  fieldClasses,
  type KeyOf,
  type RecordInput,
  type RecordOf,
  type Stored,
} from './collection.ts'
export type { FieldColumn } from './column.ts'
export { createStorage } from './create-storage.ts'
export type {
  Awaitable,
  Capabilities,
  IntegrityFault,
  Isolation,
  OnConflict,
  RowTransaction,
  StorageDriver,
} from './driver.ts'
export type { DumpLine } from './dump.ts'
export {
  defineFacts,
  type FactField,
  type FactSource,
  type Facts,
  type FactsDefinition,
  type ListSource,
} from './facts.ts'
export { type MemoryOptions, openMemory } from './memory/open.ts'
export { type StorageSchema, tablesOf } from './schema.ts'
export { type RowScreening, type Screened, type Screening, screeningSql } from './screening.ts'
export {
  type CellCondition,
  type Condition,
  endOfPrefix,
  type OrderBy,
  type OrderTerm,
  type PageQuery,
  type Query,
  type ScalarField,
  type Selection,
  type Where,
} from './selection.ts'
export type {
  AcrossTransaction,
  AcrossVillages,
  RestoreOptions,
  Storage,
  TransactOptions,
  VerifyOptions,
} from './storage.ts'
export {
  type AnyStream,
  type Appended,
  defineStream,
  type EventOf,
  type Stream,
  type StreamDefinition,
  type StreamHead,
} from './stream.ts'
export {
  type Column,
  type ColumnType,
  type Row,
  type StorageValue,
  type Table,
  type TableIndex,
  type TableReference,
  versionColumn,
  villageColumn,
} from './table.ts'
export type { Page, ReadTransaction, Transaction } from './transaction/transaction.ts'
export { createTurns, type TakeTurn, type TurnsOptions } from './turns.ts'
export type { VerifyReport } from './verify.ts'
export type { VerifyFault } from './verify-fault.ts'
export type { NotedHead } from './verify-streams.ts'
export { withoutVersion } from './without-version.ts'
