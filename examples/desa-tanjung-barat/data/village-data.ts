import { writePopulation } from '@lumbung/opensid'
import { withChanges } from './changes.ts'
import { factsCsv } from './facts-csv.ts'
import { makeFamily } from './family.ts'
import { openNumbers } from './numbers.ts'
import { withOffices } from './offices.ts'
import type { Family, RecordedFamily } from './person.ts'
import { seededRandom } from './random.ts'
import { withRareNames } from './rare-names.ts'
import { recordFamily } from './record-of.ts'
import { withSlips } from './slips.ts'
import { type ToldFact, toldFacts } from './told-facts.ts'

/** Another seed gives another village of the same kind. */
const seed = 20_261_120
const familyCount = 1_150

/** The made-up village: its families with their rows in the workbook, and what is told of them besides. */
export interface VillageData {
  readonly families: readonly RecordedFamily[]
  readonly facts: readonly ToldFact[]
  /** `penduduk.xlsx` */
  readonly workbook: Uint8Array
  /** `facts.csv` */
  readonly csv: string
}

/** Makes the village, the same in every run. */
export function makeVillageData(): VillageData {
  const random = seededRandom(seed)
  const drawn = Array.from({ length: familyCount }, () => withChanges(random, makeFamily(random)))
  const numbers = openNumbers()
  const recorded = withRareNames(drawn.toSorted(byPlace)).map((family) =>
    recordFamily(random, numbers, family),
  )
  const families = withSlips(withOffices(recorded))
  const facts = toldFacts(random, families)
  const people = families.flatMap(({ members }) => members.map(({ record }) => record))
  return { families, facts, workbook: writePopulation(people), csv: factsCsv(facts) }
}

function byPlace(a: Family, b: Family): number {
  const [left, right] = [a, b].map(({ rw, rt }) => `${rw}/${rt}`)
  return left === right ? 0 : (left ?? '') < (right ?? '') ? -1 : 1
}
