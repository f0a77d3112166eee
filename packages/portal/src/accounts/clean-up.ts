import { addDays, type Instant, instantOf } from '@lumbung/core/kernel'
import type { Transaction } from '@lumbung/core/storage'
import type { JobDefinition } from '@lumbung/core/village'
import { removeOldFailures } from './rate-limit.ts'
import { sentForms, sessions } from './records.ts'

/** How long a form that was carried out is known: whoever keeps a page open for longer fills it in anew. */
const sentFormDays = 30
/** What one run removes at most of each kind, so that it keeps no other writer waiting. */
const removedMax = 1000

/** The jobs of the portal: what nobody can use any more is removed every day. */
export const portalJobs: readonly JobDefinition[] = [
  {
    name: 'portal-clean-up',
    rhythm: 'daily',
    async run(tx, { on }) {
      const day = (date: typeof on): Instant => instantOf(Date.parse(`${date}T00:00:00Z`))
      return {
        sessions: await removeEnded(tx, day(on)),
        failures: await removeOldFailures(tx, day(on)),
        forms: await removeSent(tx, day(addDays(on, -sentFormDays))),
      }
    },
  },
]

async function removeEnded(tx: Transaction, before: Instant): Promise<number> {
  const { records } = await tx.query(sessions, { where: { expiresAt: { to: before } }, limit: removedMax })
  for (const session of records) await tx.remove(sessions, session)
  return records.length
}

async function removeSent(tx: Transaction, before: Instant): Promise<number> {
  const { records } = await tx.query(sentForms, { where: { sentAt: { to: before } }, limit: removedMax })
  for (const form of records) await tx.remove(sentForms, form)
  return records.length
}
