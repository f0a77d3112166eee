import { expect, test } from 'vitest'
import { PackConfig } from '../eligibility/index.ts'
import { CivilDate } from '../kernel/index.ts'
import { openCasework, packsWith, today } from './casework.fixtures.ts'
import { findCorrections } from './corrections.ts'
import { importEnrolments } from './import-enrolments.ts'
import { decidePaymentList, recordPayments } from './payment-steps.ts'
import { preparePayments } from './payments.ts'
import { rulebookOf } from './rulebook.ts'

const day = (text: string) => CivilDate.parse(text)
const expiring = { approvals: 1, roles: ['chair'], reasonRequiredOn: 'rejection', expiresAfter: { days: 5 } }

/** The rice of the fixtures, given once. */
function rulebookOnce() {
  const law = packsWith()
  const packs = law.packs.map((pack) => ({
    ...pack,
    programmes: pack.programmes.map((programme) => ({
      ...programme,
      versions: programme.versions.map((version) => ({
        ...version,
        ...(version.benefit !== undefined && { benefit: { ...version.benefit, per: 'once' } }),
      })),
    })),
  }))
  return rulebookOf({ ...law, packs: packs.map((pack) => PackConfig.parse(pack)) })
}

test('a list that expired takes nothing of what is given once, neither when it is paid nor when that is looked at', async () => {
  const rulebook = rulebookOnce()
  const office = await openCasework([2], { policy: { payments: expiring } })
  const participants = [{ key: '0', of: 'family', number: 'CARD-0', participantNumber: null }] as const
  const from = day('2026-01-01')
  await office.work((tx, { now, on, nextId }) =>
    importEnrolments(
      tx,
      { programme: 'rice', unit: 'household', from, to: null, participants },
      { now, on, nextId },
    ),
  )
  const november = { programme: 'rice', from: day('2026-11-01'), to: day('2026-12-01'), payOn: today }
  const prepareOn = (on: string) =>
    office.work((tx, context) => preparePayments(tx, november, context), { rulebook, on: day(on) })
  expect(await prepareOn('2026-11-01')).toMatchObject({ payments: [{ amountMinor: 1_000 }] })
  const prepared = await prepareOn('2026-11-20')
  if (!prepared.ok || prepared.list === null) throw new Error(JSON.stringify(prepared))
  const { id, approval } = prepared.list
  const word = { list: id, digest: approval.digest, outcome: 'approve', roles: ['chair'] } as const
  await office.work((tx, context) => decidePaymentList(tx, word, context), { by: { actor: 'head' } })
  const paid = { payments: prepared.payments.map((payment) => payment.id), action: 'pay' } as const
  expect(await office.work((tx, context) => recordPayments(tx, paid, context))).toMatchObject({ ok: true })
  expect(
    await office.work((tx, context) => findCorrections(tx, { programme: 'rice' }, context), { rulebook }),
  ).toMatchObject({ ok: true, looked: 1, raised: [], untold: [] })
})
