import { testPack } from '@lumbung/core/eligibility'
import { type CivilDate, isLumbungError } from '@lumbung/core/kernel'
import { checkOverFacts, type FactRefusal, type Rule, type RuleFault, traceRule } from '@lumbung/core/rules'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { FormatOptions, formatOf, lineFormatOf, newCommand, newGroup, optionsOf } from '../frame/command.ts'
import { type Fault, FaultsError, UsageError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { jsonOf } from '../input/json.ts'
import { linesOf } from '../input/lines.ts'
import { sourceOf, textOf } from '../input/source.ts'
import { type JsonObject, plain } from '../output/json.ts'
import { packsOf } from '../packs/pack-file.ts'
import type { Say } from '../words/catalogue.ts'
import { DateOption, today } from './options.ts'
import { rulesSqlCommand } from './rules-sql.ts'
import { packSample, ruleFactsSample } from './samples.ts'

const EvalOptions = FormatOptions.extend({
  facts: z.string().optional(),
  on: DateOption.optional(),
  batch: z.string().optional(),
})

/** `rules`: packs and expressions, checked, tested and tried. */
export function rulesCommand(session: Session): Command {
  const { say } = session
  const packs = [new Argument('<pack...>', say('rules.pack'))]
  const check = newCommand(session, {
    name: 'check',
    does: say('rules.check.does'),
    arguments: packs,
    samples: [packSample(say)],
  }).action((words: string[], _: unknown, command: Command) =>
    checkPacks(words, optionsOf(FormatOptions, command, session), session),
  )
  const test = newCommand(session, {
    name: 'test',
    does: say('rules.test.does'),
    arguments: packs,
    samples: [packSample(say)],
  }).action((words: string[], _: unknown, command: Command) =>
    testPacks(words, optionsOf(FormatOptions, command, session), session),
  )
  const evaluate = newCommand(session, {
    name: 'eval',
    does: say('rules.eval.does'),
    arguments: [new Argument('[expression]', say('rules.eval.expression'))],
    options: [
      new Option('--facts <file>', say('rules.eval.facts')),
      new Option('--on <date>', say('rules.on')),
      new Option('--batch <file>', say('rules.eval.batch')),
    ],
    samples: [ruleFactsSample(say)],
  }).action((expression: string | undefined, _: unknown, command: Command) =>
    evaluateRule(expression, optionsOf(EvalOptions, command, session), session),
  )
  return newGroup(session, 'rules', say('rules.does'), [check, test, evaluate, rulesSqlCommand(session)])
}

type Format = z.output<typeof FormatOptions>

async function checkPacks(words: readonly string[], options: Format, session: Session): Promise<void> {
  const packs = await packsOf(words, session)
  const rows = packs.map(({ identity, config }, index) => ({
    file: words[index] ?? '',
    ...identity,
    programmes: config.programmes.length,
  }))
  await session.answer(formatOf(options, session), {
    record: { faults: [] },
    list: {
      key: 'packs',
      rows,
      columns: [
        { key: 'file', heading: session.say('rules.pack') },
        { key: 'id', heading: 'id' },
        { key: 'version', heading: session.say('rules.version') },
        { key: 'programmes', heading: session.say('rules.programmes') },
      ],
    },
  })
}

async function testPacks(words: readonly string[], options: Format, session: Session): Promise<void> {
  const { say } = session
  const packs = await packsOf(words, session)
  const results = packs.flatMap((pack) =>
    testPack(pack).map((result) => ({ pack: pack.identity.id, ...result })),
  )
  const failed = results.filter(({ passed }) => !passed)
  const counts = { passed: results.length - failed.length, failed: failed.length }
  for (const { pack, programme, it, differences } of failed) {
    for (const { what, expected, actual } of differences) {
      const values = { what, expected: JSON.stringify(expected), actual: JSON.stringify(actual) }
      const sentence = typeof it === 'string' ? it : (it[session.locale] ?? Object.values(it)[0] ?? '')
      const message = `${pack} ${programme}: ${sentence}: ${say('rules.test.difference', values)}`
      await session.fault({ code: 'test-failed', message })
    }
  }
  await session.answer(formatOf(options, session), {
    record: counts,
    list: {
      key: 'tests',
      rows: results.map(({ pack, programme, it, passed }) => ({
        pack,
        programme,
        it: typeof it === 'string' ? it : (it[session.locale] ?? Object.values(it)[0] ?? ''),
        passed,
      })),
      columns: [
        { key: 'programme', heading: say('rules.programme') },
        { key: 'it', heading: say('rules.test.sentence') },
        { key: 'passed', heading: say('rules.test.passed') },
      ],
    },
  })
  await session.note(`${counts.passed} passed, ${counts.failed} failed`)
}

async function evaluateRule(
  expression: string | undefined,
  options: z.output<typeof EvalOptions>,
  session: Session,
): Promise<void> {
  if (options.batch !== undefined) {
    const rows = batchRows(options.batch, options.on ?? today(), session)
    await session.answer(lineFormatOf(options, session), {
      record: {},
      list: { key: 'results', rows, columns: [{ key: 'value', heading: session.say('table.value') }] },
    })
    return
  }
  if (expression === undefined) {
    throw new UsageError('missing-argument', session.say('usage.missing-argument', { name: 'expression' }))
  }
  const facts = options.facts === undefined ? {} : await factsIn(options.facts, session)
  const result = resultOf(expression, facts, options.on ?? today(), session.say)
  await session.answer(formatOf(options, session), { record: result.record })
  for (const fault of result.faults) await session.fault(fault)
}

const JsonRecord = z.record(z.string(), z.unknown())
const BatchLine = z.object({
  expr: z.string(),
  facts: JsonRecord.nullish(),
  on: DateOption.nullish(),
})

async function* batchRows(path: string, on: CivilDate, session: Session): AsyncGenerator<JsonObject> {
  for await (const { text } of linesOf(sourceOf(path, session), session)) {
    const parsed = BatchLine.safeParse(jsonOf(text))
    if (!parsed.success) yield { error: { code: 'invalid-line' } }
    else yield resultOf(parsed.data.expr, parsed.data.facts ?? {}, parsed.data.on ?? on, session.say).record
  }
}

interface EvalResult {
  readonly record: JsonObject
  readonly faults: readonly Fault[]
}

/** What an expression came to; what does not compile, or a fact that cannot be one, is an `error`. */
function resultOf(
  text: string,
  given: Readonly<Record<string, unknown>>,
  on: CivilDate,
  say: Say,
): EvalResult {
  try {
    const checked = checkOverFacts(text, given)
    if (!checked.ok) return refusedResult(checked.faults, checked.refusals, say)
    const { value, missing, reasons } = traceRule(checked.rule, { facts: checked.facts, on })
    const record = {
      value: shownValue(checked.rule, value),
      unknown: value === null,
      missing,
      reasons: plain(reasons),
    }
    return { record, faults: [] }
  } catch (error) {
    if (!isLumbungError(error)) throw error
    const { code, message } = error
    return { record: { error: { code, message } }, faults: [{ code, message }] }
  }
}

/** The first fault names the whole; all of them stand beside. */
function refusedResult(faults: readonly RuleFault[], refusals: readonly FactRefusal[], say: Say): EvalResult {
  const code = faults[0]?.code ?? refusals[0]?.code ?? 'rules/syntax'
  const told = faults.map(({ code: own, line, column, message, hint }) => ({
    place: { file: '<expression>', line, column },
    code: own,
    message: hint === undefined ? message : `${message} ${hint}`,
  }))
  return {
    record: { error: { code, faults: plain(faults), facts: plain(refusals) } },
    faults: [
      ...told,
      ...refusals.map(({ code: own, path }) => ({
        code: own,
        message: say('decide.refused-fact', { path }),
      })),
    ],
  }
}

/** A decimal is a whole number of its smallest unit within a rule, and a fraction outside. */
function shownValue({ expression: { type } }: Rule, value: boolean | number | string | null) {
  return type.kind === 'number' && typeof value === 'number' ? value / 10 ** type.scale : value
}

async function factsIn(path: string, session: Session): Promise<Readonly<Record<string, unknown>>> {
  const source = sourceOf(path, session)
  let text = ''
  for await (const piece of textOf(source, session)) text += piece
  const parsed = JsonRecord.safeParse(jsonOf(text))
  if (parsed.success) return parsed.data
  const place = { file: source.name, line: 1, column: 1 }
  throw new FaultsError([{ place, code: 'invalid-json', message: session.say('error.invalid-json') }])
}
