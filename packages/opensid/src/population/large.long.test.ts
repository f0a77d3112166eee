import { parseCivilDate } from '@lumbung/core/kernel'
import { expect, test } from 'vitest'
import { readPopulation } from './read.ts'
import { PopulationRecord } from './record.ts'
import { writePopulation } from './write.ts'

const rowCount = 100_000
const padded = (value: number, width: number) => String(value).padStart(width, '0')

/** A register larger than any village, in a region that does not exist. */
function register(): readonly PopulationRecord[] {
  return Array.from({ length: rowCount }, (_, index) =>
    PopulationRecord.parse({
      hamlet: `Dukuh ${index % 5}`,
      rt: padded(index % 8, 3),
      name: `Orang ${index.toString(36)}`,
      familyCardNumber: `99${padded(Math.floor(index / 4), 10)}0001`,
      identityNumber: `99${padded(Math.floor(index / 9_000), 4)}010190${padded((index % 9_000) + 1, 4)}`,
      sex: 1,
      birthPlace: 'Timur',
      birthDate: parseCivilDate('1990-01-01'),
      religion: 1,
      completedEducation: 5,
      occupation: 9,
      maritalStatus: 2,
      familyRole: index % 4 === 0 ? 1 : 4,
      citizenship: 1,
      fatherName: `Ayah ${index}`,
      motherName: `Ibu ${index}`,
      lifeStatus: 1,
    }),
  )
}

test('100,000 rows are read in bounded time and memory, and progress is told', async () => {
  const bytes = writePopulation(register())
  const before = process.cpuUsage()
  const memoryBefore = process.memoryUsage().rss
  let memory = 0
  let told = 0
  const { rows, faults } = await readPopulation(bytes, {
    onProgress: () => {
      told += 1
      memory = Math.max(memory, process.memoryUsage().rss)
    },
  })
  expect(faults).toEqual([])
  expect(rows).toHaveLength(rowCount)
  expect(told).toBeGreaterThan(50)
  // Of the processor, since others may be using it; the inflated sheet alone has some 150 MB.
  expect(process.cpuUsage(before).user / 1e6).toBeLessThan(60)
  expect((memory - memoryBefore) / 2 ** 20).toBeLessThan(700)
})
