import { createHash } from 'node:crypto'
import { CivilDate, Digest } from '@lumbung/core/kernel'
import { type AddedFacts, DatedFact, type KeyedFact } from '@lumbung/core/people'
import { importFacts } from '@lumbung/core/village'
import { Argument, type Command } from 'commander'
import * as z from 'zod'
import { withTarget } from '../database/open.ts'
import { targetOf } from '../database/target.ts'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import { type Fault, FaultsError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { type CsvRow, readCsv } from '../input/csv.ts'
import { type Source, sourceOf } from '../input/source.ts'
import { openForCommand } from '../village/open.ts'
import { requireVillage, schemaOf } from '../village/stored.ts'
import { type Subjects, subjectsIn } from '../village/subjects.ts'
import { sentenceOf } from './findings.ts'
import { dryRunOption, VillageCode } from './options.ts'
import { factsSample } from './samples.ts'

const Options = FormatOptions.extend({
  db: z.string().optional(),
  village: VillageCode.optional(),
  dryRun: z.boolean().default(false),
})

const columns = ['unit', 'id', 'fact', 'value', 'from', 'to', 'source', 'degree'] as const
type Column = (typeof columns)[number]

const Unit = z.enum(['resident', 'household'])
const Degree = z.enum(['declared', 'verified'])

/** `import facts`: dated facts of people and households, all of them or nothing. */
export function importFactsCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'facts',
    does: say('facts.does'),
    arguments: [new Argument('<file>', say('facts.file'))],
    options: [dryRunOption(say)],
    on: 'village',
    samples: [factsSample(say)],
  }).action((file: string, _: unknown, command: Command) =>
    importFile(file, optionsOf(Options, command, session), session),
  )
}

async function importFile(file: string, options: z.output<typeof Options>, session: Session): Promise<void> {
  const { say } = session
  const target = targetOf(options.db, session.host, say)
  const read = await readRows(sourceOf(file, session), session)
  const { all, config } = await requireVillage(target, options.village, session, { create: true })
  const report = await withTarget(
    target,
    schemaOf(all.values()),
    async (storage) => {
      const subjects = await subjectsIn(storage, config.id)
      const { facts, faults } = read.factsOf(subjects)
      session.checkpoint()
      const { as } = openForCommand(storage, config)
      // Also with faults, as a rehearsal: so what the register refuses is told in the same run.
      const input = { facts, source: read.source(), isDryRun: options.dryRun || faults.length > 0 }
      const added = await as.perform(importFacts, input)
      const all = [...faults, ...read.refusals(added)]
      if (all.length > 0) throw new FaultsError(all.toSorted(byPlace))
      return added
    },
    () => !options.dryRun,
  )
  const { added, unchanged } = report
  const { unknown } = read
  await session.note(say(options.dryRun ? 'facts.rehearsed' : 'facts.done', { added, unchanged, unknown }))
  const record = {
    counts: { rows: read.rows, added, unchanged, unknown },
    dryRun: options.dryRun,
    warnings: [],
    faults: [],
  }
  await session.answer(formatOf(options, session), { record })
}

/** A file of facts that was read: rows whose value is unknown say nothing, and are only counted. */
interface ReadFacts {
  readonly rows: number
  readonly unknown: number
  readonly source: () => Digest
  readonly factsOf: (subjects: Subjects) => {
    readonly facts: readonly KeyedFact[]
    readonly faults: readonly Fault[]
  }
  readonly refusals: (report: AddedFacts) => readonly Fault[]
}

async function readRows(source: Source, session: Session): Promise<ReadFacts> {
  const hash = createHash('sha256')
  const progress = session.progress(session.say('facts.reading'))
  const rows: CsvRow<Column>[] = []
  try {
    for await (const row of readCsv({ ...source, chunks: hashed(source.chunks, hash) }, columns, session)) {
      rows.push(row)
      progress.update(rows.length)
    }
  } finally {
    await progress.end()
  }
  return {
    rows: rows.length,
    unknown: rows.filter(({ cells }) => cells.value === null).length,
    source: () => Digest.parse(hash.copy().digest('hex')),
    factsOf(subjects) {
      const faults: Fault[] = []
      const facts = rows.flatMap((row, index) => factOf(row, String(index), subjects, session, faults))
      return { facts, faults }
    },
    refusals: ({ refused }) =>
      refused.flatMap(({ key, refusal: { code } }): Fault[] => {
        const place = rows[Number(key)]?.placeOf(columnOf(code))
        return [{ place, code, message: sentenceOf(code, session.locale) }]
      }),
  }
}

async function* hashed(
  chunks: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    hash.update(chunk)
    yield chunk
  }
}

/** The fact of a row, none where its value is unknown; where cells do not hold, a fault for each. */
function factOf(
  { cells, placeOf }: CsvRow<Column>,
  key: string,
  subjects: Subjects,
  { say }: Session,
  faults: Fault[],
): readonly KeyedFact[] {
  const before = faults.length
  const fault = (column: Column, code: string, message: string) =>
    void faults.push({ place: placeOf(column), code, message })
  const needed = (column: Column): string => {
    if (cells[column] === null) fault(column, 'missing-value', say('facts.missing-value', { column }))
    return cells[column] ?? ''
  }
  const dated = (column: 'from' | 'to'): CivilDate | null => {
    if (cells[column] === null) return null
    const parsed = CivilDate.safeParse(cells[column])
    if (!parsed.success) fault(column, 'invalid-date', say('facts.invalid-date', { value: cells[column] }))
    return parsed.success ? parsed.data : null
  }
  const unit = Unit.safeParse(cells.unit)
  if (!unit.success) fault('unit', 'invalid-unit', say('facts.invalid-unit'))
  const degree = Degree.safeParse(cells.degree)
  if (!degree.success) fault('degree', 'invalid-degree', say('facts.invalid-degree'))
  const [id, name, source] = [needed('id'), needed('fact'), needed('source')]
  for (const column of columns) {
    if (!isStorable(cells[column] ?? '')) fault(column, 'invalid-text', say('facts.invalid-text', { column }))
  }
  if (source !== '' && !DatedFact.shape.source.safeParse(source).success && isStorable(source))
    fault('source', 'invalid-text', say('facts.invalid-text', { column: 'source' }))
  const span = { from: dated('from'), to: dated('to') }
  const found = unit.success && id !== '' ? subjects(unit.data, id) : undefined
  if (found === 'unknown') fault('id', 'unknown-id', say('facts.unknown-id'))
  if (found === 'ambiguous') fault('id', 'ambiguous-id', say('facts.ambiguous-id'))
  if (faults.length > before || !unit.success || !degree.success || typeof found !== 'object') return []
  if (cells.value === null) return []
  return [
    {
      key,
      unit: unit.data,
      subject: found.subject,
      name,
      value: cells.value,
      ...span,
      source,
      degree: degree.data,
    },
  ]
}

/** Whether a database can hold a text. */
function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

/** The cell that a refusal of the register is about. */
function columnOf(code: string): Column {
  if (code === 'people/unknown-fact') return 'fact'
  if (code === 'people/empty-span') return 'to'
  return code.startsWith('people/fact-') ? 'value' : 'id'
}

function byPlace(a: Fault, b: Fault): number {
  const [one, other] = [a.place, b.place]
  return (one?.line ?? 0) - (other?.line ?? 0) || Number(one?.column) - Number(other?.column)
}
