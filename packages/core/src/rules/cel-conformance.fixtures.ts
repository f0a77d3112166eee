import { tests } from '@bufbuild/cel-spec/testdata/conformance.js'
import { parseCivilDate } from '../kernel/index.ts'
import { checkOverFacts } from './check-over-facts.ts'
import { traceRule } from './trace-rule.ts'

/** The sections of CEL's conformance suite about what this language has. */
export const sections = [
  'basic',
  'comparisons',
  'fields',
  'integer_math',
  'lists',
  'logic',
  'macros',
  'parse',
  'plumbing',
  'string',
] as const

/** A case of the suite, and what came of it: nothing where it passes. */
export interface ConformanceCase {
  /** Section, suites and name. */
  readonly path: string
  readonly text: string
  readonly failure?: string
}

type Suite = (typeof tests.suites & {})[number]
type Case = (Suite['tests'] & {})[number]

/** Runs the cases of {@link sections} through parser, checker and the tracing evaluator. */
export function runConformance(): readonly ConformanceCase[] {
  const run = (suite: Suite, path: string): readonly ConformanceCase[] => [
    ...(suite.suites ?? []).flatMap((inner) => run(inner, `${path}/${inner.name}`)),
    ...(suite.tests ?? []).map((one) => {
      const failure = failureOf(one.original)
      const named = `${path}/${String(one.original['name'] ?? one.original.expr).replaceAll(/\s+/g, '_')}`
      return { path: named, text: one.original.expr, ...(failure === undefined ? {} : { failure }) }
    }),
  ]
  return (tests.suites ?? [])
    .filter(({ name }) => sections.some((section) => section === name))
    .flatMap((suite) => run(suite, suite.name))
}

/**
 * A case that expects a value passes where that value comes out. A case that expects an error passes where the
 * outcome is unknown, or where the checker tells why the rule cannot mean anything; not where it merely leaves out
 * what the case uses.
 */
function failureOf(original: Case['original']): string | undefined {
  const bindings = recordOf(original['bindings'])
  const given = Object.fromEntries(
    Object.entries(bindings).map(([name, binding]) => [
      name,
      valueOfCel(recordOf(recordOf(binding)['value'])),
    ]),
  )
  const checked = checkOverFacts(original.expr, given)
  const isErrorExpected = original['evalError'] !== undefined
  if (!checked.ok) {
    const codes = checked.faults.map(({ code }) => code)
    const isToldByTypes = codes.every((code) => code !== 'rules/unsupported' && code !== 'rules/syntax')
    return isErrorExpected && isToldByTypes ? undefined : ['fault', ...codes].join(' ')
  }
  const { value } = traceRule(checked.rule, { facts: checked.facts, on: parseCivilDate('2026-11-24') })
  if (isErrorExpected) return value === null ? undefined : `got ${value}, not an error`
  const { type } = checked.rule.expression
  const expected = valueOfCel(recordOf(original['value'] ?? { boolValue: true }))
  const scale = type.kind === 'number' ? type.scale : 0
  const got = typeof value === 'number' ? value / 10 ** scale : value
  const wanted = typeof expected === 'bigint' ? Number(expected) : expected
  return got !== null && got === wanted ? undefined : `got ${got}`
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** A value of CEL, from the JSON form of its protobuf message, as facts are given. */
function valueOfCel(value: Readonly<Record<string, unknown>>): unknown {
  const [kind = '', of] = Object.entries(value)[0] ?? []
  switch (kind) {
    case 'boolValue':
    case 'stringValue':
      return of
    case 'doubleValue':
      return Number(of)
    case 'int64Value':
      return BigInt(String(of))
    case 'listValue':
      return listOf(recordOf(of)['values']).map((element) => valueOfCel(recordOf(element)))
    case 'mapValue':
      return Object.fromEntries(
        listOf(recordOf(of)['entries']).map((entry) => {
          const { key, value: held } = recordOf(entry)
          return [String(valueOfCel(recordOf(key))), valueOfCel(recordOf(held))]
        }),
      )
    default:
      return null
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
