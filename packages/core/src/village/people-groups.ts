import type { CaseworkPolicy } from '../casework/index.ts'
import type { Pack } from '../eligibility/index.ts'
import type { CivilDate, LocalizedText } from '../kernel/index.ts'
import { type CheckedRule, checkRule, compileRule, type GivenFacts } from '../rules/index.ts'

type Groups = NonNullable<CaseworkPolicy['groups']>
type Unit = Groups[number]['unit']

/** A group that is ready to be asked. */
export interface PeopleGroup {
  readonly id: string
  readonly label: LocalizedText
  /** Null where it is not known. */
  readonly isIn: (given: GivenFacts, on: CivilDate) => boolean | null
}

function ruleOf({ when, unit }: Groups[number], { vocabulary }: Pack): CheckedRule {
  const { household, resident } = vocabulary
  return checkRule(when, { facts: { household, ...(unit === 'resident' && { resident }) } })
}

/** What does not hold in the groups of a village: a rule that does not check, or that is no truth. */
export function groupFaults(
  groups: Groups,
  pack: Pack,
): readonly { readonly group: number; readonly message: string }[] {
  return groups.flatMap((group, index) => {
    const checked = ruleOf(group, pack)
    if (!checked.ok) return checked.faults.map(({ message }) => ({ group: index, message }))
    const isTruth = checked.rule.expression.type.kind === 'bool'
    return isTruth ? [] : [{ group: index, message: 'A group is told by a truth' }]
  })
}

/** The groups that units of a kind can be in: residents also in those that are told by their household. */
export function groupsOf(groups: Groups, pack: Pack, unit: Unit): readonly PeopleGroup[] {
  return groups.flatMap((group): PeopleGroup[] => {
    if (group.unit === 'resident' && unit === 'household') return []
    const checked = ruleOf(group, pack)
    // The config was refused where one does not hold.
    if (!checked.ok) return []
    const run = compileRule(checked.rule)
    const isIn = (given: GivenFacts, on: CivilDate): boolean | null => {
      const value = run(given, on)
      return typeof value === 'boolean' ? value : null
    }
    return [{ id: group.id, label: group.label, isIn }]
  })
}
