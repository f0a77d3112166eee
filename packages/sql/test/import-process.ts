import { randomBytes } from 'node:crypto'
import { CivilDate, createIdGenerator } from '@lumbung/core/kernel'
import type { Population } from '@lumbung/core/people'
import { defineVillage, importInChunks, openVillage, villageSchema } from '@lumbung/core/village'
import { openSqlite } from '../src/sqlite/index.ts'

/** The village that a process imports into. */
export const config = defineVillage({
  id: 'hill-village',
  name: { en: 'Hill Village' },
  timeZone: 'Asia/Jakarta',
  languages: ['en'],
  currency: 'EUR',
  currencyScale: 2,
  childBelowYears: 18,
  roles: [{ id: 'clerk', label: { en: 'Clerk' }, grants: [{ scope: 'population.import' }] }],
  facts: [
    {
      name: 'welfareDecile',
      unit: 'household',
      type: { kind: 'int', minimum: 1, maximum: 10 },
      label: { en: 'Welfare decile' },
      fieldClass: 'specific',
    },
  ],
})
export const schema = villageSchema(config)

/**
 * Families of three in two hamlets and their neighbourhoods: every tenth shares a dwelling with the next, every
 * seventh has a child without a number, every third a decile.
 */
export function families(count: number): Population {
  const numbers = Array.from({ length: count }, (_, index) => index)
  const areaOf = (index: number) => `n${index % 4}`
  return {
    areas: [
      { key: 'east', kind: 'hamlet', name: 'East' },
      { key: 'west', kind: 'hamlet', name: 'West' },
      ...numbers.slice(0, 4).map((index) => ({
        key: `n${index}`,
        parent: index % 2 === 0 ? 'east' : 'west',
        kind: 'neighbourhood' as const,
        name: `00${index}`,
      })),
    ],
    households: numbers.flatMap((index): Population['households'] => {
      const home = { address: `Mill lane ${index}`, area: areaOf(index) }
      const decile = { name: 'welfareDecile', value: 1 + (index % 10), source: 'list', degree: 'declared' }
      return [
        {
          key: `h${index}`,
          kind: 'family',
          number: `CARD-${index}`,
          ...home,
          ...(index % 3 === 0 ? { facts: [{ ...decile, degree: 'declared' }] } : {}),
        },
        ...(index % 10 === 0 ? [{ key: `d${index}`, kind: 'dwelling', number: null, ...home } as const] : []),
      ]
    }),
    residents: numbers.flatMap((index) =>
      ['head', 'spouse', 'child'].map((relationship, member): Population['residents'][number] => {
        const isUnnumbered = index % 7 === 0 && member === 2
        return {
          key: `${index}.${member}`,
          identityNumber: isUnnumbered ? null : `N-${index}.${member}`,
          name: `Sari ${index} ${member}`,
          sex: member === 0 ? 'male' : 'female',
          birthDate: CivilDate.parse(
            `${1960 + (index % 40) + 10 * member}-01-${String(1 + (index % 28)).padStart(2, '0')}`,
          ),
          birthPlace: `Place ${index}`,
          area: areaOf(index),
          memberships: [
            { household: `h${index}`, relationship },
            ...(index % 10 < 2 ? [{ household: `d${index - (index % 10)}`, relationship: 'member' }] : []),
          ],
        }
      }),
    ),
  }
}

/** Imports, and prints how many people were brought in, before the first part and after each. */
export async function importFamilies(file: string, count: number, tell: (done: number) => void) {
  const storage = await openSqlite({ file, schema })
  try {
    const random = (bytes: number) => new Uint8Array(randomBytes(bytes))
    const ids = createIdGenerator({ clock: Date.now, random })
    const village = openVillage({ config, storage, clock: Date.now, ids, random })
    const clerk = village.as({ kind: 'service', id: 'import', roles: ['clerk'], hamlets: [] })
    return await importInChunks(clerk, families(count), { onProgress: ({ done }) => tell(done) })
  } finally {
    await storage.close()
  }
}

if (process.argv[1] === import.meta.filename) {
  const [, , file = '', count = '0'] = process.argv
  await importFamilies(file, Number(count), (done) => process.stdout.write(`${done}\n`))
}
