import type { DeclaredGap, ProgrammeVersion } from '@lumbung/core/eligibility'
import type { ProgrammeView } from '@lumbung/core/village'

/** A time in the history of a programme: a rule in force, or a gap that the pack declares. */
export type HistoryStep =
  | (ProgrammeVersion & { readonly kind: 'version' })
  | (DeclaredGap & { readonly kind: 'gap' })

/** Versions and gaps of a programme in the order of time. */
export function packHistory({ versions, gaps }: ProgrammeView['programme']): readonly HistoryStep[] {
  const steps: HistoryStep[] = [
    ...versions.map((version) => ({ ...version, kind: 'version' as const })),
    ...gaps.map((gap) => ({ ...gap, kind: 'gap' as const })),
  ]
  return steps.toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))
}
