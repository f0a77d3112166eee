import type { SampleAccount } from '@lumbung/portal/node'

/**
 * Accounts for looking around, made at the first start and shown on the sign-in page. They are for this example on
 * this machine alone: leave them out of a village of your own, whose first account the start makes for you.
 */
export const sampleAccounts: readonly SampleAccount[] = [
  { login: 'kepala', secret: 'lumbung-kepala', name: 'Pak Hendra', roles: ['village-head'] },
  { login: 'sekretaris', secret: 'lumbung-sekretaris', name: 'Bu Ratna', roles: ['village-secretary'] },
  { login: 'dusun', secret: 'lumbung-dusun', name: 'Pak Yusuf', roles: ['hamlet-head'], hamlets: ['Karya'] },
  { login: 'kader', secret: 'lumbung-kader', name: 'Bu Wayan', roles: ['health-worker'], hamlets: ['Karya'] },
  { login: 'admin', secret: 'lumbung-admin', name: 'Mas Dimas', roles: ['admin'] },
]
