import type { Readings } from '@lumbung/core/eligibility'
import { CivilDate, civilDateIn, instantOf, VillageId } from '@lumbung/core/kernel'
import { Option } from 'commander'
import * as z from 'zod'
import { builtInConfig } from '../village/built-in.ts'
import type { Say } from '../words/catalogue.ts'

/** `--village`: the code that a village is stored under. */
export const VillageCode = z
  .string()
  .refine((text) => VillageId.safeParse(text).success, { error: 'expected.village' })
  .pipe(VillageId)

/** `--dry-run`: tells what would come of an import. */
export function dryRunOption(say: Say): Option {
  return new Option('--dry-run', say('option.dryRun'))
}

/** `--on`: a day. */
export const DateOption = z
  .string()
  .refine((text) => CivilDate.safeParse(text).success, { error: 'expected.date' })
  .pipe(CivilDate)

/** Today where the built-in config lives, for commands that work on no village. */
export function today(): CivilDate {
  return civilDateIn(instantOf(Date.now()), builtInConfig('default').timeZone)
}

/** `--reading`: which source counts where the sources of a pack conflict; as often as there are parameters to choose. */
export function readingOption(say: Say): Option {
  return new Option('--reading <programme.parameter=source>', say('option.reading')).argParser(
    (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
  )
}

/** The readings that were chosen, by their parameters. */
export const ReadingOptions = z
  .array(z.string().regex(/^[^=]+\.[^=]+=[^=]+$/, { error: 'expected.reading' }))
  .default([])
  .transform((texts): Readings => Object.fromEntries(texts.map((text) => text.split('=', 2))))
