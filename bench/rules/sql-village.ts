import { CivilDate } from '@lumbung/core/kernel'
import { defineSnapshot, type FactDefinition } from '@lumbung/core/people'
import { checkRule, type Rule, type ScalarFact } from '@lumbung/core/rules'
import type { SqlDialectName } from '@lumbung/core/rules/sql'
import type { Facts } from '@lumbung/core/storage'

export const on = CivilDate.parse('2026-11-24')
export const village = 'tanjung-barat'

const fact = (unit: 'household' | 'resident', name: string, type: ScalarFact): FactDefinition => ({
  name,
  unit,
  type,
  label: { en: name },
  fieldClass: 'specific',
})
const whole = (minimum: number, maximum: number) => ({ minimum, maximum, promised: true, known: false })

/** A village's own facts, as rules of social assistance read them. */
export const snapshot = defineSnapshot([
  fact('household', 'welfareDecile', { kind: 'int', ...whole(1, 10) }),
  fact('household', 'income', { kind: 'money', ...whole(0, 1_000_000_000) }),
  fact('household', 'foodSpending', { kind: 'money', ...whole(0, 1_000_000_000) }),
  fact('household', 'spending', { kind: 'money', ...whole(0, 1_000_000_000) }),
  fact('household', 'floorArea', { kind: 'int', ...whole(0, 10_000) }),
  fact('household', 'hasElectricity', { kind: 'bool', known: false }),
  fact('household', 'publicServant', { kind: 'bool', known: false }),
  fact('resident', 'pregnant', { kind: 'bool', known: false }),
  fact('resident', 'disabled', { kind: 'bool', known: false }),
  fact('resident', 'atSchool', { kind: 'bool', known: false }),
])

/** The facts of its households. */
export const face: Facts = snapshot.faces.household

/** Eight programmes with what each asks, as rules. */
const texts: readonly string[] = [
  `household.welfareDecile <= 4 && household.members.exists(m, m.pregnant || m.disabled
    || age(m.birthDate, on) < 7 || age(m.birthDate, on) >= 60)`,
  'household.welfareDecile <= 5 && !household.publicServant',
  'household.welfareDecile == 1 || household.income * 12 < 30000000',
  `household.welfareDecile <= 4
    && household.members.exists(m, m.atSchool && age(m.birthDate, on) >= 6 && age(m.birthDate, on) <= 21)`,
  'household.welfareDecile in [1, 2, 3, 4, 5] || household.members.exists(m, m.disabled)',
  'household.floorArea < 8 * household.members.size() || !household.hasElectricity',
  'household.members.all(m, age(m.birthDate, on) >= 60)',
  'household.foodSpending * 100 >= 65 * household.spending && !household.publicServant',
]

/** The rules, checked against the facts of the snapshot. */
export const rules: readonly Rule[] = texts.map((text) => {
  const { household } = snapshot.faces
  const checked = checkRule(text, { facts: { [household.name]: household.type } })
  if (!checked.ok) throw new Error(JSON.stringify(checked.faults))
  return checked.rule
})

/** The n-th household has 1 to 6 members; a share of its facts is unknown. Ids follow the order of n. */
export function fillingFor(dialect: SqlDialectName, households: number): readonly string[] {
  const isSqlite = dialect === 'sqlite'
  const series = isSqlite
    ? `with recursive numbers(n) as (select 1 union all select n + 1 from numbers where n < ${households})`
    : `with numbers(n) as (select * from generate_series(1::bigint, ${households}))`
  const hex = (number: string, digits: number) =>
    isSqlite ? `printf('%0${digits}x', ${number})` : `lpad(to_hex(${number}), ${digits}, '0')`
  const pad = (number: string, digits: number) =>
    isSqlite ? `printf('%0${digits}d', ${number})` : `lpad((${number})::text, ${digits}, '0')`
  // Multipliers of congruential generators, so that what one decides says nothing of another.
  const multipliers = [48_271, 69_621, 39_373, 40_692, 45_742, 16_807, 62_089, 33_797]
  const draw = (of: string, which: number, below: number) =>
    `((((${of}) * ${multipliers[which]}) % 2147483647 * 16807) % 2147483647 % ${below})`
  const maybe = (of: string, which: number, value: string) =>
    `case when ${draw(of, which, 97)} < 10 then null else ${value} end`
  const truth = (condition: string) => (isSqlite ? `(${condition})` : `(${condition})`)
  const uuid = (number: string) => `'0190a5b8-0000-7000-8000-' || ${hex(number, 12)}`
  const size = `(1 + ${draw('n', 0, 6)})`
  const person = '(n * 8 + i)'
  const birth = `${pad(`1940 + ${draw(person, 1, 86)}`, 4)} || '-' || ${pad(`1 + ${draw(person, 2, 12)}`, 2)} || '-' || ${pad(`1 + ${draw(person, 3, 28)}`, 2)}`
  return [
    `insert into snapshot_households (village_id, id, snapshot, household, kind, area, welfare_decile, income, food_spending, spending, floor_area, has_electricity, public_servant, version)
      ${series} select '${village}', 'today:' || ${uuid('n')}, 'today', ${uuid('n')}, 'family', null,
        ${maybe('n + 1', 1, `1 + ${draw('n', 1, 10)}`)}, ${maybe('n + 2', 2, `${draw('n', 2, 6_000_000)}`)},
        ${maybe('n + 3', 3, `${draw('n', 3, 2_000_000)}`)}, ${maybe('n + 4', 4, `${draw('n', 4, 3_000_000)}`)},
        ${maybe('n + 5', 5, `6 + ${draw('n', 5, 120)}`)}, ${maybe('n + 6', 6, truth(`${draw('n', 6, 10)} < 8`))},
        ${maybe('n + 7', 7, truth(`${draw('n', 7, 10)} < 1`))}, 1 from numbers`,
    `insert into snapshot_members (village_id, home, snapshot, household, resident, kind, relationship, birth_date, sex, status, area, pregnant, disabled, at_school, version)
      ${series} select '${village}', 'today:' || ${uuid('n')}, 'today', ${uuid('n')}, ${uuid(person)}, 'family', 'member', ${birth},
        case when ${draw(person, 4, 2)} = 0 then 'female' else 'male' end, 'present', null,
        ${maybe(`${person} + 1`, 5, truth(`${draw(person, 5, 50)} < 1`))}, ${maybe(`${person} + 2`, 6, truth(`${draw(person, 6, 40)} < 1`))},
        ${maybe(`${person} + 3`, 7, truth(`${draw(person, 7, 4)} < 1`))}, 1
      from numbers join (select 1 as i union all select 2 union all select 3 union all select 4 union all select 5 union all select 6) as places on i <= ${size}`,
  ]
}
