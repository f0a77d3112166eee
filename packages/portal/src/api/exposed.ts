import {
  checkImport,
  importFacts,
  importParticipants,
  importPopulation,
  type UseCase,
  villageUseCases,
} from '@lumbung/core/village'
import { listAccounts, setDisabled } from '../accounts/use-cases.ts'

/** What only a reader of a file can be given: an import takes whole files, which the import page takes. */
const notExposed: ReadonlySet<string> = new Set([
  checkImport.name,
  importPopulation.name,
  importFacts.name,
  importParticipants.name,
])

/**
 * The use cases that programs may call, by name. Those that take a hashed secret are left out: whoever sends a hash
 * could choose a weak one, so secrets go through the pages alone, which hash them here.
 */
export const exposedUseCases: ReadonlyMap<string, UseCase> = new Map(
  // Each is performed with an input that its own schema has parsed, so what the type says of it is not needed.
  ([...villageUseCases, listAccounts, setDisabled] as readonly UseCase[])
    .filter(({ name }) => !notExposed.has(name))
    .map((useCase) => [useCase.name, useCase]),
)
