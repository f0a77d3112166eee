import { definePack, type Pack, type PackConfigInput, vocabularyOf } from '@lumbung/core/eligibility'
import { registerFacts } from '../facts/register-facts.ts'
import { bltDanaDesa } from './blt-dana-desa.ts'
import { programmeFacts } from './facts.ts'
import { pbiJkn } from './pbi-jkn.ts'
import { pip } from './pip.ts'
import { pkh } from './pkh.ts'
import { sembako } from './sembako.ts'
import { programmeSources } from './sources.ts'

/**
 * The assistance programmes of Indonesia as a pack is written, for a village that chooses other readings or overrides
 * a programme.
 */
export const indonesianProgrammes: PackConfigInput = {
  id: 'indonesia',
  version: '2026.1',
  title: { id: 'Bantuan sosial Indonesia', en: 'Social assistance of Indonesia' },
  sources: programmeSources,
  facts: programmeFacts,
  programmes: [pkh, sembako, bltDanaDesa, pip, pbiJkn],
}

let checked: Pack | undefined

/**
 * The assistance programmes of Indonesia: PKH, Sembako, BLT Dana Desa, PIP and PBI-JKN, with their law, amounts and
 * history as far as they were found. Each value says where it is from and how far to trust it; no text of a law was
 * opened, so nothing is of `high` confidence. The pack is checked when it is first asked for.
 *
 * @example
 * ```ts
 * import { decide } from '@lumbung/core/eligibility'
 * import { parseCivilDate } from '@lumbung/core/kernel'
 * import { indonesianPack } from '@lumbung/indonesia'
 *
 * const decision = decide(indonesianPack(), {
 *   programme: 'sembako',
 *   on: parseCivilDate('2026-06-15'),
 *   household: { welfareDecile: 9 },
 * })
 * decision.kind === 'decision' && decision.outcome // => 'ineligible'
 * ```
 */
export function indonesianPack(): Pack {
  checked ??= definePack(indonesianProgrammes, { vocabulary: vocabularyOf(registerFacts) })
  return checked
}
