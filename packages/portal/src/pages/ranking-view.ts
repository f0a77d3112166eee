import type { VillageRanking } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import type { FieldError } from '../ui/index.ts'
import type { AskedDay } from './asked-day.tsx'
import type { RankingTexts } from './ranking-texts.ts'
import type { Sent } from './typed.ts'

/** What a priority list is asked: the day, and limits in place of those of the law. */
export interface AskedRanking {
  readonly day: AskedDay
  readonly form: Sent
  /** Of the first place that is shown, from 1. */
  readonly from: number
  /** The same as parts of an address, without the place. */
  readonly query: Readonly<Record<string, string | undefined>>
  readonly input: { readonly units?: number | null; readonly budgetMinor?: number | null }
  readonly errors: readonly FieldError[]
}

/** What every view of a priority list is given. */
export interface RankingView {
  readonly visit: Visit
  readonly ranking: VillageRanking
  readonly asked: AskedRanking
  readonly texts: RankingTexts
}
