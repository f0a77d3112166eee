import fc from 'fast-check'
import type { FactType, ListFact, RecordFact } from '../src/rules/index.ts'
import { edgeDates, edgeTexts, labels, type Schema } from './arbitrary-schema.ts'

/** The kinds of single values that a random expression may have. */
export type Wanted = 'bool' | 'int' | 'decimal' | 'money' | 'text' | 'date' | 'enum'

/** A name that stands for a record or a single value, and what can be read of it. */
interface Place {
  readonly name: string
  readonly type: FactType
}

type Texts = fc.Arbitrary<string>

/** Texts of rules over one schema, most of them well typed; what the checker refuses says nothing and is left out. */
export class RuleTexts {
  readonly #made = new Map<string, Texts>()
  readonly #schema: Schema

  constructor(schema: Schema) {
    this.#schema = schema
  }

  /** Expressions of one type, nested at most so deep. */
  of(wanted: Wanted, depth: number): Texts {
    return this.#of(wanted, depth, [{ name: 'household', type: this.#schema.household }])
  }

  #of(wanted: Wanted, depth: number, places: readonly Place[]): Texts {
    const key = `${wanted} ${depth} ${places.map(({ name }) => name).join()}`
    const found = this.#made.get(key)
    if (found !== undefined) return found
    const leaves = this.#leaves(wanted, places)
    const made =
      depth === 0
        ? leaves
        : fc.oneof(
            { withCrossShrink: true },
            { weight: 3, arbitrary: leaves },
            ...this.#branches(wanted, depth - 1, places).map((arbitrary) => ({ weight: 2, arbitrary })),
          )
    this.#made.set(key, made)
    return made
  }

  #leaves(wanted: Wanted, places: readonly Place[]): Texts {
    const facts = places.flatMap(({ name, type }) => factsOf(name, type, wanted))
    const literals = fc.constantFrom(...literalsOf[wanted])
    if (facts.length === 0) return literals
    return fc.oneof(
      { withCrossShrink: true },
      { weight: 1, arbitrary: literals },
      { weight: 4, arbitrary: fc.constantFrom(...facts) },
    )
  }

  #branches(wanted: Wanted, depth: number, places: readonly Place[]): Texts[] {
    const of = (other: Wanted) => this.#of(other, depth, places)
    const choice = written`(${of('bool')} ? ${of(wanted)} : ${of(wanted)})`
    switch (wanted) {
      case 'bool':
        return [choice, ...this.#predicates(depth, places)]
      case 'int':
        return [
          choice,
          written`(-${of('int')})`,
          written`(${of('int')} ${fc.constantFrom('+', '-', '*', '%')} ${of('int')})`,
          written`div(${of('int')}, ${of('int')}, 0)`,
          written`age(${of('date')}, ${of('date')})`,
          written`monthsBetween(${of('date')}, ${of('date')})`,
          written`${of('text')}.size()`,
          written`${this.#lists(depth, places)}.size()`,
          this.#totals('int', depth, places),
        ]
      case 'decimal':
        return [
          choice,
          written`(-${of('decimal')})`,
          written`(${of('decimal')} ${fc.constantFrom('+', '-', '*')} ${fc.oneof(of('decimal'), of('int'))})`,
          written`div(${fc.oneof(of('decimal'), of('int'))}, ${fc.oneof(of('decimal'), of('int'))}, ${fc.constantFrom('1', '2', '3')})`,
          // Halves: a power of two divides a thousand of odd numbers into them.
          written`div(${of('int')}, ${fc.constantFrom('16', '32', '2000')}, 3)`,
          written`div(${of('money')}, ${of('money')}, ${fc.constantFrom('0', '2', '9')})`,
          this.#totals('decimal', depth, places),
        ]
      case 'money':
        return [
          choice,
          written`(-${of('money')})`,
          written`(${of('money')} ${fc.constantFrom('+', '-')} ${fc.oneof(of('money'), of('int'))})`,
          written`(${of('money')} ${fc.constantFrom('*', '%')} ${of('int')})`,
          written`div(${of('money')}, ${of('int')}, 0)`,
          this.#totals('money', depth, places),
        ]
      case 'date':
        return [choice, written`date(${this.#datedTexts(depth, places)})`]
      case 'text':
      case 'enum':
        return [choice]
      default:
        return unreachable(wanted)
    }
  }

  /** A literal that is no date is a fault of the rule; a fact that is none is unknown. */
  #datedTexts(depth: number, places: readonly Place[]): Texts {
    const facts = places.flatMap(({ name, type }) => factsOf(name, type, 'text'))
    const choice = written`(${this.#of('bool', depth, places)} ? ${fc.constantFrom(...facts)} : '2024-02-29')`
    return fc.oneof(fc.constantFrom(...facts, "'2023-02-28'"), choice)
  }

  #predicates(depth: number, places: readonly Place[]): Texts[] {
    const of = (other: Wanted) => this.#of(other, depth, places)
    const any = fc.constantFrom<Wanted>('bool', 'int', 'decimal', 'money', 'text', 'date', 'enum')
    const sameTyped = (make: (wanted: Wanted) => Texts) => any.chain(make)
    const ordered = fc.constantFrom('<', '<=', '>', '>=')
    const list = this.#lists(depth, places)
    return [
      written`!${of('bool')}`,
      written`(${of('bool')} && ${of('bool')})`,
      written`(${of('bool')} || ${of('bool')} || ${of('bool')})`,
      written`(${of('int')} ${ordered} ${of('int')})`,
      written`(age(${of('date')}, on) ${fc.constantFrom('<', '<=', '>', '>=', '==', '!=')} ${fc.constantFrom('0', '1', '6', '17', '60', '5000')})`,
      written`(${of('decimal')} ${ordered} ${fc.oneof(of('decimal'), of('int'))})`,
      written`(${of('money')} ${ordered} ${of('money')})`,
      written`(${of('date')} ${ordered} ${of('date')})`,
      sameTyped((wanted) => written`(${of(wanted)} ${fc.constantFrom('==', '!=')} ${of(wanted)})`),
      sameTyped((wanted) => written`(${of(wanted)} in [${of(wanted)}, ${of(wanted)}])`),
      sameTyped((wanted) => this.#elementOf(wanted, depth, places)),
      sameTyped((wanted) => written`known(${of(wanted)})`),
      written`known(${list})`,
      written`${of('text')}.${fc.constantFrom('startsWith', 'endsWith', 'contains')}(${of('text')})`,
      this.#quantified(depth, places),
    ]
  }

  #elementOf(wanted: Wanted, depth: number, places: readonly Place[]): Texts {
    const kinds = wanted === 'int' ? ['int', 'money'] : wanted === 'decimal' ? ['decimal', 'int'] : [wanted]
    const names = scalarListsOf(this.#schema, kinds)
    return written`(${this.#of(wanted, depth, places)} in household.${fc.constantFrom(...names)})`
  }

  #quantified(depth: number, places: readonly Place[]): Texts {
    return this.#overList(depth, places, (list, name, inside) => {
      const body = this.#of('bool', Math.min(depth, 2), inside)
      return written`${list}.${fc.constantFrom('exists', 'all')}(${fc.constant(name)}, ${body})`
    })
  }

  #totals(wanted: Wanted, depth: number, places: readonly Place[]): Texts {
    return this.#overList(depth, places, (list, name, inside) => {
      const body = this.#of(wanted, Math.min(depth, 2), inside)
      return written`${fc.constantFrom('sum', 'min', 'max')}(${list}, ${fc.constant(name)}, ${body})`
    })
  }

  /** Lists of records and of single values, also filtered. */
  #lists(depth: number, places: readonly Place[]): Texts {
    return this.#overList(depth, places, (list) => list)
  }

  #overList(
    depth: number,
    places: readonly Place[],
    make: (list: Texts, name: string, inside: readonly Place[]) => Texts,
  ): Texts {
    const sources = places.flatMap(({ name, type }) => listsOf(name, type))
    // Three lists within one another cost more than a rule may.
    const deep = places.length > 2 ? sources.slice(0, 0) : sources
    const chosen = deep.length === 0 ? [] : deep
    if (chosen.length === 0) return make(fc.constant('household.counts'), 'z', [...places, countOf()])
    const name = `${'xyz'[places.length - 1] ?? 'z'}`
    return fc.oneof(
      ...chosen.map(({ text, item }) => {
        // The name tells what it stands for, since what was made is kept by the names in sight.
        const variable = `${name}${text.replaceAll('.', '')}`
        const inside = [...places, { name: variable, type: item }]
        const whole = fc.constant(text)
        if (depth === 0) return make(whole, variable, inside)
        const passing = this.#of('bool', Math.min(depth - 1, 1), inside)
        const filtered = written`${whole}.filter(${fc.constant(variable)}, ${passing})`
        const twice = written`${filtered}.filter(${fc.constant(variable)}, ${passing})`
        return make(
          fc.oneof({ weight: 5, arbitrary: whole }, { weight: 2, arbitrary: filtered }, twice),
          variable,
          inside,
        )
      }),
    )
  }
}

function unreachable(wanted: never): never {
  return wanted
}

function countOf(): Place {
  return { name: 'z', type: { kind: 'int', minimum: 0, maximum: 1, promised: false, known: false } }
}

/** A text with random parts. */
function written(parts: TemplateStringsArray, ...holes: readonly Texts[]): Texts {
  return fc.tuple(...holes).map((filled) => String.raw({ raw: parts.raw }, ...filled))
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}

const literalsOf: Readonly<Record<Wanted, readonly string[]>> = {
  bool: ['true', 'false'],
  int: [
    '0',
    '1',
    '2',
    '3',
    '10',
    '16',
    '100',
    '94906266',
    '4503599627370496',
    '9007199254740991',
    '(-1)',
    '(-7)',
  ],
  decimal: ['0.0', '0.5', '1.5', '2.50', '(-2.5)', '0.0001', '900719925474099.1'],
  money: ['household.income', '(household.income * 0)', '(household.income * 3)'],
  text: edgeTexts.map(quoted),
  date: ['on', ...edgeDates.map((date) => `date(${quoted(date)})`)],
  enum: labels.map(quoted),
}

function factsOf(name: string, type: FactType, wanted: Wanted): string[] {
  if (type.kind === 'record') {
    return Object.entries(type.facts).flatMap(([fact, inner]) => factsOf(`${name}.${fact}`, inner, wanted))
  }
  return type.kind === wanted ? [name] : []
}

function listsOf(name: string, type: FactType): { readonly text: string; readonly item: ListFact['item'] }[] {
  if (type.kind === 'list') return [{ text: name, item: type.item }]
  if (type.kind !== 'record') return []
  return Object.entries(type.facts).flatMap(([fact, inner]) => listsOf(`${name}.${fact}`, inner))
}

function scalarListsOf(
  { household }: { readonly household: RecordFact },
  kinds: readonly string[],
): string[] {
  return Object.entries(household.facts).flatMap(([name, fact]) =>
    fact.kind === 'list' && kinds.includes(fact.item.kind) ? [name] : [],
  )
}
