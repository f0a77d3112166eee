import * as z from 'zod'
import { CivilDate, Confidence, LocalizedText, PlainText } from '../kernel/index.ts'

/** What names a part of a pack: a programme, a source, a clause. It stands in addresses and in decisions. */
export const PackId = z.string().regex(/^[a-z][a-z0-9-]{0,63}$/)

/** A law, a ministry's page or a newspaper that a pack draws on. */
export const Source = z
  .strictObject({
    title: PlainText.min(1),
    publisher: PlainText.min(1).optional(),
    url: z.url({ protocol: /^https$/ }).optional(),
    publishedOn: CivilDate.optional(),
    /** When somebody last looked whether the source still says so. */
    verifiedOn: CivilDate.optional(),
  })
  .readonly()
/** A source that the schema of the same name has accepted. */
export type Source = z.infer<typeof Source>

/**
 * Where a value or a criterion comes from. `source` is the id of one of the pack's sources, `at` the place in it,
 * such as an article. `reading` says how the pack understands a source that is silent or that another contradicts:
 * with it the value is the pack's own reading.
 */
export const Citation = z
  .strictObject({
    source: PackId,
    at: PlainText.min(1).optional(),
    confidence: Confidence,
    reading: LocalizedText.optional(),
  })
  .readonly()
/** A citation that the schema of the same name has accepted. */
export type Citation = z.infer<typeof Citation>
