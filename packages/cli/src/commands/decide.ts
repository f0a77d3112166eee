import {
  type BenefitOutcome,
  type ClauseOutcome,
  type Decision,
  decide,
  explain,
  explanationText,
  type NoVersionInForce,
  type Pack,
  wouldChange,
} from '@lumbung/core/eligibility'
import type { CivilDate } from '@lumbung/core/kernel'
import { checkFacts, type FactValue, type FactValues } from '@lumbung/core/rules'
import { explanationWords } from '@lumbung/indonesia'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { FormatOptions, lineFormatOf, newCommand, optionsOf } from '../frame/command.ts'
import { type Fault, FaultsError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { invalidValue } from '../frame/usage.ts'
import { jsonOf } from '../input/json.ts'
import { linesOf } from '../input/lines.ts'
import { sourceOf } from '../input/source.ts'
import { type JsonObject, plain } from '../output/json.ts'
import { packOf } from '../packs/pack-file.ts'
import { DateOption, ReadingOptions, readingOption, today } from './options.ts'
import { householdsSample, packSample } from './samples.ts'

const Options = FormatOptions.extend({
  facts: z.string(),
  on: DateOption.optional(),
  reading: ReadingOptions,
  programme: z.string().optional(),
  explain: z.boolean().default(false),
})
type Options = z.output<typeof Options>

/** `decide`: whether households and people are indicated as eligible, and why. */
export function decideCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'decide',
    does: say('decide.does'),
    arguments: [new Argument('<pack>', say('rules.pack'))],
    options: [
      new Option('--facts <file>', say('decide.facts')),
      new Option('--on <date>', say('rules.on')),
      new Option('--programme <id>', say('decide.programme')),
      new Option('--explain', say('decide.explain')),
      readingOption(say),
    ],
    samples: [householdsSample(say), packSample(say)],
  }).action((word: string, _: unknown, command: Command) =>
    decideAll(word, optionsOf(Options, command, session), session),
  )
}

async function decideAll(word: string, options: Options, session: Session): Promise<void> {
  const { say } = session
  const pack = await packOf(word, options.reading, session)
  const { programme } = options
  if (programme !== undefined && !pack.programmes.has(programme)) {
    throw invalidValue(say, '--programme', [...pack.programmes.keys()].join(', '))
  }
  const tally: Tally = new Map()
  const rows = decisionRows(pack, options, tally, session)
  await session.answer(lineFormatOf(options, session), {
    record: {},
    list: {
      key: 'decisions',
      rows,
      columns: [
        { key: 'id', heading: 'id' },
        { key: 'programme', heading: say('rules.programme') },
        { key: 'outcome', heading: say('decide.outcome') },
      ],
    },
  })
  for (const [id, counts] of tally) await session.note(say('decide.counts', { programme: id, ...counts }))
}

interface Counts {
  eligible: number
  ineligible: number
  undetermined: number
  none: number
}
type Tally = Map<string, Counts>

const HouseholdLine = z.object({
  id: z.union([z.string(), z.number()]).nullish(),
  household: z.unknown(),
})

/** Decides line by line, so that a file of any length needs little memory. A line that cannot be read ends the run. */
async function* decisionRows(
  pack: Pack,
  options: Options,
  tally: Tally,
  session: Session,
): AsyncGenerator<JsonObject> {
  const on = options.on ?? today()
  const programmes = options.programme === undefined ? [...pack.programmes.keys()] : [options.programme]
  const source = sourceOf(options.facts, session)
  const strange = new Set<string>()
  for await (const { line, text } of linesOf(source, session)) {
    const place = { file: source.name, line, column: 1 }
    const { id, household } = householdOf(text, pack, place, strange, session)
    for (const programme of programmes) {
      for (const question of questionsOf(pack, programme, household)) {
        const row = rowOf(pack, { programme, on, household, ...question }, options, session)
        count(tally, programme, row.outcome)
        yield { id: id ?? String(line), ...row }
      }
    }
  }
  for (const path of strange) await session.note(session.say('decide.strange', { path }))
}

function householdOf(
  text: string,
  pack: Pack,
  place: NonNullable<Fault['place']>,
  strange: Set<string>,
  { say }: Session,
) {
  const value = jsonOf(text)
  if (value === undefined) {
    throw new FaultsError([{ place, code: 'invalid-json', message: say('error.invalid-json') }])
  }
  const line = HouseholdLine.safeParse(value)
  if (!line.success)
    throw new FaultsError([{ place, code: 'invalid-line', message: say('decide.invalid-line') }])
  const { id, household } = line.data
  const checked = checkFacts({ household: pack.vocabulary.household }, { household }, 'written')
  if (!checked.ok) {
    throw new FaultsError(
      checked.refusals.map(({ code, path }) => ({
        place,
        code,
        message: say('decide.refused-fact', { path }),
      })),
    )
  }
  for (const path of checked.strange) if (strange.size < 20) strange.add(path.replaceAll(/\[\d+\]/g, '[]'))
  return { id, household: recordOf(checked.facts['household'] ?? null) }
}

function recordOf(value: FactValue): FactValues | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as FactValues) : null
}

/** One question for a household, or one for each member; `member: null` stands for members of whom nothing is known. */
function questionsOf(pack: Pack, programme: string, household: FactValues | null) {
  if (pack.programmes.get(programme)?.config.unit === 'household') return [{}]
  const { members, isComplete } = membersIn(household)
  const known = members.map((_, member) => ({ member: member as number | null }))
  return isComplete ? known : [...known, { member: null }]
}

function membersIn(household: FactValues | null) {
  const value = household?.['members'] ?? null
  if (Array.isArray(value)) return { members: value, isComplete: true }
  const items = typeof value === 'object' && value !== null && 'items' in value ? value.items : []
  return { members: Array.isArray(items) ? items : [], isComplete: false }
}

interface Question {
  readonly programme: string
  readonly on: CivilDate
  readonly household: FactValues | null
  readonly member?: number | null
}

type Row = JsonObject & { readonly outcome: string | null }

function rowOf(pack: Pack, { member, ...rest }: Question, options: Options, session: Session): Row {
  const named = member === undefined ? {} : { member }
  const { programme } = rest
  // Of members of whom nothing is known, only the date decides.
  const asked = { ...rest, ...(member === undefined ? {} : { member: member ?? Number.MAX_SAFE_INTEGER }) }
  const decision = decide(pack, asked)
  if (decision.kind === 'no-version-in-force') {
    const { before, after } = decision
    return {
      programme,
      ...named,
      outcome: null,
      noVersionInForce: { before, after },
      ...(options.explain && { text: textOf(pack, decision, session) }),
    }
  }
  if (member === null) {
    const missing = ['household.members']
    return { programme, member, outcome: 'undetermined', missing, reasons: [], benefit: null }
  }
  const { outcome, missing, reasons, benefit } = decision
  return {
    programme,
    ...named,
    outcome,
    missing,
    reasons: reasons.map(({ code, clause, start, end }) => ({ code, clause, start, end })),
    benefit: benefitOf(benefit),
    ...(options.explain && {
      ...explanationOf(pack, decision, session),
      wouldChange: plain(outcome === 'ineligible' ? wouldChange(pack, asked) : []),
    }),
  }
}

function benefitOf(benefit: BenefitOutcome | null): JsonObject | null {
  if (benefit === null) return null
  const { per, payments, totalMinor, components, inKind, missing } = benefit
  return {
    per,
    payments,
    total: moneyText(totalMinor),
    components: components.map(({ id, amountMinor, count: counted }) => ({
      id,
      amount: moneyText(amountMinor),
      count: counted,
    })),
    inKind: inKind.map(({ id }) => id),
    missing,
  }
}

function moneyText(minor: number | null): string | null {
  return minor === null ? null : String(minor)
}

function explanationOf(pack: Pack, decision: Decision, session: Session): JsonObject {
  const { sources } = pack
  return {
    clauses: [clauseOf(decision.criteria, session)],
    parameters: plain(decision.parameters.map(({ name, value, citation }) => ({ name, value, citation }))),
    citations: plain(
      decision.citations.map((citation) => ({ ...citation, title: sources[citation.source]?.title ?? null })),
    ),
    text: textOf(pack, decision, session),
  }
}

function clauseOf(
  { id, label, kind, value, missing, facts, parts }: ClauseOutcome,
  session: Session,
): JsonObject {
  return {
    id,
    label: label[session.locale] ?? Object.values(label)[0] ?? '',
    kind,
    value,
    missing,
    facts: plain(facts),
    parts: parts.map((part) => clauseOf(part, session)),
  }
}

function textOf(pack: Pack, decision: Decision | NoVersionInForce, { locale }: Session): string {
  return explanationText(explain(pack, decision), explanationWords(locale), pack.sources)
}

function count(tally: Tally, programme: string, outcome: string | null): void {
  const counts = tally.get(programme) ?? { eligible: 0, ineligible: 0, undetermined: 0, none: 0 }
  tally.set(programme, counts)
  if (outcome === 'eligible' || outcome === 'ineligible' || outcome === 'undetermined') counts[outcome] += 1
  else counts.none += 1
}
