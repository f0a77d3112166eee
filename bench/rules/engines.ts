import { celEnv, isCelError, parse as parseBuf, plan } from '@bufbuild/cel'
import { evaluateExpressionSync } from '@gorules/zen-engine'
import { parse as parseCel } from '@marcbachmann/cel-js'
import { evaluate } from 'feelin'
import { LogicEngine } from 'json-logic-engine'
import { Engine, type RuleProperties } from 'json-rules-engine'
import type { Household, Member } from './households.ts'

/** One programme in another engine. */
export type Decide = (household: Household) => boolean | Promise<boolean>

/** Another engine with the eight programmes as its own language says them. */
export interface OtherEngine {
  readonly name: string
  /** How many households it gets: enough to time it, and few enough to wait for it. */
  readonly households: number
  /** In the order of the programmes. */
  readonly programmes: readonly Decide[]
}

/** CEL of both libraries: the numbers of JavaScript are doubles there, so that factors are written as such. */
const cel = [
  'h.welfareDecile <= 4 && h.members.exists(m, m.age < 6)',
  'h.welfareDecile <= 4 && h.members.exists(m, m.isPregnant)',
  'h.welfareDecile <= 4 && h.members.exists(m, m.age >= 60)',
  'h.welfareDecile <= 5 && !h.hasCivilServant',
  `h.welfareDecile == 1.0 && !h.hasCivilServant
    && (h.members.exists(m, m.isChronicallyIll) || h.members.all(m, m.age >= 60))`,
  'h.welfareDecile <= 4 && h.members.exists(m, m.isStudent && m.age >= 6 && m.age <= 21)',
  "h.tenure in ['rented', 'squatted'] && h.savings * 100.0 <= h.income * 40.0",
  "(h.floor == 'earth' || h.floor == 'bamboo') && h.area < 60 && !h.hasOwnLand",
]

const zen = [
  'h.welfareDecile <= 4 and some(h.members, #.age < 6)',
  'h.welfareDecile <= 4 and some(h.members, #.isPregnant)',
  'h.welfareDecile <= 4 and some(h.members, #.age >= 60)',
  'h.welfareDecile <= 5 and not(h.hasCivilServant)',
  'h.welfareDecile == 1 and not(h.hasCivilServant) and (some(h.members, #.isChronicallyIll) or all(h.members, #.age >= 60))',
  'h.welfareDecile <= 4 and some(h.members, #.isStudent and #.age >= 6 and #.age <= 21)',
  "h.tenure in ['rented', 'squatted'] and h.savings * 100 <= h.income * 40",
  "(h.floor == 'earth' or h.floor == 'bamboo') and h.area < 60 and not(h.hasOwnLand)",
]

const feel = [
  'h.welfareDecile <= 4 and (some m in h.members satisfies m.age < 6)',
  'h.welfareDecile <= 4 and (some m in h.members satisfies m.isPregnant)',
  'h.welfareDecile <= 4 and (some m in h.members satisfies m.age >= 60)',
  'h.welfareDecile <= 5 and not(h.hasCivilServant)',
  'h.welfareDecile = 1 and not(h.hasCivilServant) and ((some m in h.members satisfies m.isChronicallyIll) or (every m in h.members satisfies m.age >= 60))',
  'h.welfareDecile <= 4 and (some m in h.members satisfies m.isStudent and m.age >= 6 and m.age <= 21)',
  '(h.tenure = "rented" or h.tenure = "squatted") and h.savings * 100 <= h.income * 40',
  '(h.floor = "earth" or h.floor = "bamboo") and h.area < 60 and not(h.hasOwnLand)',
]

const read = (name: string) => ({ var: name })
const some = (test: unknown) => ({ some: [read('members'), test] })
const atMost = (decile: number) => ({ '<=': [read('welfareDecile'), decile] })
const elderly = { '>=': [read('age'), 60] }
const logic = [
  { and: [atMost(4), some({ '<': [read('age'), 6] })] },
  { and: [atMost(4), some(read('isPregnant'))] },
  { and: [atMost(4), some(elderly)] },
  { and: [atMost(5), { '!': read('hasCivilServant') }] },
  {
    and: [
      { '==': [read('welfareDecile'), 1] },
      { '!': read('hasCivilServant') },
      { or: [some(read('isChronicallyIll')), { all: [read('members'), elderly] }] },
    ],
  },
  {
    and: [
      atMost(4),
      some({ and: [read('isStudent'), { '>=': [read('age'), 6] }, { '<=': [read('age'), 21] }] }),
    ],
  },
  {
    and: [
      { in: [read('tenure'), ['rented', 'squatted']] },
      { '<=': [{ '*': [read('savings'), 100] }, { '*': [read('income'), 40] }] },
    ],
  },
  {
    and: [
      { or: [{ '==': [read('floor'), 'earth'] }, { '==': [read('floor'), 'bamboo'] }] },
      { '<': [read('area'), 60] },
      { '!': read('hasOwnLand') },
    ],
  },
]

const fact = (name: string, operator: string, value: unknown) => ({ fact: name, operator, value })
const poor = fact('welfareDecile', 'lessThanInclusive', 4)
/** It has no quantifiers and no arithmetic: members are asked by operators of our own, and a product is a fact. */
const conditions: readonly RuleProperties['conditions'][] = [
  { all: [poor, fact('members', 'someYoungerThan', 6)] },
  { all: [poor, fact('members', 'someAre', 'isPregnant')] },
  { all: [poor, fact('members', 'someOlderThan', 60)] },
  { all: [fact('welfareDecile', 'lessThanInclusive', 5), fact('hasCivilServant', 'equal', false)] },
  {
    all: [
      fact('welfareDecile', 'equal', 1),
      fact('hasCivilServant', 'equal', false),
      { any: [fact('members', 'someAre', 'isChronicallyIll'), fact('members', 'allOlderThan', 60)] },
    ],
  },
  { all: [poor, fact('members', 'somePupil', 21)] },
  {
    all: [
      fact('tenure', 'in', ['rented', 'squatted']),
      { fact: 'savedTimes100', operator: 'lessThanInclusive', value: { fact: 'incomeTimes40' } },
    ],
  },
  {
    all: [
      fact('floor', 'in', ['earth', 'bamboo']),
      fact('area', 'lessThan', 60),
      fact('hasOwnLand', 'equal', false),
    ],
  },
]

function jsonRules(condition: RuleProperties['conditions']): Decide {
  const engine = new Engine()
  const over = (test: (member: Member, value: number) => boolean) => (members: Member[], value: number) =>
    members.some((member) => test(member, value))
  engine.addOperator(
    'someYoungerThan',
    over(({ age }, years) => (age ?? 0) < years),
  )
  engine.addOperator(
    'someOlderThan',
    over(({ age }, years) => (age ?? 0) >= years),
  )
  engine.addOperator(
    'somePupil',
    over(({ age, isStudent }, years) => isStudent === true && (age ?? 0) >= 6 && (age ?? 0) <= years),
  )
  engine.addOperator('allOlderThan', (members: Member[], years: number) =>
    members.every(({ age }) => (age ?? 0) >= years),
  )
  engine.addOperator('someAre', (members: Member[], name: 'isPregnant' | 'isChronicallyIll') =>
    members.some((member) => member[name] === true),
  )
  engine.addRule({ conditions: condition, event: { type: 'met' } })
  return async (household) => {
    const { savings, income } = household
    const facts = { ...household, savedTimes100: (savings ?? 0) * 100, incomeTimes40: (income ?? 0) * 40 }
    return (await engine.run(facts)).events.length > 0
  }
}

const logicEngine = new LogicEngine()

/** Six engines that are in use. */
export const otherEngines: readonly OtherEngine[] = [
  {
    name: '@marcbachmann/cel-js',
    households: 20_000,
    programmes: cel.map((text) => {
      const run = parseCel(text)
      return (household) => run({ h: household }) === true
    }),
  },
  {
    name: 'json-logic-engine',
    households: 20_000,
    programmes: logic.map((rule) => {
      const run = logicEngine.build(rule)
      return (household) => Boolean(run(household))
    }),
  },
  {
    name: '@bufbuild/cel',
    households: 2_000,
    programmes: cel.map((text) => {
      const run = plan(celEnv(), parseBuf(text))
      return (household) => {
        const value = run({ h: household as never })
        if (isCelError(value)) throw new Error(value.message)
        return value === true
      }
    }),
  },
  { name: 'json-rules-engine', households: 1_000, programmes: conditions.map(jsonRules) },
  {
    name: '@gorules/zen-engine',
    households: 1_000,
    programmes: zen.map((text) => (household) => evaluateExpressionSync(text, { h: household }) === true),
  },
  {
    name: 'feelin',
    households: 50,
    programmes: feel.map((text) => (household) => {
      const result: unknown = evaluate(text, { h: household })
      return (
        result === true ||
        (typeof result === 'object' && result !== null && 'value' in result && result.value === true)
      )
    }),
  },
]
