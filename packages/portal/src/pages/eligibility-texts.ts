import type { Citation, ParameterInForce, Source } from '@lumbung/core/eligibility'
import { isCivilDate, type LocalizedText } from '@lumbung/core/kernel'
import type { FactConfig } from '@lumbung/core/people'
import type { FactValue } from '@lumbung/core/rules'
import type { VillageConfig } from '@lumbung/core/village'
import type { Words } from '../words/index.ts'

/** What facts and values of programmes are called in one language. */
export interface EligibilityTexts {
  /** A fact by its path, with the member whom it is about. */
  readonly path: (path: string) => string
  readonly fact: (name: string) => string
  readonly value: (name: string, value: FactValue) => string
  readonly parameter: (parameter: ParameterInForce, kind: string | undefined) => string
  readonly citation: (citation: Citation, sources: Readonly<Record<string, Source>>) => string
}

const knownNames = ['birthDate', 'sex', 'status', 'relationship', 'kind', 'area', 'members'] as const

/** The facts of a village and those that its packs declare, by name. */
export function factsOfVillage({ facts, packs }: VillageConfig): ReadonlyMap<string, FactConfig> {
  return new Map([...packs.flatMap((pack) => pack.facts), ...facts].map((fact) => [fact.name, fact]))
}

/** The texts of one page; `memberName` says whom a position among the members is. */
export function eligibilityTexts(
  words: Words,
  config: VillageConfig,
  memberName = (position: number) => words.say('counter.member', { position: String(position + 1) }),
): EligibilityTexts {
  const facts = factsOfVillage(config)
  const fact = (name: string) => {
    const own = facts.get(name)
    if (own !== undefined) return words.text(own.label)
    const known = knownNames.find((each) => each === name)
    return known === undefined ? name : words.say(`known.${known}`)
  }
  const value = (name: string, given: FactValue): string => {
    if (typeof given === 'boolean') return words.say(given ? 'value.yes' : 'value.no')
    const own = facts.get(name)
    if (typeof given === 'number') {
      if (own?.type.kind === 'money') return words.money(BigInt(given))
      const scale = own?.type.kind === 'decimal' ? own.type.scale : 0
      return words.number(given / 10 ** scale, scale)
    }
    if (typeof given !== 'string') return words.say('counter.unknown')
    if (isCivilDate(given)) return words.date(given)
    const label = labelOf(own?.valueLabels, given) ?? (name === 'sex' ? sexOf(given, words) : undefined)
    if (name === 'relationship') return textOr(config.relationships[given], given, words)
    return typeof label === 'string' ? label : textOr(label, given, words)
  }
  return {
    fact,
    value,
    path(path) {
      const position = /members\[(\d+)\]/.exec(path)?.[1]
      const name =
        path
          .replace(/\[\d+\]$/, '')
          .split('.')
          .at(-1) ?? path
      return position === undefined ? fact(name) : `${fact(name)}, ${memberName(Number(position))}`
    },
    parameter({ value: given }, kind) {
      const one = (each: FactValue) =>
        kind === 'money' && typeof each === 'number' ? words.money(BigInt(each)) : value('', each)
      return Array.isArray(given) ? given.map(one).join(', ') : one(given as FactValue)
    },
    citation({ source, at }, sources) {
      const title = Object.hasOwn(sources, source) ? sources[source]?.title : undefined
      return [title ?? source, at].filter((part) => part !== undefined).join(', ')
    },
  }
}

function labelOf(labels: FactConfig['valueLabels'], value: string): LocalizedText | undefined {
  return labels !== undefined && Object.hasOwn(labels, value) ? labels[value] : undefined
}

function sexOf(value: string, words: Words): string {
  return words.say(value === 'female' ? 'sex.female' : 'sex.male')
}

function textOr(text: LocalizedText | undefined, otherwise: string, words: Words): string {
  return text === undefined ? otherwise : words.text(text)
}
