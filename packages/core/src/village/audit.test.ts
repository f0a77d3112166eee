// The values beside the audit log can be neither altered nor taken away unseen; erased ones are in order.
import { expect, test } from 'vitest'
import type { Stored, Transaction } from '../storage/index.ts'
import { auditFaults } from './audit.ts'
import { config, links, peopled, sessionOf } from './fixtures.ts'
import { auditValues } from './records.ts'
import { importFacts, saveResidentRecord } from './register-changes.ts'

type Values = Stored<typeof auditValues>

async function faultsAfter(change: (tx: Transaction, values: Values) => Promise<unknown>) {
  const { village, ids } = await peopled()
  await sessionOf(village, 'secretary').perform(saveResidentRecord, {
    id: ids['N-1'],
    identityNumber: 'N-1',
    temporaryNumber: null,
    name: 'Sari P',
    sex: 'female',
    birthDate: '1985-03-12',
    birthPlace: null,
    status: 'present',
    statusSince: '1985-03-12',
    area: ids['East'],
  } as never)
  expect(await village.storage.read(config.id, auditFaults)).toEqual([])
  await village.storage.transact(config.id, async (tx) => {
    const [values] = (await tx.query(auditValues, {})).records
    if (values === undefined) throw new Error('The change left no values.')
    await change(tx, values)
  })
  return (await village.storage.read(config.id, auditFaults)).map(({ code }) => code)
}

test.each([
  ['before', 'values-altered'],
  ['after', 'values-altered'],
  ['salt', 'values-altered'],
] as const)('an altered %s is a fault', async (field, code) => {
  const altered = field === 'salt' ? 'ff'.repeat(16) : '{}'
  expect(await faultsAfter((tx, values) => tx.update(auditValues, { ...values, [field]: altered }))).toEqual([
    code,
  ])
})

test('values that are gone are a fault, and erased ones are none', async () => {
  expect(await faultsAfter((tx, values) => tx.remove(auditValues, values))).toEqual(['values-missing'])
  const erased = { before: null, after: null, erasedAt: '2026-11-24T03:00:00.000Z' as never }
  expect(await faultsAfter((tx, values) => tx.update(auditValues, { ...values, ...erased }))).toEqual([])
})

test('a refused import of facts leaves nothing, neither a fact nor a link', async () => {
  const { village, ids } = await peopled()
  const fact = (value: number) => ({
    key: `row ${value}`,
    unit: 'household' as const,
    subject: ids['CARD-1'] ?? '',
    name: 'welfareDecile',
    value,
    from: null,
    to: null,
    source: 'survey',
    degree: 'declared' as const,
  })
  const before = await links(village)
  const report = await sessionOf(village, 'secretary').perform(importFacts, { facts: [fact(3), fact(11)] })
  expect(report).toMatchObject({ added: 0, refused: [{ key: 'row 11' }] })
  expect(await links(village)).toEqual(before)
})
