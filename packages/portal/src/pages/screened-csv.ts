import type { Outcome } from '@lumbung/core/eligibility'
import type { ListedUnit, RankedListing, VillageRanking } from '@lumbung/core/village'
import type { Words } from '../words/index.ts'
import { csvText, residentCells, residentHeading } from './register-csv.ts'

/** As many rows as a file of one list holds. */
export const listMax = 20_000

/** What tells a browser that it is given a file to keep. */
export function csvHeaders(name: string): Readonly<Record<string, string>> {
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}"`,
  }
}

/** Those with one outcome, masked as the page is; of a household its head stands there. */
export function csvOfScreened(units: readonly ListedUnit[], outcome: Outcome, words: Words): string {
  const said = words.say(`outcome.${outcome}`)
  return csvText([
    [words.say('programme.state'), ...residentHeading(words)],
    ...units.map(({ resident }) => [said, ...residentCells(resident, words)]),
  ])
}

interface RankingCells {
  readonly state: (place: RankedListing) => string
  readonly key: (place: RankedListing, index: number) => string
  readonly cost: (place: RankedListing) => string
}

/** The priority list, masked as the page is. */
export function csvOfRanking(
  { order, per, places }: VillageRanking,
  { state, key, cost }: RankingCells,
  words: Words,
): string {
  const isTied = (place: RankedListing) => words.say(place.isTiedAtLine ? 'value.yes' : 'value.no')
  return csvText([
    [
      words.say('ranking.position'),
      words.say('ranking.rank'),
      words.say('programme.state'),
      words.say('ranking.tied'),
      ...order.map(({ label }) => words.text(label)),
      ...(per === null ? [] : [words.say('screening.cost')]),
      ...residentHeading(words),
    ],
    ...places.map((place) => [
      String(place.position),
      String(place.rank),
      state(place),
      isTied(place),
      ...order.map((_, index) => key(place, index)),
      ...(per === null ? [] : [cost(place)]),
      ...residentCells(place.resident, words),
    ]),
  ])
}
