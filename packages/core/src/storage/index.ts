export { blobSizeBytesMax } from './blob.ts'
export {
  type AnyCollection,
  type Collection,
  type CollectionDefinition,
  defineCollection,
  type FieldClass,
  type FieldOfSchema,
  type KeyOf,
  type RecordInput,
  type RecordOf,
  type Stored,
} from './collection.ts'
export type { FieldColumn } from './column.ts'
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
  type FactValue,
  type FactValues,
  type ListSource,
} from './facts.ts'
export { openMemory } from './memory.ts'
export { type StorageSchema, tablesOf } from './schema.ts'
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
export {
  type AcrossTransaction,
  type AcrossVillages,
  createStorage,
  type RestoreOptions,
  type Storage,
  type TransactOptions,
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
export type { Page, ReadTransaction, Transaction } from './transaction.ts'
export type { VerifyFault, VerifyReport } from './verify.ts'
