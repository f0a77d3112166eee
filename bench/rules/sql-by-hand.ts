import type { SqlDialectName } from '@lumbung/core/rules/sql'
import { village } from './sql-village.ts'

/**
 * The eight programmes as somebody writes them by hand who knows that facts may be missing: what is unknown stays
 * unknown, also within EXISTS, and an age is a date to compare with.
 */
export function handWrittenSql(dialect: SqlDialectName): string {
  const [yes, no] = dialect === 'sqlite' ? ['1', '0'] : ['true', 'false']
  const members = `from snapshot_members m where m.village_id = '${village}' and m.home = h.id`
  const some = (predicate: string) =>
    `case when exists (select 1 ${members} and ${predicate}) then ${yes} when exists (select 1 ${members} and (${predicate}) is null) then null else ${no} end`
  const every = (predicate: string) =>
    `case when exists (select 1 ${members} and not (${predicate})) then ${no} when exists (select 1 ${members} and (${predicate}) is null) then null else ${yes} end`
  // Whoever is born after the day has no age yet.
  const age = (comparison: string) =>
    `case when m.birth_date <= '2026-11-24' then m.birth_date ${comparison} end`
  return `select h.id as id,
    h.welfare_decile <= 4 and ${some(`(m.pregnant or m.disabled or ${age("> '2019-11-24'")} or ${age("<= '1966-11-24'")})`)} as o1,
    h.welfare_decile <= 5 and not h.public_servant as o2,
    h.welfare_decile = 1 or h.income * 12 < 30000000 as o3,
    h.welfare_decile <= 4 and ${some(`(m.at_school and ${age("<= '2020-11-24'")} and ${age("> '2004-11-24'")})`)} as o4,
    h.welfare_decile in (1, 2, 3, 4, 5) or ${some('m.disabled')} as o5,
    h.floor_area < 8 * (select count(*) ${members}) or not h.has_electricity as o6,
    ${every(age("<= '1966-11-24'"))} as o7,
    h.food_spending * 100 >= 65 * h.spending and not h.public_servant as o8
    from snapshot_households h where h.village_id = '${village}' and h.snapshot = 'today'`
}
