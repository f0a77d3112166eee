import { addDays, CivilDate } from '../kernel/index.ts'
import type { AreaId, residents } from '../people/index.ts'
import type { FieldClass, Where } from '../storage/index.ts'
import type { AreaTree } from './area-tree.ts'
import { classRank } from './permission.ts'
import type { UseCaseContext } from './use-case.ts'

/** Among whom an actor may search, and by what. */
export interface SearchReach {
  /** The areas of whoever is listed; undefined for all, and those of none. */
  readonly areas: readonly AreaId[] | undefined
  /**
   * Whose name and numbers the actor may see, each condition by itself enough. A search by these that found anybody
   * else would tell that they are in the register.
   */
  readonly named: readonly Where<typeof residents>[]
  /** Whether the actor may see the number of a household that lies there. */
  readonly seesCardsOf: (area: AreaId | null) => boolean
}

/** What a search of all or of one hamlet reaches. */
export function searchReachOf(
  { permission, own, today, config }: UseCaseContext,
  tree: AreaTree,
  hamlet: AreaId | undefined,
): SearchReach {
  const shownIn = (area: AreaId | null) =>
    permission.showsOf({ areas: tree.withOuter(area), residents: [], households: [] }, own)
  const reaches = (area: AreaId | null, fieldClass: FieldClass) => {
    const shows = shownIn(area)
    return shows !== undefined && classRank(shows) >= classRank(fieldClass)
  }
  const searched = hamlet === undefined ? [...tree.byId.values()].map(({ id }) => id) : tree.withInner(hamlet)
  const areas = searched.filter((area) => reaches(area, 'public'))
  const isAll = hamlet === undefined && permission.isVillageWide
  const named: Where<typeof residents>[] = []
  // All data of a child are specific; the name and the numbers of anybody else are personal.
  for (const [fieldClass, who] of [
    ['specific', {}],
    ['personal', grownOn(today, config.childBelowYears)],
  ] as const) {
    const within = areas.filter((area) => reaches(area, fieldClass))
    if (isAll && reaches(null, fieldClass)) return { areas: undefined, named: [...named, who], seesCardsOf }
    if (within.length > 0) named.push({ area: { in: within }, ...who })
  }
  function seesCardsOf(area: AreaId | null): boolean {
    return reaches(area, 'personal')
  }
  return { areas: isAll ? undefined : areas, named, seesCardsOf }
}

/** Whoever is no child any more on a day. */
function grownOn(day: CivilDate, childBelowYears: number): Where<typeof residents> {
  if (childBelowYears === 0) return {}
  const [year = '', ...monthAndDay] = day.split('-')
  const text = `${String(Number(year) - childBelowYears).padStart(4, '0')}-${monthAndDay.join('-')}`
  const last = CivilDate.safeParse(text)
  // 29 February of a common year: whoever was born on the day before has come of age, as `ageYears` has it.
  return {
    birthDate: { to: last.success ? addDays(last.data, 1) : CivilDate.parse(`${text.slice(0, 4)}-03-01`) },
  }
}
