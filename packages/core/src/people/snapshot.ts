import * as z from 'zod'
import { CivilDate, LumbungError, PlainText, ResidentId } from '../kernel/index.ts'
import { decimalScaleMax, factNumberMax, type ScalarFact } from '../rules/index.ts'
import {
  type AnyCollection,
  type Collection,
  defineCollection,
  defineFacts,
  type FactSource,
  type Facts,
  type FieldClass,
} from '../storage/index.ts'
import { type FactDefinition, factTextLengthMax } from './facts.ts'
import { AreaId, HouseholdKind, Resident } from './records.ts'

/** The snapshot that is stored and kept up to date. Any other name is that of a temporary one. */
export const todaySnapshot = 'today'

/**
 * A row of `snapshot_households` without the facts of the village: a household with its members of a day, or, of
 * kind `none`, a person on no family card, who stands under their own id. So each person of the village is in
 * exactly one row of kind `family` or `none`.
 */
export const SnapshotHousehold = z.object({
  /** `<snapshot>:<household>`, one field so that members can refer to it. */
  id: z.string().min(1),
  snapshot: z.string().min(1),
  household: z.uuid().lowercase(),
  kind: z.enum([...HouseholdKind.options, 'none']),
  area: AreaId.nullable(),
})
/** A record that the schema of the same name has accepted. */
export type SnapshotHousehold = z.infer<typeof SnapshotHousehold>

/** A row of `snapshot_members` without the facts of the village: birth dates, never ages. */
export const SnapshotMember = z.object({
  /** The `id` of the {@link SnapshotHousehold}. */
  home: z.string().min(1),
  snapshot: z.string().min(1),
  household: z.uuid().lowercase(),
  resident: ResidentId,
  /** That of the household. */
  kind: SnapshotHousehold.shape.kind,
  /** To the head; null for a person on no family card. */
  relationship: PlainText.max(64).nullable(),
  birthDate: CivilDate,
  sex: Resident.shape.sex,
  status: z.enum(['present', 'away', 'missing']),
  /** Where the person lives, or else the area of the household. */
  area: AreaId.nullable(),
})
/** A record that the schema of the same name has accepted. */
export type SnapshotMember = z.infer<typeof SnapshotMember>

/** A row with the facts of the village beside its own fields. */
export type WithFacts<Row> = Row & Readonly<Record<string, unknown>>

/** What {@link defineSnapshot} gives. */
export interface SnapshotDefinition {
  readonly facts: readonly FactDefinition[]
  readonly households: Collection<typeof SnapshotHousehold, 'id'>
  readonly members: Collection<typeof SnapshotMember, 'home' | 'resident'>
  /** Both, for the schema of a storage. */
  readonly collections: readonly AnyCollection[]
  /** As rules read them: `household` with its list `members`, and `resident`. */
  readonly faces: {
    readonly household: Facts<Collection<typeof SnapshotHousehold, 'id'>>
    readonly resident: Facts<Collection<typeof SnapshotMember, 'home' | 'resident'>>
  }
}

/**
 * Declares the snapshot of a village: a table of households and one of members, with a checked column for each
 * fact, and the faces by which rules read them.
 *
 * @throws LumbungError `people/invalid-fact` for a name that is taken or not in camel case, and for a type that no
 * column can hold; details: `fact`
 *
 * @example
 * ```ts
 * import { defineSnapshot } from '@lumbung/core/people'
 *
 * const snapshot = defineSnapshot([
 *   {
 *     name: 'welfareDecile',
 *     unit: 'household',
 *     type: { kind: 'int', minimum: 1, maximum: 10, promised: true, known: false },
 *     label: { en: 'Welfare decile' },
 *     fieldClass: 'specific',
 *   },
 * ])
 * const names = snapshot.households.table.columns.map((column) => column.name)
 * names // => ['village_id', 'id', 'snapshot', 'household', 'kind', 'area', 'welfare_decile', 'version']
 * Object.keys(snapshot.faces.household.type.facts) // => ['kind', 'area', 'welfareDecile', 'members']
 * ```
 */
export function defineSnapshot(facts: readonly FactDefinition[]): SnapshotDefinition {
  const ofHouseholds = facts.filter(({ unit }) => unit === 'household')
  const ofResidents = facts.filter(({ unit }) => unit === 'resident')
  checkNames(ofHouseholds, SnapshotHousehold, ['members'])
  checkNames(ofResidents, SnapshotMember, [])

  // Columns of facts only come beside the fields of the base schema, so what is said of those still holds.
  const households = defineCollection({
    name: 'snapshot_households',
    schema: SnapshotHousehold.extend(columnsOf(ofHouseholds)),
    key: 'id',
    isDerived: true,
    fieldClasses: {
      ...classesOf(SnapshotHousehold, 'internal'),
      ...classesOfFacts(ofHouseholds),
    },
  } as never) as Collection as SnapshotDefinition['households']
  const members = defineCollection({
    name: 'snapshot_members',
    schema: SnapshotMember.extend(columnsOf(ofResidents)),
    key: ['home', 'resident'],
    indexes: [['resident']],
    references: { home: households },
    isDerived: true,
    fieldClasses: {
      ...classesOf(SnapshotMember, 'internal'),
      relationship: 'personal',
      birthDate: 'personal',
      sex: 'personal',
      ...classesOfFacts(ofResidents),
    },
  } as never) as Collection as SnapshotDefinition['members']

  const resident = defineFacts(members, {
    name: 'resident',
    facts: {
      birthDate: 'birthDate',
      sex: 'sex',
      status: 'status',
      relationship: 'relationship',
      kind: 'kind',
      area: 'area',
      ...sourcesOf(ofResidents),
    },
  })
  const household = defineFacts(households, {
    name: 'household',
    facts: { kind: 'kind', area: 'area', ...sourcesOf(ofHouseholds) },
    lists: { members: { of: resident, by: 'home' } },
  })
  return { facts, households, members, collections: [households, members], faces: { household, resident } }
}

const factName = /^[a-z][a-zA-Z0-9]{0,47}$/

function checkNames(facts: readonly FactDefinition[], base: z.ZodObject, others: readonly string[]): void {
  const taken = new Set([...Object.keys(base.shape), ...others, 'version', 'villageId'])
  const columns = new Set([...taken].map(folded))
  for (const fact of facts) {
    if (!factName.test(fact.name)) refuse(fact, 'its name is not in camel case, of letters and digits.')
    if (columns.has(folded(fact.name))) refuse(fact, 'its name is taken.')
    columns.add(folded(fact.name))
  }
}

/** Names that differ only by case make columns that some tools take for one. */
function folded(name: string): string {
  return name.toLowerCase()
}

function columnsOf(facts: readonly FactDefinition[]): Readonly<Record<string, z.ZodType>> {
  return Object.fromEntries(facts.map((fact) => [fact.name, valueSchema(fact).nullable()]))
}

function valueSchema(fact: FactDefinition): z.ZodType {
  const { type } = fact
  switch (type.kind) {
    case 'bool':
      return z.boolean()
    case 'date':
      return CivilDate
    case 'text':
      return PlainText.max(factTextLengthMax)
    case 'enum':
      if (type.values.length === 0) return refuse(fact, 'its set of values is empty.')
      if (new Set(type.values).size < type.values.length) return refuse(fact, 'a value stands twice.')
      if (type.values.some((value) => value.normalize('NFC') !== value)) {
        return refuse(fact, 'a value is not in normal form NFC.')
      }
      return z.enum(type.values)
    case 'int':
    case 'money':
    case 'decimal':
      return rangeSchema(fact, type)
  }
}

function rangeSchema(
  fact: FactDefinition,
  type: Extract<ScalarFact, { readonly minimum: number }>,
): z.ZodType {
  const { minimum, maximum } = type
  const whole = Number.isSafeInteger(minimum) && Number.isSafeInteger(maximum)
  if (!whole || minimum > maximum || maximum > factNumberMax)
    refuse(fact, 'its range is not one of whole numbers.')
  if (type.kind === 'decimal') {
    const { scale } = type
    if (!Number.isInteger(scale) || scale < 0 || scale > decimalScaleMax) {
      refuse(fact, `its scale is not 0 to ${decimalScaleMax}.`)
    }
  }
  return z.int().min(minimum).max(maximum)
}

/** The fields were made from these very definitions, which TypeScript cannot see. */
function sourcesOf(facts: readonly FactDefinition[]): Readonly<Record<string, FactSource<never>>> {
  return Object.fromEntries(
    facts.map(({ name, type }): [string, FactSource<never>] => {
      const field = name as never
      if (type.kind === 'money') return [name, { field, as: 'money' }]
      if (type.kind === 'decimal') return [name, { field, as: { decimalScale: type.scale } }]
      return [name, field]
    }),
  )
}

function classesOf(schema: z.ZodObject, fieldClass: FieldClass): Readonly<Record<string, FieldClass>> {
  return Object.fromEntries(Object.keys(schema.shape).map((field) => [field, fieldClass]))
}

function classesOfFacts(facts: readonly FactDefinition[]): Readonly<Record<string, FieldClass>> {
  return Object.fromEntries(facts.map(({ name, fieldClass }) => [name, fieldClass]))
}

function refuse(fact: FactDefinition, reason: string): never {
  throw new LumbungError('people/invalid-fact', `The fact ${fact.name} cannot be kept: ${reason}`, {
    details: { fact: fact.name },
  })
}
