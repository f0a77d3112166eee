import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseFamilyCardNumber, parseIdentityNumber } from '@lumbung/indonesia'
import type { PopulationRecord } from '@lumbung/opensid'
import { expect, test } from 'vitest'
import { ageOf, registerDay } from './dates.ts'
import { familyRoles, lifeStates } from './person.ts'
import { hamlets } from './places.ts'
import { makeVillageData } from './village-data.ts'

// The goal: a population that could be one, of which everybody can see that it is none.
const { families, facts, workbook, csv } = makeVillageData()
const records = families.flatMap(({ members }) => members.map(({ record }) => record))
const belonging: readonly number[] = [lifeStates.alive, lifeStates.missing, lifeStates.away]
const living = records.filter(({ lifeStatus = lifeStates.alive }) => belonging.includes(lifeStatus))

const age = ({ birthDate = registerDay }: PopulationRecord) => ageOf(birthDate)
const aged = (from: number, to: number) => living.filter((one) => age(one) >= from && age(one) <= to)

/** Facts of one name that hold on the day of the register, the last one told of each subject. */
function valuesOf(name: string): ReadonlyMap<string, string> {
  const holding = facts.filter(
    ({ fact, from, to }) => fact === name && from <= registerDay && (to === undefined || registerDay < to),
  )
  return new Map(holding.map(({ id, value }) => [id, value]))
}

test('the files are what the script makes, byte for byte, in every run', () => {
  const again = makeVillageData()
  expect(Buffer.compare(again.workbook, workbook)).toBe(0)
  expect(again.csv).toBe(csv)
  const hint = 'run the script "generate" of this example'
  expect(Buffer.compare(readFileSync(join(import.meta.dirname, 'penduduk.xlsx')), workbook), hint).toBe(0)
  expect(readFileSync(join(import.meta.dirname, 'facts.csv'), 'utf8') === csv, hint).toBe(true)
  expect(workbook.length).toBeLessThan(1_000_000)
  expect(csv.length).toBeLessThan(1_000_000)
})

test('the archive bears the day 2000-01-01 and not that of its making', () => {
  const header = new DataView(workbook.buffer, workbook.byteOffset)
  const day = (20 << 9) | (1 << 5) | 1
  expect([header.getUint16(10, true), header.getUint16(12, true)]).toEqual([0, day])
})

test('no number can be that of somebody: none was given in a province that exists', () => {
  const numbers = records.flatMap((one) => [
    one.identityNumber,
    one.fatherIdentityNumber,
    one.motherIdentityNumber,
  ])
  const known = numbers.filter((number) => number !== undefined)
  expect(known.length).toBeGreaterThan(5000)
  for (const number of known) {
    const { parts, problems } = parseIdentityNumber(number)
    expect(problems).toEqual([])
    expect(parts?.region).toMatch(/^99\./)
  }
  for (const { familyCardNumber } of families) {
    const { parts, problems } = parseFamilyCardNumber(familyCardNumber)
    expect(problems).toEqual([])
    expect(parts?.region).toMatch(/^99\./)
  }
  expect(csv.match(/\d{16}/g)?.filter((number) => !number.startsWith('99'))).toEqual([])
})

test('1,150 families and about 3,900 people live in five hamlets and all their neighbourhoods', () => {
  expect(families.length).toBe(1150)
  expect(living.length).toBeGreaterThan(3850)
  expect(living.length).toBeLessThan(3950)
  for (const { name, neighbourhoods } of hamlets) {
    const here = living.filter(({ hamlet }) => hamlet.toLowerCase() === name.toLowerCase())
    expect(here.length, name).toBeGreaterThan(400)
    for (const { rw, rts } of neighbourhoods) {
      for (const rt of rts)
        expect(here.filter((one) => one.rw === rw && one.rt === rt).length, rt).toBeGreaterThan(80)
    }
  }
})

test('the pyramid is that of a village: broad below sixty, both sexes, few of the very old', () => {
  for (let from = 0; from < 75; from += 5) {
    const band = aged(from, from + 4)
    const share = band.length / living.length
    expect(share, `${from}`).toBeGreaterThan(from < 55 ? 0.055 : 0.012)
    expect(share, `${from}`).toBeLessThan(from < 55 ? 0.1 : 0.06)
    const women = band.filter(({ sex }) => sex === 2).length / band.length
    expect(women, `${from}`).toBeGreaterThan(0.4)
    expect(women, `${from}`).toBeLessThan(0.62)
  }
  expect(aged(75, 120).length / living.length).toBeLessThan(0.03)
  const born = records.map(({ birthDate = '' }) => birthDate)
  expect(born.toSorted().at(-1)).toMatch(/^2026-11/)
})

test('whoever is married is grown, parents are older than their children, and pupils are young', () => {
  const byNumber = new Map(records.map((one) => [one.identityNumber, one]))
  for (const one of records) {
    if (one.maritalStatus !== 1) expect(age(one), one.name).toBeGreaterThanOrEqual(19)
    for (const number of [one.fatherIdentityNumber, one.motherIdentityNumber]) {
      const parent = number === undefined ? undefined : byNumber.get(number)
      if (parent !== undefined) expect(age(parent) - age(one), one.name).toBeGreaterThan(16)
    }
    if (one.currentEducation === 4) expect([7, 8, 9, 10, 11, 12]).toContain(age(one))
    if (one.currentEducation === 7) expect([16, 17, 18]).toContain(age(one))
    if (one.occupation === 3) expect(age(one)).toBeLessThan(25)
  }
  for (const { members, familyCardNumber } of families) {
    const wives = members.filter(({ record }) => record.familyRole === familyRoles.wife)
    expect(wives.length, familyCardNumber).toBeLessThan(2)
  }
})

test('each group that a programme asks for has members', () => {
  const pupils = (code: number) => living.filter(({ currentEducation }) => currentEducation === code).length
  const severe = [...valuesOf('severeDisability').values()].filter((value) => value === 'true')
  const pregnant = [...valuesOf('pregnant').values()].filter((value) => value === 'true')
  const officials = [5, 6, 7, 16, 17, 85, 86]
  const groups = {
    toddlers: aged(0, 5).length,
    primary: pupils(4),
    lowerSecondary: pupils(6),
    upperSecondary: pupils(7),
    elderly: aged(60, 120).length,
    veryOld: aged(70, 120).length,
    severe: severe.length,
    pregnant: pregnant.length,
    officials: living.filter(({ occupation = 0 }) => officials.includes(occupation)).length,
    withoutNumber: living.filter(({ identityNumber }) => identityNumber === undefined).length,
    loneElderly: families.filter(({ members: [one, ...others] }) => {
      return one !== undefined && others.length === 0 && age(one.record) >= 60
    }).length,
  }
  for (const [group, count] of Object.entries(groups)) expect(count, group).toBeGreaterThanOrEqual(20)
  const deciles = [...valuesOf('welfareDecile').values()]
  for (let decile = 1; decile <= 10; decile += 1) {
    expect(deciles.filter((value) => value === String(decile)).length, `${decile}`).toBeGreaterThan(20)
  }
  expect(families.length - deciles.length).toBeGreaterThan(80)
})

test('names are those of many cultures, with what programs stumble on', () => {
  const names = records.map(({ name }) => name)
  expect(new Set(names).size).toBeGreaterThan(2500)
  expect(names.filter((name) => !name.includes(' ')).length).toBeGreaterThan(150)
  expect(names.some((name) => /\p{Script=Javanese}/u.test(name))).toBe(true)
  expect(names.some((name) => name.length > 100)).toBe(true)
  expect(names.some((name) => name.includes("'"))).toBe(true)
  expect(names.some((name) => name.length === 1)).toBe(true)
  expect(new Set(records.map(({ religion }) => religion)).size).toBe(7)
})
