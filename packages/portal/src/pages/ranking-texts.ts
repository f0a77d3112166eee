import { isCivilDate } from '@lumbung/core/kernel'
import type { RankedListing, VillageRanking } from '@lumbung/core/village'
import type { Words } from '../words/index.ts'
import type { EligibilityTexts } from './eligibility-texts.ts'

/** What stands in the places of a priority list, in one language. */
export interface RankingTexts {
  readonly state: (place: RankedListing) => string
  /** The value of one key of the order, by its position. */
  readonly key: (place: RankedListing, index: number) => string
  readonly cost: (place: RankedListing) => string
  /** Where the list ends, and why. */
  readonly line: string
  /** An amount with the time that it is for. */
  readonly money: (minor: number) => string
  /** An amount as it is typed. */
  readonly amount: (minor: number) => string
}

interface RankingTextsOptions {
  /** For each key of the order the name of the fact that it is, where it is one. */
  readonly facts: readonly string[]
  readonly texts: EligibilityTexts
  readonly currencyScale: number
}

/** The texts of one list. */
export function rankingTexts(
  words: Words,
  ranking: VillageRanking,
  { facts, texts, currencyScale }: RankingTextsOptions,
): RankingTexts {
  const { order, per, limits, limit } = ranking
  const money = (minor: number) => {
    const total = words.money(BigInt(minor))
    return per === null ? total : words.say(`per.${per}`, { total })
  }
  return {
    money,
    amount: (minor) => words.number(minor / 10 ** currencyScale, currencyScale),
    state: ({ isServed }) => words.say(isServed ? 'ranking.in' : 'ranking.waits'),
    key({ keys }, index) {
      const { value, isHidden } = keys[index] ?? { value: null, isHidden: false }
      const { kind, scale } = order[index] ?? { kind: 'undetermined', scale: 0 }
      if (isHidden) return words.say('value.hidden')
      if (value === null) return words.say('counter.unknown')
      if (typeof value === 'boolean') return words.say(value ? 'value.yes' : 'value.no')
      if (kind === 'money' && typeof value === 'number') return words.money(BigInt(value))
      if (typeof value === 'number') return words.number(value / 10 ** scale, scale)
      return isCivilDate(value) ? words.date(value) : texts.value(facts[index] ?? '', value)
    },
    cost({ costMinor, isCostHidden }) {
      if (isCostHidden) return words.say('value.hidden')
      return costMinor === null ? words.say('counter.unknown') : words.money(BigInt(costMinor))
    },
    line: lineText(),
  }

  function lineText(): string {
    if (limit === null) {
      const isOpen = limits.units === null && limits.budgetMinor === null
      return words.say(isOpen ? 'ranking.noLimit' : 'ranking.enough')
    }
    if (limit === 'unknown-cost') return words.say('ranking.endUnknown')
    return limit === 'quota'
      ? words.say('ranking.endQuota', { units: words.number(limits.units ?? 0) })
      : words.say('ranking.endBudget', { budget: money(limits.budgetMinor ?? 0) })
  }
}
