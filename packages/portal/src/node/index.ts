export type { FirstAccount } from './first-account.ts'
export { openDatabase } from './open-database.ts'
export { type ServedPortal, type ServeOptions, servePortal } from './serve.ts'
export {
  prepareVillage,
  type SampleAccount,
  type StartedPortal,
  type StartPortal,
  startPortal,
} from './start.ts'
