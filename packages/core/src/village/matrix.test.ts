import { expect, test } from 'vitest'
import { isLumbungError } from '../kernel/index.ts'
import { areas, households as householdsOf, residents } from '../people/index.ts'
import { config, openTestVillage, population, sessionOf } from './fixtures.ts'
import { importPopulation } from './register-changes.ts'
import type { UseCase } from './use-case.ts'
import { villageUseCases } from './use-cases.ts'

/** What each use case is asked for about a resident; an input that a use case lacks fails the test. */
function inputFor(name: string, ids: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const resident = ids['N-3'] ?? ''
  const on = '2026-11-24'
  const inputs: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    'village.glance': {},
    'area.list': {},
    'resident.search': { text: 'darto' },
    'resident.list': { text: 'darto' },
    'resident.read': { id: resident },
    'resident.show-numbers': { id: resident },
    'household.read': { id: ids['CARD-2'] },
    'household.show-number': { id: ids['CARD-2'] },
    'life-event.list': { resident },
    'resident.save': {
      id: resident,
      identityNumber: 'N-3',
      temporaryNumber: null,
      name: 'Darto Wibowo',
      sex: 'male',
      birthDate: '1968-07-01',
      birthPlace: null,
      status: 'present',
      statusSince: '1968-07-01',
      area: ids['West'],
    },
    'fact.record': {
      unit: 'household',
      subject: ids['CARD-2'],
      name: 'welfareDecile',
      value: 3,
      from: on,
      to: null,
      source: 'survey',
      degree: 'declared',
    },
    'life-event.record': {
      on,
      details: { kind: 'move-out', residents: [resident], newHeads: [], destination: null },
    },
    'duplicate.list': {},
    'merge.list': {},
    'resident.merge': { kept: resident, merged: ids['N-1'] },
    'resident.unmerge': { id: resident },
    'population.check': { population },
    'population.import': { population, isDryRun: true },
    'facts.import': { facts: [], isDryRun: true },
    'reads.own': {},
    'reads.list': { resident },
    'audit.resident': { resident },
    'job.list': {},
  }
  const input = inputs[name]
  if (input === undefined) throw new Error(`There is no sample input for ${name}.`)
  return input
}

test('who may read and do what: every use case with every role', async () => {
  const lines = [
    'Every use case of core, asked by every role of the sample village about a man of another hamlet.',
    '',
    `| use case | ${config.roles.map(({ id }) => id).join(' | ')} |`,
    `| --- | ${config.roles.map(() => '---').join(' | ')} |`,
  ]
  for (const useCase of villageUseCases as readonly UseCase[]) {
    const cells: string[] = []
    for (const { id: role } of config.roles) cells.push(await outcomeOf(useCase, role))
    lines.push(`| ${useCase.name} | ${cells.join(' | ')} |`)
  }
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('matrix.txt')
})

async function outcomeOf(useCase: UseCase, role: string): Promise<string> {
  const { village } = openTestVillage()
  await sessionOf(village, 'secretary').perform(importPopulation, { population })
  const ids: Record<string, string> = {}
  await village.storage.read(config.id, async (tx) => {
    for await (const { id, identityNumber } of tx.stream(residents)) ids[identityNumber ?? ''] = id
    for await (const { id, name } of tx.stream(areas)) ids[name] = id
  })
  const { records } = await village.storage.read(config.id, (tx) => tx.query(householdsOf, {}))
  for (const { id, number } of records) ids[number ?? ''] = id
  const session = sessionOf(village, role, {
    purpose: role === 'health-worker' ? 'health' : 'administration',
    ...(role === 'hamlet-head' ? { hamlets: [ids['East'] ?? ''] } : {}),
    ...(role === 'resident' ? { resident: ids['N-1'] ?? '' } : {}),
  })
  try {
    const answer: unknown = await session.perform(useCase, inputFor(useCase.name, ids))
    return answer !== null && typeof answer === 'object' && 'ok' in answer && answer.ok === false
      ? 'refused'
      : 'yes'
  } catch (error) {
    if (!isLumbungError(error)) throw error
    return error.code === 'village/forbidden' ? '–' : error.code
  }
}
