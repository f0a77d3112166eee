import { checkRule, type Rule, type RuleEnvironment, type ScalarType } from '../rules/index.ts'
import { factTypeAt } from './candidate-values.ts'
import { checkDates, isWithin } from './check-dates.ts'
import { checkParameters, parametersDuring, ruleParametersOf } from './check-parameters.ts'
import type { Citation } from './citation.ts'
import { composedRule } from './compose.ts'
import type { Criterion } from './criteria.ts'
import type { PackFaults, PackPath } from './pack-fault.ts'
import type { Programme, ProgrammeVersion } from './programme.ts'
import type { CheckedBenefit, CheckedCriterion, ProgrammeInForce } from './programme-in-force.ts'
import { type Segment, segmentsOf } from './segments.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Checks the rules of a programme with the parameters of every time, and its dates. Faults go to `faults`. */
export function checkProgramme(
  programme: Programme,
  path: PackPath,
  vocabulary: Vocabulary,
  faults: PackFaults,
): readonly ProgrammeInForce[] {
  programme.versions.forEach(({ criteria, changeable }, index) => {
    checkIds(criteria, [...path, 'versions', index, 'criteria'], faults, new Set())
    checkChangeable(
      programme.unit,
      changeable,
      [...path, 'versions', index, 'changeable'],
      vocabulary,
      faults,
    )
  })
  const before = faults.list.length
  checkDates(programme.versions, [...path, 'versions'], programme.gaps, faults)
  checkParameters(programme, path, faults)
  // With faulty dates or parameters, the rules would only repeat them.
  if (faults.list.length > before) return []
  const dated = Object.values(programme.parameters).flatMap(({ values }) => values)
  return programme.versions
    .flatMap((version, index) =>
      segmentsOf(intervalOf(version), dated).flatMap((segment) => {
        const checked = checkDuring(
          segment,
          programme,
          version,
          [...path, 'versions', index],
          vocabulary,
          faults,
        )
        return checked === undefined ? [] : [checked]
      }),
    )
    .sort((a, b) => ((a.interval.from ?? '') < (b.interval.from ?? '') ? -1 : 1))
}

function intervalOf({ from, to }: ProgrammeVersion): Segment {
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
}

function checkDuring(
  segment: Segment,
  programme: Programme,
  version: ProgrammeVersion,
  path: PackPath,
  vocabulary: Vocabulary,
  faults: PackFaults,
): ProgrammeInForce | undefined {
  const during = parametersDuring(segment, programme, version)
  if (!during.ok) {
    const { gaps = [] } = programme.parameters[during.without] ?? {}
    const isDeclared = gaps.some((gap) => isWithin(segment, gap))
    const since = segment.from ?? 'the beginning'
    const message = `${during.without} has no value from ${since} on; give it one, or declare the gap.`
    if (!isDeclared) faults.add('eligibility/gap', path, message)
    return undefined
  }
  const environment: RuleEnvironment = {
    facts:
      programme.unit === 'household'
        ? { household: vocabulary.household }
        : { resident: vocabulary.resident, household: vocabulary.household },
    parameters: ruleParametersOf(programme, during.parameters),
  }
  const ruleAt = (text: string, at: PackPath, kind: ScalarType['kind'] | 'any'): Rule | undefined => {
    const checked = checkRule(text, environment)
    if (!checked.ok) {
      for (const fault of checked.faults) faults.addOfRule(at, fault)
      return undefined
    }
    const { type } = checked.rule.expression
    // A number of components is whole: within a rule a decimal counts its smallest units.
    const isWhole = type.kind !== 'number' || type.scale === 0
    if (kind === 'any' || (type.kind === kind && isWhole)) return checked.rule
    faults.add(
      'eligibility/rule-type',
      at,
      `Here a rule must give ${wanted[kind] ?? kind}; this one gives ${isWhole ? type.kind : 'a decimal'}.`,
    )
    return undefined
  }
  const criteria = criterionOf(version.criteria, [...path, 'criteria'], ruleAt)
  const benefit = version.benefit && benefitOf(version.benefit, [...path, 'benefit'], ruleAt)
  const ranking = version.ranking.flatMap(({ by, order }, index) => {
    const rule = ruleAt(by, [...path, 'ranking', index, 'by'], 'any')
    return rule === undefined ? [] : [{ rule, order }]
  })
  if (criteria === undefined) return undefined
  return {
    interval: segment,
    version,
    parameters: during.parameters,
    criteria,
    rule: composedRule(criteria, environment.facts),
    ...(benefit !== undefined && { benefit }),
    ranking,
  }
}

const wanted: { readonly [K in ScalarType['kind']]?: string } = {
  bool: 'true or false',
  money: 'money',
  number: 'a whole number',
}

type RuleAt = (text: string, at: PackPath, kind: ScalarType['kind'] | 'any') => Rule | undefined

function criterionOf(criterion: Criterion, path: PackPath, ruleAt: RuleAt): CheckedCriterion | undefined {
  const { id, label, citation } = criterion
  const base = { id, label, ...(citation !== undefined && { citation }) }
  if ('when' in criterion) {
    const rule = ruleAt(criterion.when, [...path, 'when'], 'bool')
    return rule && { ...base, kind: 'clause', rule, parts: [] }
  }
  for (const kind of ['all', 'any', 'none'] as const) {
    const parts = criterion[kind]
    if (parts === undefined) continue
    const checked = parts.map((part, index) => criterionOf(part, [...path, kind, index], ruleAt))
    const whole = checked.filter((part) => part !== undefined)
    return whole.length === parts.length ? { ...base, kind, parts: whole } : undefined
  }
  return undefined
}

function benefitOf(
  benefit: NonNullable<ProgrammeVersion['benefit']>,
  path: PackPath,
  ruleAt: RuleAt,
): CheckedBenefit {
  const components = benefit.components.flatMap(({ id, label, amount, count }, index) => {
    const here = [...path, 'components', index]
    const rules = {
      amount: ruleAt(amount, [...here, 'amount'], 'money'),
      count: ruleAt(count, [...here, 'count'], 'number'),
    }
    return rules.amount === undefined || rules.count === undefined
      ? []
      : [{ id, label, amount: rules.amount, count: rules.count }]
  })
  const countMax = benefit.countMax && ruleAt(benefit.countMax, [...path, 'countMax'], 'number')
  const totalMax = benefit.totalMax && ruleAt(benefit.totalMax, [...path, 'totalMax'], 'money')
  return { benefit, components, ...(countMax && { countMax }), ...(totalMax && { totalMax }) }
}

/** A decision names clauses by their ids, so within a version each id stands once. */
function checkIds(criterion: Criterion, path: PackPath, faults: PackFaults, seen: Set<string>): void {
  if (seen.has(criterion.id)) {
    faults.add('eligibility/id-twice', [...path, 'id'], `${criterion.id} stands twice among the criteria.`)
  }
  seen.add(criterion.id)
  if ('when' in criterion) return
  for (const kind of ['all', 'any', 'none'] as const) {
    criterion[kind]?.forEach((part, index) => {
      checkIds(part, [...path, kind, index], faults, seen)
    })
  }
}

/** What a person can change is a single fact of the household, of each member, or of the resident. */
function checkChangeable(
  unit: Programme['unit'],
  changeable: readonly string[],
  path: PackPath,
  { household, resident }: Vocabulary,
  faults: PackFaults,
): void {
  changeable.forEach((fact, index) => {
    const root = fact.startsWith('resident.') && unit === 'resident' ? resident : household
    const isRooted = fact.startsWith('household.') || root === resident
    if (isRooted && factTypeAt(root, fact) !== undefined) return
    faults.add('eligibility/no-such-fact', [...path, index], `${fact} is no single fact of a ${unit}.`)
  })
}

/** Each citation of a programme, with where it stands. */
export function* citationsOf(value: unknown, path: PackPath = []): Generator<readonly [Citation, PackPath]> {
  if (typeof value !== 'object' || value === null) return
  if ('confidence' in value && 'source' in value) yield [value as Citation, path]
  for (const [key, part] of Object.entries(value)) {
    yield* citationsOf(part, [...path, Array.isArray(value) ? Number(key) : key])
  }
}
