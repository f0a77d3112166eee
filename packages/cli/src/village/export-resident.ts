import { LumbungError, ResidentId } from '@lumbung/core/kernel'
import {
  affiliations,
  consents,
  datedFacts,
  type households,
  householdVersions,
  lifeEventResidents,
  lifeEvents,
  memberships,
  merges,
  representations,
  residents,
  residentVersions,
} from '@lumbung/core/people'
import type { AnyCollection, ReadTransaction, Stored, Where } from '@lumbung/core/storage'
import { defineRead, historyOf, type PersonalRead, readsOf } from '@lumbung/core/village'
import * as z from 'zod'
import type { JsonObject } from '../output/json.ts'
import { maskedJson } from './masked-json.ts'

/**
 * All that is held about one person, as they may ask for it: their own numbers in full, those of other people
 * masked.
 */
export const exportResident = defineRead({
  name: 'resident.export',
  scope: 'resident.read',
  input: z.strictObject({ id: ResidentId }),
  async run({ tx, reads }, { id }): Promise<JsonObject> {
    const resident = await tx.get(residents, { id })
    if (resident === undefined) throw new LumbungError('no-such-resident', `There is no resident ${id}.`)
    const versions = await allOf(tx, residentVersions, { resident: id })
    const joined = await allOf(tx, memberships, { resident: id })
    const homes = await homesOf(tx, id, [...new Set(joined.map(({ household }) => household))])
    reads([id, ...homes.flatMap(({ members }) => members.map((member) => member.id))])
    const parts = await allOf(tx, lifeEventResidents, { resident: id })
    const own = [
      ...versions.flatMap(({ identityNumber, temporaryNumber }) => [identityNumber, temporaryNumber]),
      ...homes.flatMap(({ versions: states }) => states.map(({ number }) => number)),
    ]
    const all = {
      resident,
      versions,
      memberships: joined,
      households: homes,
      facts: await factsOf(tx, [id, ...homes.map((home) => home.id)]),
      lifeEvents: await eventsOf(
        tx,
        parts.map(({ event }) => event),
      ),
      affiliations: await allOf(tx, affiliations, { resident: id }),
      representations: [
        ...(await allOf(tx, representations, { resident: id })),
        ...(await allOf(tx, representations, { representative: id })),
      ],
      consents: await allOf(tx, consents, { resident: id }),
      merges: [...(await allOf(tx, merges, { kept: id })), ...(await allOf(tx, merges, { merged: id }))],
      changes: await historyOf(tx, residents, id),
      reads: await readsUntilNow(tx, id),
    }
    return maskedJson(all, new Set(own.filter((number) => number !== null)))
  },
})

async function allOf<C extends AnyCollection>(
  tx: ReadTransaction,
  collection: C,
  where: Where<C>,
): Promise<Stored<C>[]> {
  const found: Stored<C>[] = []
  for await (const record of tx.stream(collection, { where })) found.push(record)
  return found
}

/** The households that the person belongs or belonged to, and with whom. */
async function homesOf(
  tx: ReadTransaction,
  self: ResidentId,
  ids: readonly Stored<typeof households>['id'][],
) {
  const homes = []
  for (const id of ids) {
    const members = []
    for (const { resident, relationship, from, to } of await allOf(tx, memberships, {
      household: id,
      retractedAt: null,
    })) {
      if (resident === self) continue
      const { name = null, identityNumber = null } = (await tx.get(residents, { id: resident })) ?? {}
      members.push({ id: resident, name, identityNumber, relationship, from, to })
    }
    homes.push({ id, versions: await allOf(tx, householdVersions, { household: id }), members })
  }
  return homes
}

async function factsOf(tx: ReadTransaction, subjects: readonly string[]) {
  const facts = []
  for (const subject of subjects) facts.push(...(await allOf(tx, datedFacts, { subject })))
  return facts
}

async function eventsOf(tx: ReadTransaction, ids: readonly Stored<typeof lifeEvents>['id'][]) {
  const events = []
  for (const id of ids) {
    const event = await tx.get(lifeEvents, { id })
    if (event === undefined) continue
    // What it changed stands in the versions; of other people it is theirs.
    const { edits: _, ...told } = event
    events.push(told)
  }
  return events
}

async function readsUntilNow(tx: ReadTransaction, id: ResidentId): Promise<readonly PersonalRead[]> {
  const all: PersonalRead[] = []
  let after: string | undefined
  do {
    const page = await readsOf(tx, id, { limit: 1000, ...(after === undefined ? {} : { after }) })
    all.push(...page.reads)
    after = page.next
  } while (after !== undefined)
  return all
}
