import * as z from 'zod'
import { packOf } from '../casework/index.ts'
import { type PackIdentity, type Programme, programmeOn, type Source } from '../eligibility/index.ts'
import { CivilDate, type LocalizedText } from '../kernel/index.ts'
import { notFound } from './register.ts'
import { defineRead } from './use-case.ts'

/** A programme in the list of those that the village knows. */
export interface ProgrammeSummary {
  readonly id: string
  readonly title: LocalizedText
  readonly purpose: LocalizedText
  readonly unit: 'resident' | 'household'
  /** Whether a version is in force on the day that was asked for. */
  readonly isInForce: boolean
}

/** A programme with its law and its history, as anybody may read it. */
export interface ProgrammeView {
  readonly on: CivilDate
  readonly programme: Omit<Programme, 'tests'>
  readonly pack: PackIdentity
  /** The pack whose programme of the same id this one takes the place of. */
  readonly replaces: PackIdentity | null
  readonly sources: Readonly<Record<string, Source>>
  /** Which of its versions is in force on the day; null where none is. */
  readonly version: number | null
}

/** The programmes that the village knows. They are public: no person is in them. */
export const listProgrammes = defineRead({
  name: 'programme.list',
  scope: 'programme.read',
  input: z.strictObject({ on: CivilDate.optional() }),
  async run({ config, today }, { on = today }): Promise<readonly ProgrammeSummary[]> {
    return [...packOf(config).programmes.values()].map((programme) => {
      const { id, title, purpose, unit } = programme.config
      return { id, title, purpose, unit, isInForce: programmeOn(programme, on) !== undefined }
    })
  },
})

/** Reads one programme: whom it is meant for, by which law, and how that was before. */
export const readProgramme = defineRead({
  name: 'programme.read',
  scope: 'programme.read',
  input: z.strictObject({ id: z.string().max(64), on: CivilDate.optional() }),
  async run(context, { id, on = context.today }): Promise<ProgrammeView> {
    const { programmes, sources } = packOf(context.config)
    const found = programmes.get(id)
    if (found === undefined) throw notFound(context, 'programme')
    const { tests: _, ...programme } = found.config
    const inForce = programmeOn(found, on)
    const version = inForce === undefined ? -1 : programme.versions.indexOf(inForce.version)
    return {
      on,
      programme,
      pack: found.pack,
      replaces: found.replaces ?? null,
      sources,
      version: version < 0 ? null : version,
    }
  },
})
