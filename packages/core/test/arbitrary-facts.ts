import fc from 'fast-check'
import type { FactType, FactValue, GivenFacts, RecordFact, ScalarFact } from '../src/rules/index.ts'
import { edgeDates, edgeNumbers, edgeTexts, itemsMax, noDates, type Schema } from './arbitrary-schema.ts'

/** Facts of one row, as the door would let them through: one in four is unknown where it may be. */
export function arbitraryFacts({ household }: Schema): fc.Arbitrary<GivenFacts> {
  return fc.record({
    household: fc.oneof({ weight: 15, arbitrary: recordValue(household) }, ...unknownRoot(household)),
  })
}

function unknownRoot({ facts }: RecordFact): fc.WeightedArbitrary<FactValue>[] {
  const mayBeMissing = Object.values(facts).every(isUnpromised)
  return mayBeMissing ? [{ weight: 1, arbitrary: fc.constant(null) }] : []
}

function isUnpromised(fact: FactType): boolean {
  if (fact.kind === 'record') return Object.values(fact.facts).every(isUnpromised)
  return fact.kind === 'undetermined' || !fact.known
}

function recordValue({ facts }: RecordFact): fc.Arbitrary<FactValue> {
  return fc.record(Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, factValue(fact)])))
}

function factValue(fact: FactType): fc.Arbitrary<FactValue> {
  if (fact.kind === 'undetermined') return fc.constant(null)
  if (fact.kind === 'record') return recordValue(fact)
  if (fact.kind !== 'list')
    return fact.known ? scalarValue(fact) : mostly(3, scalarValue(fact), fc.constant(null))
  const item = fact.item.kind === 'record' ? recordValue(fact.item) : factValue(fact.item)
  const items = fc.array(item, { maxLength: itemsMax })
  if (fact.known) return items
  return mostly(
    4,
    items,
    fc.oneof(
      fc.constant(null),
      items.map((each): FactValue => ({ items: each, complete: false })),
    ),
  )
}

function mostly(weight: number, arbitrary: fc.Arbitrary<FactValue>, other: fc.Arbitrary<FactValue>) {
  return fc.oneof({ weight, arbitrary }, { weight: 1, arbitrary: other })
}

function scalarValue(fact: ScalarFact): fc.Arbitrary<FactValue> {
  switch (fact.kind) {
    case 'bool':
      return fc.boolean()
    case 'text':
      return fc.constantFrom(...edgeTexts)
    case 'enum':
      return fc.constantFrom(...fact.values)
    case 'date':
      // What is promised, or never missing, is a date; whatever else stands there is an unknown fact (semantics 2).
      return fact.promised || fact.known
        ? fc.constantFrom(...edgeDates)
        : mostly(6, fc.constantFrom(...edgeDates), fc.constantFrom(...noDates))
    default: {
      const { minimum, maximum } = fact
      const edges = [minimum, maximum, ...edgeNumbers].filter((edge) => edge >= minimum && edge <= maximum)
      return fc.constantFrom(...edges)
    }
  }
}
