import {
  type Expression,
  type FactType,
  factNumberMax,
  type ListExpression,
  type ListFact,
  type NumberRange,
  type OperationName,
  type RecordFact,
  type ScalarFact,
  type ScalarType,
} from '@lumbung/core/rules'

/** Numbers from 0 to below 1, the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Kind = 'bool' | 'number' | 'money' | 'text' | 'date'
type Wanted = { readonly kind: Kind; readonly scale: number }

const span = { start: 0, end: 0 }
const bool: ScalarType = { kind: 'bool' }
const everything: NumberRange = { minimum: -factNumberMax, maximum: factNumberMax }
const numbers = [
  0,
  1,
  -1,
  2,
  3,
  5,
  10,
  40,
  100,
  999,
  -7,
  2 ** 31,
  2 ** 40,
  -(2 ** 52),
  factNumberMax,
  -factNumberMax,
]
export const texts = [
  '',
  'a',
  'A',
  'ab',
  'b',
  'é',
  'e\u0301'.normalize('NFC'),
  '𝒳',
  '𝒳a',
  "o'",
  'tiles',
  'f',
  '%',
  '_a',
  'NULL',
  '2024-02-29',
  '2025-02-30',
]
export const dates = [
  '2026-11-24',
  '2024-02-29',
  '2000-02-29',
  '1990-12-31',
  '0001-01-01',
  '9999-12-31',
  '2020-11-24',
  '2020-11-25',
  '1966-11-24',
  '2027-01-01',
]
export const badDates = [
  '2025-02-30',
  'now',
  '',
  '0000-01-01',
  '2025-1-1',
  '2460000',
  '2026-11-24 ',
  '١٩٩٠-12-31',
]

interface Scope {
  readonly facts: RecordFact | ScalarFact
}

/** Draws checked expressions as the checker would make them, of the given facts. */
export function ruleDrawer(facts: Readonly<Record<string, FactType>>, random: () => number) {
  const chance = (share: number) => random() < share
  const pick = <T>(choices: readonly T[]): T => {
    const chosen = choices[Math.floor(random() * choices.length)]
    if (chosen === undefined) throw new Error('nothing to pick from')
    return chosen
  }
  const typeFor = ({ kind, scale }: Wanted): ScalarType => (kind === 'number' ? { kind, scale } : { kind })

  function literal(wanted: Wanted): Expression {
    const base = { kind: 'literal', span, known: true, type: typeFor(wanted) } as const
    switch (wanted.kind) {
      case 'bool':
        return { ...base, value: chance(0.5) }
      case 'text':
        return { ...base, value: pick(texts) }
      case 'date':
        return chance(0.4)
          ? { kind: 'on', span, known: true, type: { kind: 'date' } }
          : { ...base, value: pick(dates) }
      default: {
        const value = chance(0.7) ? pick(numbers.slice(0, 11)) : pick(numbers)
        return { ...base, value, range: { minimum: value, maximum: value } }
      }
    }
  }

  /** All single facts that are in reach. */
  function singles(scopes: readonly Scope[]) {
    const found: { scope: number; path: string[]; type: ScalarFact }[] = []
    for (const [root, type] of Object.entries(facts)) {
      if (type.kind !== 'record') continue
      for (const [name, fact] of Object.entries(type.facts)) {
        if (isScalar(fact)) found.push({ scope: 0, path: [root, name], type: fact })
      }
    }
    scopes.forEach(({ facts: element }, index) => {
      if (element.kind !== 'record') found.push({ scope: index + 1, path: [], type: element })
      else
        for (const [name, fact] of Object.entries(element.facts)) {
          if (isScalar(fact)) found.push({ scope: index + 1, path: [name], type: fact })
        }
    })
    return found
  }

  function fact(wanted: Wanted, scopes: readonly Scope[]): Expression | undefined {
    const fitting = singles(scopes).filter(({ type }) => fits(type, wanted))
    if (fitting.length === 0) return undefined
    // What is in the innermost list is what a rule is about.
    const inner = fitting.filter(({ scope }) => scope === scopes.length)
    const { scope, path, type } = pick(inner.length > 0 && chance(0.7) ? inner : fitting)
    const guarded = 'promised' in type && !type.promised
    const range = 'minimum' in type ? { range: { minimum: type.minimum, maximum: type.maximum } } : {}
    const scaled = typeFor({ kind: wanted.kind, scale: type.kind === 'decimal' ? type.scale : 0 })
    const own: ScalarType = type.kind === 'enum' ? { kind: 'enum', values: type.values } : scaled
    return { kind: 'fact', span, scope, path, type: own, known: type.known && !guarded, guarded, ...range }
  }

  function list(
    scopes: readonly Scope[],
    depth: number,
    item: 'record' | 'single' | 'any',
  ): ListExpression | undefined {
    const found: { scope: number; path: string[]; type: ListFact }[] = []
    const add = (scope: number, path: string[], owner: RecordFact) => {
      for (const [name, type] of Object.entries(owner.facts)) {
        if (type.kind !== 'list') continue
        const isRecord = type.item.kind === 'record'
        if (item === 'any' || isRecord === (item === 'record'))
          found.push({ scope, path: [...path, name], type })
      }
    }
    for (const [root, type] of Object.entries(facts)) if (type.kind === 'record') add(0, [root], type)
    scopes.forEach(({ facts: element }, index) => {
      if (element.kind === 'record') add(index + 1, [], element)
    })
    if (found.length === 0 || scopes.length > 2) return undefined
    const chosen = pick(found)
    let result: ListExpression = { kind: 'list', span, known: false, ...chosen }
    while (chance(0.25)) {
      const element = result.type.item
      if (element.kind === 'undetermined') break
      const body = draw({ kind: 'bool', scale: 0 }, Math.min(depth - 1, 2), [...scopes, { facts: element }])
      result = { kind: 'filter', span, known: false, list: result, body, type: result.type }
    }
    return result
  }

  function operation(
    name: OperationName,
    operands: readonly Expression[],
    type: ScalarType,
    guarded: boolean,
    range?: NumberRange,
    scale = 0,
  ): Expression {
    const known = !guarded && operands.every((operand) => operand.known)
    return {
      kind: 'operation',
      span,
      operation: name,
      operands,
      type,
      guarded,
      known,
      scale,
      ...(range ? { range } : {}),
    }
  }

  function numeric(
    name: OperationName,
    operands: readonly Expression[],
    type: ScalarType,
    ends: readonly number[],
  ): Expression {
    const [minimum, maximum] = [Math.min(...ends), Math.max(...ends)]
    const guarded = minimum < -factNumberMax || maximum > factNumberMax
    const range = { minimum: Math.max(minimum, -factNumberMax), maximum: Math.min(maximum, factNumberMax) }
    return operation(name, operands, type, guarded, range)
  }

  function aligned(expression: Expression, scale: number): Expression {
    if (expression.type.kind !== 'number' || expression.type.scale === scale) return expression
    const digits = scale - expression.type.scale
    const { minimum, maximum } = rangeOf(expression)
    const made = numeric('rescale', [expression], { kind: 'number', scale }, [
      minimum * 10 ** digits,
      maximum * 10 ** digits,
    ])
    return { ...made, scale: digits } as Expression
  }

  function pair(depth: number, scopes: readonly Scope[], wanted: Wanted): [Expression, Expression] {
    const a = draw(wanted, depth, scopes)
    const b = draw(wanted, depth, scopes)
    const scaleOf = ({ type }: Expression) => (type.kind === 'number' ? type.scale : 0)
    const scale = Math.max(scaleOf(a), scaleOf(b))
    return [aligned(a, scale), aligned(b, scale)]
  }

  function draw(wanted: Wanted, depth: number, scopes: readonly Scope[]): Expression {
    if (depth <= 0 || chance(0.1)) return (chance(0.7) ? fact(wanted, scopes) : undefined) ?? literal(wanted)
    if (chance(0.1)) return conditional(wanted, depth, scopes)
    switch (wanted.kind) {
      case 'bool':
        return drawBool(depth, scopes)
      case 'number':
      case 'money':
        return drawNumber(wanted, depth, scopes)
      case 'date':
        return chance(0.3)
          ? operation('dateOf', [draw({ kind: 'text', scale: 0 }, depth - 1, scopes)], { kind: 'date' }, true)
          : (fact(wanted, scopes) ?? literal(wanted))
      case 'text':
        return fact(wanted, scopes) ?? literal(wanted)
    }
  }

  function conditional(wanted: Wanted, depth: number, scopes: readonly Scope[]): Expression {
    const condition = draw({ kind: 'bool', scale: 0 }, depth - 1, scopes)
    const [whenTrue, whenFalse] = pair(depth - 1, scopes, wanted)
    const known = condition.known && whenTrue.known && whenFalse.known
    const [a, b] = [rangeOf(whenTrue), rangeOf(whenFalse)]
    const range = { minimum: Math.min(a.minimum, b.minimum), maximum: Math.max(a.maximum, b.maximum) }
    const isNumber = wanted.kind === 'number' || wanted.kind === 'money'
    return {
      kind: 'conditional',
      span,
      condition,
      whenTrue,
      whenFalse,
      type: whenTrue.type,
      known,
      ...(isNumber ? { range } : {}),
    }
  }

  function drawBool(depth: number, scopes: readonly Scope[]): Expression {
    const boolean: Wanted = { kind: 'bool', scale: 0 }
    const inner = (wanted: Wanted) => draw(wanted, depth - 1, scopes)
    switch (Math.floor(random() * 12)) {
      case 0: {
        const operand = inner(boolean)
        return { kind: 'not', span, operand, known: operand.known, type: bool }
      }
      case 1:
      case 2: {
        const operands = Array.from({ length: 2 + Math.floor(random() * 3) }, () => inner(boolean))
        const known = operands.every((operand) => operand.known)
        return { kind: chance(0.5) ? 'and' : 'or', span, operands, known, type: bool }
      }
      case 3: {
        const anyList = chance(0.4) ? list(scopes, depth, 'any') : undefined
        const operand =
          anyList ?? inner({ kind: pick(['bool', 'number', 'money', 'text', 'date'] as const), scale: 0 })
        return { kind: 'known', span, operand, known: true, type: bool }
      }
      case 4: {
        const wanted: Wanted = { kind: pick(['number', 'money', 'text', 'date', 'bool'] as const), scale: 0 }
        const drawn = Array.from({ length: 1 + Math.floor(random() * 4) }, () => inner(wanted))
        const scale = Math.max(...drawn.map(({ type }) => (type.kind === 'number' ? type.scale : 0)))
        const [needle = literal(wanted), ...elements] = drawn.map((part) => aligned(part, scale))
        return { kind: 'oneOf', span, needle, elements, known: drawn.every((part) => part.known), type: bool }
      }
      case 5: {
        const values = list(scopes, depth, 'single')
        if (values === undefined) return inner(boolean)
        const kind =
          values.type.item.kind === 'text' ? 'text' : values.type.item.kind === 'date' ? 'date' : 'number'
        const needle = chance(0.5) ? literal({ kind, scale: 0 }) : inner({ kind, scale: 0 })
        if (needle.type.kind === 'number' && needle.type.scale > 0) return inner(boolean)
        return { kind: 'elementOf', span, needle, list: values, known: false, type: bool }
      }
      case 6:
      case 7: {
        const over = list(scopes, depth, 'any')
        if (over === undefined || over.type.item.kind === 'undetermined') return inner(boolean)
        const body = draw(boolean, depth - 1, [...scopes, { facts: over.type.item }])
        const aggregate = chance(0.5) ? 'exists' : 'all'
        return {
          kind: 'aggregate',
          aggregate,
          span,
          list: over,
          body,
          guarded: false,
          known: false,
          type: bool,
        }
      }
      case 8: {
        const name = pick(['startsWith', 'endsWith', 'contains'] as const)
        return operation(
          name,
          [inner({ kind: 'text', scale: 0 }), inner({ kind: 'text', scale: 0 })],
          bool,
          false,
        )
      }
      default: {
        const kind = pick(['number', 'number', 'number', 'money', 'date', 'text', 'bool'] as const)
        const ordered = kind === 'number' || kind === 'money' || kind === 'date'
        const name = pick(
          ordered
            ? (['equal', 'notEqual', 'less', 'lessOrEqual', 'greater', 'greaterOrEqual'] as const)
            : (['equal', 'notEqual'] as const),
        )
        return operation(name, pair(depth - 1, scopes, { kind, scale: 0 }), bool, false)
      }
    }
  }

  function drawNumber(wanted: Wanted, depth: number, scopes: readonly Scope[]): Expression {
    const whole: Wanted = { kind: 'number', scale: 0 }
    const inner = (next: Wanted) => draw(next, depth - 1, scopes)
    const isMoney = wanted.kind === 'money'
    switch (Math.floor(random() * 9)) {
      case 0: {
        const operand = inner(wanted)
        const { minimum, maximum } = rangeOf(operand)
        return numeric('negate', [operand], operand.type, [-minimum, -maximum])
      }
      case 1:
      case 2: {
        const [a, b] = pair(depth - 1, scopes, wanted)
        const [x, y] = [rangeOf(a), rangeOf(b)]
        return chance(0.5)
          ? numeric('add', [a, b], a.type, [x.minimum + y.minimum, x.maximum + y.maximum])
          : numeric('subtract', [a, b], a.type, [x.minimum - y.maximum, x.maximum - y.minimum])
      }
      case 3: {
        const [a, b] = [inner(wanted), inner(whole)]
        const scale = scaleOf(a) + scaleOf(b)
        if (scale > 9 || (isMoney && scaleOf(b) > 0)) return a
        const [x, y] = [rangeOf(a), rangeOf(b)]
        const ends = [x.minimum, x.maximum].flatMap((end) => [end * y.minimum, end * y.maximum])
        return numeric('multiply', [a, b], isMoney ? { kind: 'money' } : { kind: 'number', scale }, ends)
      }
      case 4: {
        const [a, b] = pair(depth - 1, scopes, wanted)
        const { minimum, maximum } = rangeOf(b)
        const [low, high] = [Math.min(0, rangeOf(a).minimum), Math.max(0, rangeOf(a).maximum)]
        const range = { minimum: low, maximum: high }
        return operation('remainder', [a, b], a.type, minimum <= 0 && maximum >= 0, range)
      }
      case 5:
        return quotient(wanted, depth, scopes)
      case 6: {
        if (isMoney) return sumOf(wanted, depth, scopes)
        const size = list(scopes, depth, 'any')
        if (size === undefined) return inner(wanted)
        return {
          kind: 'size',
          span,
          list: size,
          known: false,
          type: { kind: 'number', scale: 0 },
          range: { minimum: 0, maximum: 64 },
        }
      }
      case 7:
        return sumOf(wanted, depth, scopes)
      default: {
        if (isMoney) return fact(wanted, scopes) ?? literal(wanted)
        if (chance(0.3)) {
          const range = { minimum: 0, maximum: factNumberMax }
          return operation(
            'length',
            [inner({ kind: 'text', scale: 0 })],
            { kind: 'number', scale: 0 },
            false,
            range,
          )
        }
        const operands = [inner({ kind: 'date', scale: 0 }), inner({ kind: 'date', scale: 0 })]
        return chance(0.7)
          ? operation('age', operands, { kind: 'number', scale: 0 }, true, { minimum: 0, maximum: 9998 })
          : operation('monthsBetween', operands, { kind: 'number', scale: 0 }, false, {
              minimum: -120_000,
              maximum: 120_000,
            })
      }
    }
  }

  function quotient(wanted: Wanted, depth: number, scopes: readonly Scope[]): Expression {
    const isMoney = wanted.kind === 'money'
    const both: Wanted = { kind: isMoney || chance(0.3) ? 'money' : 'number', scale: 0 }
    const [a, b] = isMoney
      ? [draw(both, depth - 1, scopes), draw({ kind: 'number', scale: 0 }, depth - 1, scopes)]
      : pair(depth - 1, scopes, both)
    if (isMoney && scaleOf(b) > 0) return a
    const scale = isMoney ? 0 : Math.floor(random() * 10)
    const [x, y] = [rangeOf(a), rangeOf(b)]
    const greatest = Math.max(-x.minimum, x.maximum) * 10 ** scale
    const guarded = (y.minimum <= 0 && y.maximum >= 0) || greatest > factNumberMax
    const bound = Math.min(greatest, factNumberMax)
    const type: ScalarType = isMoney ? { kind: 'money' } : { kind: 'number', scale }
    return operation('divide', [a, b], type, guarded, { minimum: -bound, maximum: bound }, scale)
  }

  function sumOf(wanted: Wanted, depth: number, scopes: readonly Scope[]): Expression {
    const over = list(scopes, depth, 'any')
    if (over === undefined || over.type.item.kind === 'undetermined')
      return fact(wanted, scopes) ?? literal(wanted)
    const body = draw(wanted, depth - 1, [...scopes, { facts: over.type.item }])
    const aggregate = pick(['sum', 'min', 'max'] as const)
    const { minimum, maximum } = rangeOf(body)
    const [low, high] =
      aggregate === 'sum' ? [Math.min(0, minimum * 64), Math.max(0, maximum * 64)] : [minimum, maximum]
    const guarded = aggregate !== 'sum' || low < -factNumberMax || high > factNumberMax
    const range = { minimum: Math.max(low, -factNumberMax), maximum: Math.min(high, factNumberMax) }
    return {
      kind: 'aggregate',
      aggregate,
      span,
      list: over,
      body,
      guarded,
      range,
      known: false,
      type: body.type,
    }
  }

  return {
    rule: (depth: number): Expression =>
      draw(
        { kind: chance(0.6) ? 'bool' : pick(['number', 'money', 'text', 'date'] as const), scale: 0 },
        depth,
        [],
      ),
  }
}

function scaleOf({ type }: Expression): number {
  return type.kind === 'number' ? type.scale : 0
}

function rangeOf(expression: Expression): NumberRange {
  return expression.range ?? everything
}

function isScalar(fact: FactType): fact is ScalarFact {
  return fact.kind !== 'list' && fact.kind !== 'record' && fact.kind !== 'undetermined'
}

function fits(type: ScalarFact, { kind }: Wanted): boolean {
  if (kind === 'number') return type.kind === 'int' || type.kind === 'decimal'
  if (kind === 'text') return type.kind === 'text' || type.kind === 'enum'
  return type.kind === kind
}

/** Draws values of facts, a share of them unknown, and some that keep no promise where none was made. */
export function factsDrawer(facts: Readonly<Record<string, FactType>>, random: () => number) {
  const chance = (share: number) => random() < share
  const pick = <T>(choices: readonly T[]): T => choices[Math.floor(random() * choices.length)] as T
  function factOf(type: FactType, depth: number): never {
    return drawn(type, depth) as never
  }
  function drawn(type: FactType, depth: number): unknown {
    switch (type.kind) {
      case 'undetermined':
        return null
      case 'record':
        return Object.fromEntries(
          Object.entries(type.facts).map(([name, fact]) => [name, factOf(fact, depth)]),
        )
      case 'list': {
        if (chance(0.12)) return null
        const items = Array.from({ length: pick([0, 0, 1, 1, 2, 3, 5]) }, () => drawn(type.item, depth + 1))
        return items
      }
      default:
        return !type.known && chance(0.25) ? null : single(type)
    }
  }
  function single(type: ScalarFact): unknown {
    switch (type.kind) {
      case 'bool':
        return chance(0.5)
      case 'text':
        return pick(texts)
      case 'enum':
        return pick(type.values)
      case 'date':
        return !type.promised && chance(0.2) ? pick(badDates) : pick(dates)
      default: {
        const wide = chance(0.6) ? pick(numbers.slice(0, 11)) : Math.round((random() - 0.5) * 2 ** 54)
        if (!type.promised)
          return chance(0.05) ? 2 ** 53 : wide === 0 ? 0 : Math.max(-(2 ** 53), Math.min(2 ** 53, wide))
        return type.minimum + Math.floor(random() * (type.maximum - type.minimum + 1))
      }
    }
  }
  return { household: (name: string) => factOf(facts[name] as FactType, 0) as Record<string, never> }
}

/** An expression as text, for whoever reads a failure. */
export function textOf(expression: Expression | ListExpression): string {
  const list = (parts: readonly Expression[]) => parts.map(textOf).join(', ')
  switch (expression.kind) {
    case 'literal':
    case 'parameter':
      return JSON.stringify(expression.value)
    case 'on':
      return 'on'
    case 'fact':
    case 'list':
      return [expression.scope === 0 ? [] : [`e${expression.scope}`], ...expression.path].flat().join('.')
    case 'not':
      return `!${textOf(expression.operand)}`
    case 'and':
    case 'or':
      return `(${expression.operands.map(textOf).join(expression.kind === 'and' ? ' && ' : ' || ')})`
    case 'conditional':
      return `(${textOf(expression.condition)} ? ${textOf(expression.whenTrue)} : ${textOf(expression.whenFalse)})`
    case 'known':
      return `known(${textOf(expression.operand)})`
    case 'oneOf':
      return `${textOf(expression.needle)} in [${list(expression.elements)}]`
    case 'elementOf':
      return `${textOf(expression.needle)} in ${textOf(expression.list)}`
    case 'operation':
      return `${expression.operation}${expression.scale || ''}(${list(expression.operands)})`
    case 'aggregate':
      return `${textOf(expression.list)}.${expression.aggregate}(${textOf(expression.body)})`
    case 'size':
      return `${textOf(expression.list)}.size()`
    case 'filter':
      return `${textOf(expression.list)}.filter(${textOf(expression.body)})`
  }
}
