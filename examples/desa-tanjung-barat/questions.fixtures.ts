import { decide, type Expectation, nextQuestion, type Pack } from '@lumbung/core/eligibility'
import type { CivilDate } from '@lumbung/core/kernel'
import {
  defineSnapshot,
  type FactDefinition,
  households,
  loadUnits,
  snapshotOf,
  todaySnapshot,
} from '@lumbung/core/people'
import type { FactValue, FactValues } from '@lumbung/core/rules'
import type { ReadTransaction } from '@lumbung/core/storage'

/** What the register knows of every family of a village on a day, as rules read it. */
export async function familiesOn(
  tx: ReadTransaction,
  facts: readonly FactDefinition[],
  on: CivilDate,
): Promise<readonly FactValues[]> {
  const definition = defineSnapshot(facts)
  const asOf = { snapshot: todaySnapshot, on }
  const ids: string[] = []
  for await (const { id } of tx.stream(households)) ids.push(id)
  const found: FactValues[] = []
  while (ids.length > 0) {
    for (const unit of await loadUnits(tx, ids.splice(0, 256), asOf)) {
      const rows = snapshotOf(definition, unit, asOf)
      if (rows?.household.kind !== 'family') continue
      const members = rows.members.map((member) => definition.faces.resident.valuesOf(member))
      found.push(definition.faces.household.valuesOf(rows.household, { members }))
    }
  }
  return found
}

/** How many questions it takes until nothing more can be learned. */
export interface QuestionsAsked {
  /** Always that which settles most. */
  readonly chosen: number
  /** In the order of a form, until everything is settled. */
  readonly fixed: number
}

/**
 * Asks each family as at a counter where only the number of its members is known yet. What a family does not know is
 * one question too, and is not asked twice.
 */
export function questionsOver(
  families: readonly FactValues[],
  { pack, programmes, on, expectationOf }: Counter,
): QuestionsAsked {
  // Before a family answers otherwise than another of its size, the same is asked of both.
  const next = new Map<string, string | undefined>()
  let [chosen, fixed] = [0, 0]
  for (const family of families) {
    chosen += questionsUntilSettled(family, (known, unanswered) => {
      const key = JSON.stringify([known, [...unanswered]])
      if (!next.has(key)) {
        const expected = (path: string) => (unanswered.has(path) ? [] : expectationOf(path))
        const question = { on, household: known, programmes, expectationOf: expected }
        next.set(key, nextQuestion(pack, question)?.path)
      }
      const path = next.get(key)
      return path === undefined || unanswered.has(path) ? undefined : path
    })
    let form: readonly string[] | undefined
    fixed += questionsUntilSettled(family, (known, unanswered) => {
      const missing = programmes.flatMap((programme) => {
        const decision = decide(pack, { programme, on, household: known })
        return decision.kind === 'decision' ? decision.missing : []
      })
      form ??= [...new Set(missing)]
      const [first, ...rest] = form
      form = rest
      return missing.every((path) => unanswered.has(path)) ? undefined : first
    })
  }
  return { chosen, fixed }
}

interface Counter {
  readonly pack: Pack
  /** Programmes of households. */
  readonly programmes: readonly string[]
  readonly on: CivilDate
  readonly expectationOf: (path: string) => readonly Expectation[] | undefined
}

function questionsUntilSettled(
  family: FactValues,
  ask: (known: FactValues, unanswered: ReadonlySet<string>) => string | undefined,
): number {
  const members = membersOf(family)
  const own: Record<string, FactValue> = {}
  const ofMembers: Record<string, FactValue>[] = members.map(() => ({}))
  const unanswered = new Set<string>()
  for (let questions = 0; ; questions += 1) {
    const path = ask({ ...own, members: ofMembers }, unanswered)
    if (path === undefined) return questions
    const [, position, name = ''] = /^household\.(?:members\[(\d+)\]\.)?(\w+)$/.exec(path) ?? []
    const [from, to] =
      position === undefined ? [family, own] : [members[Number(position)], ofMembers[Number(position)]]
    const value = from?.[name] ?? null
    if (to === undefined || value === null) unanswered.add(path)
    else to[name] = value
  }
}

function membersOf(family: FactValues): readonly FactValues[] {
  const members = family['members'] ?? null
  return Array.isArray(members) ? members : []
}
