import { type DateInterval, isCivilDate, normalizeText } from '../kernel/index.ts'
import type { ParameterType, RuleParameter, ScalarValue } from '../rules/index.ts'
import { checkDates } from './check-dates.ts'
import type { ParameterInForce } from './decision.ts'
import type { PackFaults, PackPath } from './pack-fault.ts'
import type { Programme, ProgrammeVersion } from './programme.ts'
import { inForceDuring } from './segments.ts'

/** Finds what is wrong with the parameters of a programme by themselves: types, and dates that overlap or leave gaps. */
export function checkParameters(programme: Programme, path: PackPath, faults: PackFaults): void {
  for (const [name, parameter] of Object.entries(programme.parameters)) {
    const here = [...path, 'parameters', name]
    checkDates(parameter.values, [...here, 'values'], parameter.gaps, faults)
    parameter.values.forEach(({ value, alternatives }, index) => {
      const at = [...here, 'values', index]
      const check = (read: unknown, where: PackPath) => {
        const values = Array.isArray(read) ? read : [read]
        if (values.every((each: unknown) => isOfType(parameter.type, each))) return
        const message = `The value of ${name} is not of its type, ${parameter.type.kind}.`
        faults.add('eligibility/parameter-type', [...where, 'value'], message)
      }
      check(value, at)
      alternatives.forEach((other, position) => {
        check(other.value, [...at, 'alternatives', position])
      })
    })
  }
}

/** The parameters during a segment, or the name of one that a rule of the version reads and that has no value then. */
export function parametersDuring(
  segment: DateInterval,
  { parameters }: Programme,
  version: ProgrammeVersion,
):
  | { readonly ok: true; readonly parameters: readonly ParameterInForce[] }
  | { readonly ok: false; readonly without: string } {
  const found: ParameterInForce[] = []
  for (const [name, { label, values }] of Object.entries(parameters)) {
    const dated = inForceDuring(segment, values)
    if (dated === undefined && isRead(name, version)) return { ok: false, without: name }
    if (dated !== undefined) found.push({ name, label, value: dated.value, citation: dated.citation })
  }
  return { ok: true, parameters: found }
}

/** Whether the name stands in a rule; also within a longer text, which costs a value that nobody reads. */
function isRead(name: string, version: ProgrammeVersion): boolean {
  return new RegExp(`\\bparameters\\.${name}\\b`).test(JSON.stringify(version))
}

/** Parameters in the form in which rules read them. */
export function ruleParametersOf(
  { parameters }: Programme,
  inForce: readonly ParameterInForce[],
): Readonly<Record<string, RuleParameter>> {
  return Object.fromEntries(
    inForce.flatMap(({ name, value }) => {
      const type = parameters[name]?.type
      return type === undefined ? [] : [[name, { type, value }]]
    }),
  )
}

function isOfType(type: ParameterType, value: unknown): value is ScalarValue {
  switch (type.kind) {
    case 'bool':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string' && normalizeText(value) === value
    case 'date':
      return isCivilDate(value)
    case 'enum':
      return type.values.some((known) => known === value)
    default:
      return typeof value === 'number'
  }
}
