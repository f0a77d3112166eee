import { programmeOf, programmeOn } from '@lumbung/core/eligibility'
import { type CivilDate, LumbungError } from '@lumbung/core/kernel'
import { defineSnapshot, factDefinitionOf, todaySnapshot } from '@lumbung/core/people'
import { screeningSql } from '@lumbung/core/storage'
import { programmeFacts, registerFacts } from '@lumbung/indonesia'
import { Argument, type Command, Option } from 'commander'
import * as z from 'zod'
import { FormatOptions, formatOf, newCommand, optionsOf } from '../frame/command.ts'
import type { Session } from '../frame/session.ts'
import { invalidValue } from '../frame/usage.ts'
import { plain } from '../output/json.ts'
import { packOf } from '../packs/pack-file.ts'
import { DateOption, ReadingOptions, readingOption, today } from './options.ts'
import { packSample } from './samples.ts'

const Options = FormatOptions.extend({
  programme: z.string(),
  dialect: z.enum(['sqlite', 'postgres']),
  on: DateOption.optional(),
  reading: ReadingOptions,
})
type Options = z.output<typeof Options>

/** `rules sql`: the criteria of a programme as a statement over the stored snapshot, for who knows databases. */
export function rulesSqlCommand(session: Session): Command {
  const { say } = session
  return newCommand(session, {
    name: 'sql',
    does: say('rules.sql.does'),
    arguments: [new Argument('<pack>', say('rules.pack'))],
    options: [
      new Option('--programme <id>', say('rules.sql.programme')),
      new Option('--dialect <name>', say('rules.sql.dialect')),
      new Option('--on <date>', say('rules.on')),
      readingOption(say),
    ],
    samples: [packSample(say)],
  }).action((word: string, _: unknown, command: Command) =>
    writeSql(word, optionsOf(Options, command, session), session),
  )
}

async function writeSql(word: string, options: Options, session: Session): Promise<void> {
  const pack = await packOf(word, options.reading, session)
  const { programme: id, dialect, on = today() } = options
  if (!pack.programmes.has(id)) {
    throw invalidValue(session.say, '--programme', [...pack.programmes.keys()].join(', '))
  }
  const programme = programmeOf(pack, id)
  const inForce = programmeOn(programme, on)
  if (inForce === undefined) throw notInForce(id, on)
  const { faces } = snapshotOf(pack.config.facts)
  const screening = { rules: [inForce.rule], on, where: { snapshot: todaySnapshot } }
  const { sql, parameters } =
    programme.config.unit === 'household'
      ? screeningSql(faces.household, screening, { dialect })
      : screeningSql(
          faces.resident,
          { ...screening, roots: [{ facts: faces.household, by: 'home' }] },
          { dialect },
        )
  await session.answer(formatOf(options, session), { record: { sql, parameters: plain(parameters) } })
}

function notInForce(programme: string, on: CivilDate): LumbungError {
  return new LumbungError('eligibility/no-version-in-force', `${programme} is not in force on ${on}.`, {
    details: { programme, on },
  })
}

/** The snapshot of a village that keeps the facts of the register, of the programmes and of the pack. */
function snapshotOf(own: typeof programmeFacts) {
  const facts = new Map(
    [...registerFacts, ...programmeFacts, ...own].map((fact) => [`${fact.unit}.${fact.name}`, fact]),
  )
  return defineSnapshot([...facts.values()].map(factDefinitionOf))
}
