import { glance } from './glance.ts'
import { checkImport } from './import-in-chunks.ts'
import { listDuplicates, listJobs, ownReads, readsOfResident, residentHistory } from './oversight.ts'
import { readHousehold, readResident, searchResidents } from './register.ts'
import {
  importFacts,
  importPopulation,
  mergeRecords,
  recordDatedFact,
  recordEvent,
  saveResidentRecord,
  unmergeRecords,
} from './register-changes.ts'

/** All that core itself lets an actor do: what the matrix of roles is drawn from. */
export const villageUseCases = [
  glance,
  searchResidents,
  readResident,
  readHousehold,
  saveResidentRecord,
  recordDatedFact,
  recordEvent,
  listDuplicates,
  mergeRecords,
  unmergeRecords,
  checkImport,
  importPopulation,
  importFacts,
  ownReads,
  readsOfResident,
  residentHistory,
  listJobs,
] as const
