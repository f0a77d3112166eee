export { portalCollections } from './records.ts'
