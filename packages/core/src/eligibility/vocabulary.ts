import { defineSnapshot, type FactConfig, factDefinitionOf } from '../people/index.ts'
import type { FactType, RecordFact } from '../rules/index.ts'
import type { PackFaults } from './pack-fault.ts'

/** The facts that the rules of a pack may read: those of a household, with its list `members`, and of a resident. */
export interface Vocabulary {
  readonly household: RecordFact
  readonly resident: RecordFact
}

/**
 * The vocabulary of a village that keeps these facts beside name, birth and household. Also what the register always
 * knows may be unknown here, since a decision may be asked for somebody who is not in it.
 *
 * @example
 * ```ts
 * import { vocabularyOf } from '@lumbung/core/eligibility'
 *
 * Object.keys(vocabularyOf([]).household.facts) // => ['kind', 'area', 'members']
 * ```
 */
export function vocabularyOf(facts: readonly FactConfig[]): Vocabulary {
  const { household, resident } = defineSnapshot(facts.map(factDefinitionOf)).faces
  return { household: maybeUnknown(household.type), resident: maybeUnknown(resident.type) }
}

function maybeUnknown({ facts }: RecordFact): RecordFact {
  return {
    kind: 'record',
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, type]): [string, FactType] => {
        if (type.kind === 'record') return [name, maybeUnknown(type)]
        if (type.kind === 'undetermined') return [name, type]
        if (type.kind !== 'list') return [name, { ...type, known: false }]
        const item = type.item.kind === 'record' ? maybeUnknown(type.item) : type.item
        return [name, { ...type, item, known: false }]
      }),
    ),
  }
}

/**
 * The vocabulary of a village with the facts that a pack declares beside it. A village may have taken them up already; a
 * name that it uses for another type is a fault.
 */
export function withPackFacts(
  base: Vocabulary,
  facts: readonly FactConfig[],
  faults: PackFaults,
): Vocabulary {
  const own = { household: { ...base.household.facts }, resident: { ...base.resident.facts } }
  facts.forEach((fact, index) => {
    const { name, unit } = fact
    const { type } = factDefinitionOf(fact)
    const taken = Object.hasOwn(own[unit], name) ? own[unit][name] : undefined
    if (taken !== undefined && !isDeepEqual(taken, type)) {
      const message = `${unit}.${name} is already a fact; a pack cannot give it another meaning.`
      faults.add('eligibility/fact-taken', ['facts', index, 'name'], message)
    } else {
      own[unit][name] = type
    }
  })
  const resident: RecordFact = { kind: 'record', facts: own.resident }
  const { members } = own.household
  if (members?.kind === 'list') own.household['members'] = { ...members, item: resident }
  return { household: { kind: 'record', facts: own.household }, resident }
}

/** Types of facts are plain data, whose parts stand in one order. */
function isDeepEqual(a: object, b: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([x], [y]) => (x < y ? -1 : 1)))
  return sorted(a) === sorted(b)
}
