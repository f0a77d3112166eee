export { openDatabase } from './open-database.ts'
export { type ServedPortal, type ServeOptions, servePortal } from './serve.ts'
export { prepareVillage, type SampleAccount, type StartPortal, startPortal } from './start.ts'
