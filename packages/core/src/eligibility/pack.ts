import * as z from 'zod'
import { LocalizedText, PlainText } from '../kernel/index.ts'
import { FactConfig } from '../people/index.ts'
import { PackId, Source } from './citation.ts'
import { Programme } from './programme.ts'

/**
 * Programmes with their law, as data: what a YAML file or a module of a country says.
 *
 * - `extends`: packs that this one adds to. A programme of the same id replaces theirs, and its decisions say so;
 * - `sources`: what the citations name;
 * - `facts`: what the rules need beyond the vocabulary of the village;
 * - `readings`: which source counts where sources conflict: `programme.parameter`, of this pack or of one that it
 *   extends, and the id of the source. A programme of another pack is then replaced by the same with that reading.
 *
 * The schema holds the shape; {@link definePack} also checks rules, dates and references.
 */
export const PackConfig = z
  .strictObject({
    id: PackId,
    title: LocalizedText,
    version: PlainText.min(1),
    extends: z.array(PackId).readonly().default([]),
    sources: z.record(PackId, Source).readonly(),
    facts: z.array(FactConfig).readonly().default([]),
    // Without a default, so that a pack that chooses nothing keeps its hash.
    readings: z.record(z.string().max(200), PackId).readonly().optional(),
    programmes: z.array(Programme).readonly(),
  })
  .readonly()
/** A pack's text that the schema of the same name has accepted. */
export type PackConfig = z.infer<typeof PackConfig>

/** A pack as it is written: what has a default may be left out. */
export type PackConfigInput = z.input<typeof PackConfig>
