import { ageYears, type CivilDate, isCivilDate } from '../kernel/index.ts'
import type { AnyCollection, FieldClass, RecordOf } from '../storage/index.ts'

/** What the class of a field depends on besides its collection. */
export interface ClassContext {
  readonly on: CivilDate
  /** Below what age a person is a child, in years; a law of the country says it. */
  readonly childBelowYears: number
  /** Of the person whom the record is about. Default: its own `birthDate`, if it has one. */
  readonly birthDate?: CivilDate | undefined
}

/**
 * The class of a field of a record: all data of a child is `specific`, but for the key by which the record is
 * found; of anybody else it is what the collection says.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { fieldClassOf, residents } from '@lumbung/core/people'
 *
 * const birthDate = CivilDate.parse('2010-06-01')
 * const at = (day: string) => ({ on: CivilDate.parse(day), childBelowYears: 18, birthDate })
 * fieldClassOf(residents, 'status', {}, at('2026-11-24')) // => 'specific'
 * fieldClassOf(residents, 'status', {}, at('2028-06-01')) // => 'internal'
 * ```
 */
export function fieldClassOf<C extends AnyCollection>(
  collection: C,
  field: keyof RecordOf<C> & string,
  record: Partial<RecordOf<C>>,
  context: ClassContext,
): FieldClass {
  return fieldClassesOf(collection, record, context)(field)
}

/**
 * The classes of all fields of a record, by {@link fieldClassOf}: whether it is a child's is found out once.
 *
 * @example
 * ```ts
 * import { CivilDate } from '@lumbung/core/kernel'
 * import { fieldClassesOf, residents } from '@lumbung/core/people'
 *
 * const birthDate = CivilDate.parse('2010-06-01')
 * const context = { on: CivilDate.parse('2026-11-24'), childBelowYears: 18, birthDate }
 * const classOf = fieldClassesOf(residents, {}, context)
 * classOf('name') // => 'specific'
 * classOf('id') // => 'internal'
 * ```
 */
export function fieldClassesOf<C extends AnyCollection>(
  collection: C,
  record: Partial<RecordOf<C>>,
  { on, childBelowYears, birthDate }: ClassContext,
): (field: keyof RecordOf<C> & string) => FieldClass {
  const own: unknown = 'birthDate' in record ? record['birthDate'] : undefined
  const born = birthDate ?? (isCivilDate(own) ? own : undefined)
  // A birth after the day has no age yet; who is not born yet is no adult.
  const isChild = born !== undefined && (ageYears(born, on) ?? 0) < childBelowYears
  return (field) =>
    isChild && !collection.key.includes(field) ? 'specific' : (collection.fieldClasses[field] ?? 'specific')
}

/** What stands in a text that is hidden but cannot be missing. */
export const maskText = '•••'

/** A record of which hidden fields are null, or `•••` where they are texts that cannot be missing. */
export type Masked<C extends AnyCollection> = {
  readonly [F in keyof RecordOf<C>]: RecordOf<C>[F] | null
}

/**
 * A record without the values that somebody may not see. The key stays, for links.
 *
 * @param visible Whether a field may be seen.
 *
 * @example
 * ```ts
 * import { areas, Area, masked } from '@lumbung/core/people'
 *
 * const area = Area.parse({
 *   id: '0190a5b8-7e2c-7c3e-9f5b-0d6a3c1e2f40', kind: 'hamlet', parent: null, code: '01', name: 'Riverside',
 *   nameKey: 'riverside', from: null, to: null,
 * })
 * const hidden = masked(areas, area, (field) => field === 'code')
 * hidden.code // => '01'
 * hidden.name // => '•••'
 * hidden.kind // => null
 * ```
 */
export function masked<C extends AnyCollection>(
  collection: C,
  record: RecordOf<C>,
  visible: (field: keyof RecordOf<C> & string) => boolean,
): Masked<C> {
  const values: Readonly<Record<string, unknown>> = record
  const shown = collection.columns.map(({ field, type, nullable }): [string, unknown] => {
    // The columns were made from the schema of these records, so each names one of their fields.
    if (collection.key.includes(field) || visible(field as keyof RecordOf<C> & string))
      return [field, values[field]]
    return [field, type === 'text' && !nullable ? maskText : null]
  })
  return Object.fromEntries(shown) as Masked<C>
}
