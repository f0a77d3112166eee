import type { Transaction } from '../storage/index.ts'
import { applyEdits, type PeopleContext } from './apply.ts'
import { datedFacts, households, residents } from './collections.ts'
import { addFactEdit } from './edits.ts'
import type { Edit, Merge } from './event-records.ts'
import { checkFactValue, type FactDefinition } from './facts.ts'
import { mergesOf } from './population-known.ts'
import { absorbedBy } from './population-merged.ts'
import type { PeopleRefusal } from './refusals.ts'
import type { FactInput } from './save-fact.ts'
import { recordsWith } from './snapshot-units.ts'
import { groupBy } from './spans.ts'
import { seriesOf, storedSeries, type ToldFact, takeToldAgain } from './told-again.ts'

/** A fact of a file, by what the file's reader calls it. */
export interface KeyedFact extends FactInput {
  /** What a report calls the fact: a line, say. */
  readonly key: string
  readonly unit: FactDefinition['unit']
}

/** What {@link addFacts} came to. With a refusal nothing was written. */
export interface AddedFacts {
  readonly added: number
  readonly unchanged: number
  readonly refused: readonly { readonly key: string; readonly refusal: PeopleRefusal }[]
}

/**
 * Writes many facts down, or none of them, in few statements. Refused as in `recordFact`.
 *
 * A file may tell one thing several times, first declared and then verified, and be read again: what each source
 * tells is compared, in its order, with the end of what is stored of it. So the same file adds nothing, and does
 * not bring back what another source has corrected since. What is told of a record that was merged into another
 * lands on the one that was kept, and a file from before the merge adds nothing either.
 *
 * @example
 * ```ts
 * import { CivilDate, Instant, VillageId } from '@lumbung/core/kernel'
 * import { addFacts, defineSnapshot, peopleCollections } from '@lumbung/core/people'
 * import { openMemory } from '@lumbung/core/storage'
 *
 * const snapshot = defineSnapshot([])
 * const storage = openMemory({ collections: [...peopleCollections, ...snapshot.collections], streams: [] })
 * const context = {
 *   now: Instant.parse('2026-11-24T03:00:00.000Z'),
 *   on: CivilDate.parse('2026-11-24'),
 *   snapshot,
 *   nextId: () => '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40',
 * }
 * const result = await storage.transact(VillageId.parse('v'), (tx) => addFacts(tx, [], context))
 * result // => { added: 0, unchanged: 0, refused: [] }
 * ```
 */
export async function addFacts(
  tx: Transaction,
  facts: readonly KeyedFact[],
  context: PeopleContext,
): Promise<AddedFacts> {
  const subjects = (unit: FactDefinition['unit']) => [
    ...new Set(facts.filter((fact) => fact.unit === unit).map(({ subject }) => subject)),
  ]
  const known = new Set<string>()
  for (const { id } of await recordsWith(tx, residents, 'id', subjects('resident')))
    known.add(`resident/${id}`)
  for (const { id } of await recordsWith(tx, households, 'id', subjects('household')))
    known.add(`household/${id}`)
  const merges = await mergesOf(tx)
  const people = recordsOfPeople(merges)
  const persons = [...new Set(subjects('resident').flatMap((id) => people(id)))]
  const standing = storedSeries(
    await recordsWith(tx, datedFacts, 'subject', [...persons, ...subjects('household')]),
    merges,
  )
  const definitions = new Map(context.snapshot.facts.map((fact) => [`${fact.unit}/${fact.name}`, fact]))

  const told: ToldFact[] = []
  const refused: { key: string; refusal: PeopleRefusal }[] = []
  for (const { key, unit, value, ...input } of facts) {
    const refuse = (refusal: PeopleRefusal) => void refused.push({ key, refusal })
    const { name, subject, from, to } = input
    const definition = definitions.get(`${unit}/${name}`)
    if (definition === undefined) refuse({ code: 'people/unknown-fact', fact: name })
    else if (from !== null && to !== null && from >= to) refuse({ code: 'people/empty-span', fact: name })
    else if (!known.has(`${unit}/${subject}`)) refuse({ code: `people/unknown-${unit}`, [unit]: subject })
    else {
      const checked = checkFactValue(definition, value)
      if (!checked.ok) refuse(checked.refusal)
      else told.push({ ...input, unit, source: input.source.normalize('NFC'), value: checked.text })
    }
  }
  if (refused.length > 0) return { added: 0, unchanged: 0, refused }
  const repeated = new Set<ToldFact>()
  const isMerged = ({ subject }: ToldFact) => people(subject)[0] !== subject
  // What the file tells of a merged record is taken out of the kept one's series before that is looked at itself.
  const inOrder = told.toSorted((a, b) => Number(isMerged(b)) - Number(isMerged(a)))
  for (const later of groupBy(inOrder, seriesOf).values()) {
    const [first] = later
    if (first === undefined) continue
    const records = new Set([first.subject, ...people(first.subject)])
    const series = [...records].flatMap((subject) => {
      const found = standing.get(seriesOf({ ...first, subject }))
      return found === undefined ? [] : [found]
    })
    for (const fact of later.slice(0, takeToldAgain(series, later))) repeated.add(fact)
  }
  const edits = told
    .filter((fact) => !repeated.has(fact))
    .map((fact): Edit => addFactEdit({ ...fact, subject: people(fact.subject)[0] ?? fact.subject }, context))
  await applyEdits(tx, edits, context)
  return { added: edits.length, unchanged: repeated.size, refused }
}

/** The records of the person whom a record is of, the one that counts first: alone, where nothing was merged. */
function recordsOfPeople(merges: readonly Merge[]): (id: string) => readonly string[] {
  const kept = new Map<string, readonly string[]>()
  for (const [person, { residents: gone }] of absorbedBy(merges)) {
    const records = [person, ...gone]
    for (const id of records) kept.set(id, records)
  }
  return (id) => kept.get(id) ?? [id]
}
