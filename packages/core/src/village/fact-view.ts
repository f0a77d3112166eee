import { ageYears, type CivilDate, type LocalizedText, maskNumber } from '../kernel/index.ts'
import {
  type DatedFact,
  datedFacts,
  type FactConfig,
  type FactDefinition,
  factAge,
  factDefinitionOf,
  factOn,
  factValueOf,
} from '../people/index.ts'
import type { ScalarValue } from '../rules/index.ts'
import type { FieldClass, ReadTransaction } from '../storage/index.ts'
import { classRank } from './permission.ts'
import type { UseCaseContext } from './use-case.ts'

/** A dated fact as somebody may see it, with its age visible. */
export interface FactView {
  readonly id: DatedFact['id']
  readonly name: string
  readonly label: LocalizedText
  /** Of an identifying fact masked, but where it was opened on purpose. */
  readonly value: ScalarValue
  readonly kind: FactDefinition['type']['kind']
  /**
   * Digits after the point of a value that is kept as a whole number: of a decimal its own, of money those of the
   * village's currency, of anything else 0. A value of 150 with a scale of 2 reads 1.50.
   */
  readonly scale: number
  /** What a value of a closed set is called. */
  readonly valueLabel?: LocalizedText
  readonly from: CivilDate | null
  readonly source: string
  readonly degree: DatedFact['degree']
  /** Completed months since it holds, or was written down. */
  readonly months: number
  readonly isStale: boolean
}

/** The facts of a resident or household that hold today and that the actor may see, in the order of the config. */
export async function factsOf(
  { tx, config, today }: Pick<UseCaseContext, 'config' | 'today'> & { readonly tx: ReadTransaction },
  about: {
    readonly unit: DatedFact['unit']
    readonly subject: string
    readonly shows: FieldClass
    readonly birthDate?: CivilDate
    /** Gives the identifying facts alone, in full. */
    readonly opensNumbers?: boolean
  },
): Promise<readonly FactView[]> {
  const { unit, subject, shows, birthDate, opensNumbers = false } = about
  const told: DatedFact[] = []
  for await (const fact of tx.stream(datedFacts, { where: { subject, unit, retractedAt: null } }))
    told.push(fact)
  const isChild = birthDate !== undefined && (ageYears(birthDate, today) ?? 0) < config.childBelowYears
  return config.facts.flatMap((fact): FactView[] => {
    const { name, label, valueLabels, isIdentifying = false } = fact
    if (fact.unit !== unit || (opensNumbers && !isIdentifying)) return []
    if (classRank(isChild ? 'specific' : fact.fieldClass) > classRank(shows)) return []
    const found = factOn(
      told.filter((candidate) => candidate.name === name),
      today,
    )
    const definition = factDefinitionOf(fact)
    const value = found === undefined ? null : factValueOf(definition, found.value)
    if (found === undefined || value === null) return []
    const { months, stale } = factAge(found, today, definition)
    const valueLabel = valueLabels?.[String(value)]
    return [
      {
        id: found.id,
        name,
        label,
        value: isIdentifying && !opensNumbers && typeof value === 'string' ? maskNumber(value) : value,
        kind: fact.type.kind,
        scale: scaleOf(fact.type, config.currencyScale),
        ...(valueLabel === undefined ? {} : { valueLabel }),
        from: found.from,
        source: found.source,
        degree: found.degree,
        months,
        isStale: stale,
      },
    ]
  })
}

function scaleOf(type: FactConfig['type'], currencyScale: number): number {
  if (type.kind === 'decimal') return type.scale
  return type.kind === 'money' ? currencyScale : 0
}
