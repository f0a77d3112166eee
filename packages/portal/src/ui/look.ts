import { LocalizedText } from '@lumbung/core/kernel'
import * as z from 'zod'
import type { Words } from '../words/index.ts'
import { mix, readable } from './contrast.ts'
import { darkGrounds, lightGrounds } from './style/tokens.ts'

/**
 * The face of a village: what it is called, where it lies, its emblem and its colour. All of it comes from a
 * village's config, so nothing of it is trusted to be readable or safe.
 *
 * @example
 * ```ts
 * import { VillageLook } from '@lumbung/portal'
 *
 * VillageLook.parse({ name: 'Desa Tanjung Barat', place: { id: 'Kecamatan Tanjung' } }).accent // => '#1f6b43'
 * VillageLook.safeParse({ name: 'Desa', place: { id: 'K' }, accent: 'red; } body { ' }).success // => false
 * ```
 */
export const VillageLook = z.object({
  /** One name, or one for each language. */
  name: z.union([
    z.string().trim().min(1).max(80),
    LocalizedText.refine((names) => Object.values(names).every((name) => name.length <= 80), {
      error: 'A name of at most 80 characters',
    }),
  ]),
  /** The line under the name. */
  place: LocalizedText,
  /** The colour of action and of the header, as `#1f6b43`. One that is too pale to be read is darkened. */
  accent: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i)
    .default('#1f6b43'),
  /** The address of an image on the portal itself; without one, a rice barn. */
  emblem: z
    .string()
    .regex(/^\/(?!\/)[\w./-]+$/)
    .optional(),
})

/** A look that the schema of the same name has accepted. */
export type VillageLook = z.infer<typeof VillageLook>

/** What a village is called in a language. */
export function villageName({ name }: Pick<VillageLook, 'name'>, words: Pick<Words, 'text'>): string {
  return typeof name === 'string' ? name : words.text(name)
}

/** The shades of one accent colour that the stylesheet needs, each readable where it stands. */
export interface AccentShades {
  /** Buttons and marks, on paper. */
  readonly leaf: string
  /** The text on `leaf`. */
  readonly onLeaf: string
  /** The ground of the header, under white text. */
  readonly deep: string
}

/** The shades of an accent on light paper: darkened until white text on them and they on paper reach AA. */
export function lightShades(accent: string): AccentShades {
  return {
    leaf: readable(accent, '#000000', [...lightGrounds, '#ffffff'], AA_TEXT),
    onLeaf: '#ffffff',
    deep: readable(mix(accent, '#000000', 0.3), '#000000', ['#ffffff'], AAA_TEXT),
  }
}

/** The same on dark paper: lightened until they reach AA there, under dark text. */
export function darkShades(accent: string): AccentShades {
  const leaf = readable(mix(accent, '#ffffff', 0.2), '#ffffff', [...darkGrounds, '#10140f'], AA_TEXT)
  return {
    leaf,
    onLeaf: '#10140f',
    deep: readable(mix(accent, '#000000', 0.55), '#000000', ['#ffffff'], AAA_TEXT),
  }
}

const AA_TEXT = 4.5
const AAA_TEXT = 7
