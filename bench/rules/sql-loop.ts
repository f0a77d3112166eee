import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { village } from './sql-village.ts'

type Truth = boolean | null
type Cell = string | number | null

const not = (a: Truth): Truth => (a === null ? null : !a)
const and = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === null || b === null ? null : true
const or = (a: Truth, b: Truth): Truth =>
  a === true || b === true ? true : a === null || b === null ? null : false
const truth = (cell: Cell | undefined): Truth => (cell === null || cell === undefined ? null : cell === 1)
const number = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null)

/** The same eight programmes as somebody writes them in a loop over households and their members, read in order. */
export function handWrittenLoop(database: DatabaseSync): number[] {
  const households = database.prepare(
    `select id, welfare_decile, income, food_spending, spending, floor_area, has_electricity, public_servant
      from snapshot_households where village_id = ? and snapshot = 'today' order by id`,
  )
  const members = database.prepare(
    `select home, birth_date, pregnant, disabled, at_school from snapshot_members
      where village_id = ? and snapshot = 'today' order by home`,
  )
  households.setReturnArrays(true)
  members.setReturnArrays(true)
  const rowsOf = (statement: StatementSync) =>
    // With setReturnArrays each row is an array, which the types of Node do not know.
    statement.iterate(village) as unknown as Iterable<readonly Cell[]>
  const homes = rowsOf(households)
  const people = rowsOf(members)[Symbol.iterator]()
  const counts = Array.from({ length: 16 }, () => 0)
  let next = people.next()
  for (const [id, decile, income, food, spending, area, electricity, servant] of homes) {
    let [needy, pupil, disabledOne, allOld]: [Truth, Truth, Truth, Truth] = [false, false, false, true]
    let size = 0
    while (!next.done && next.value[0] === id) {
      const [, born, pregnant, disabled, atSchool] = next.value
      const birth = String(born)
      const isBorn = birth <= '2026-11-24'
      const isOld = isBorn ? birth <= '1966-11-24' : null
      needy = or(
        needy,
        or(or(truth(pregnant), truth(disabled)), or(isBorn ? birth > '2019-11-24' : null, isOld)),
      )
      pupil = or(pupil, and(truth(atSchool), isBorn ? birth <= '2020-11-24' && birth > '2004-11-24' : null))
      disabledOne = or(disabledOne, truth(disabled))
      allOld = and(allOld, isOld)
      size += 1
      next = people.next()
    }
    const upTo = (most: number): Truth => (number(decile) === null ? null : Number(decile) <= most)
    const isServant = truth(servant)
    const outcomes: readonly Truth[] = [
      and(upTo(4), needy),
      and(upTo(5), not(isServant)),
      or(upTo(1), number(income) === null ? null : Number(income) * 12 < 30_000_000),
      and(upTo(4), pupil),
      or(upTo(5), disabledOne),
      or(number(area) === null ? null : Number(area) < 8 * size, not(truth(electricity))),
      allOld,
      and(
        number(food) === null || number(spending) === null
          ? null
          : Number(food) * 100 >= 65 * Number(spending),
        not(isServant),
      ),
    ]
    outcomes.forEach((outcome, index) => {
      if (outcome !== null)
        counts[2 * index + (outcome ? 0 : 1)] = (counts[2 * index + (outcome ? 0 : 1)] ?? 0) + 1
    })
  }
  return counts
}
