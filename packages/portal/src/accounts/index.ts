export { AccountId, accounts, portalCollections } from './records.ts'
export { portalSchema } from './schema.ts'
export {
  type AccountView,
  changeOwnSecret,
  createAccount,
  listAccounts,
  resetSecret,
  setDisabled,
} from './use-cases.ts'
