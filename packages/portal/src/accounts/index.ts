export { AccountId, accounts, portalCollections } from './records.ts'
export { portalSchema } from './schema.ts'
export {
  type AccountView,
  changeOwnSecret,
  createAccount,
  listAccounts,
  readAccount,
  resetSecret,
  setDisabled,
} from './use-cases.ts'
