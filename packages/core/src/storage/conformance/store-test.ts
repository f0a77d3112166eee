import type { Storage } from '../storage.ts'

/** What each part of the suite is given: registers a test that opens and closes a store of its own. */
export type StoreTest = (name: string, run: (storage: Storage) => Promise<void>) => void
