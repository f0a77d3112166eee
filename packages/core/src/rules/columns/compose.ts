import type { Block, ColumnNode, FoldNode } from './column-node.ts'
import { type Domain, elementDomain, indexesIn, rowDomain } from './domain.ts'
import { all, type Closed, exists, extreme, sizes, sum, wholes } from './fold-kernels.ts'
import { type Guards, guardsOf } from './guards.ts'
import { helpers } from './helpers.ts'
import type { Columns } from './layout.ts'
import { chooseNumbers, numberKernels } from './number-kernels.ts'
import type { ColumnRun } from './run.ts'
import {
  chooseTruths,
  comparisons,
  constantComparisons,
  knownNumbers,
  truthKernels,
  truthOfTruth,
} from './truth-kernels.ts'

type Strict = Extract<ColumnNode, { readonly kind: 'strict' }>

/** One kernel a node, each a loop over a column, so that no code is made from text. */
export function composeRun(rows: Block, roots: readonly ColumnNode[]): ColumnRun {
  const kept = { buffers: new Buffers(), guards: guardsOf(roots) }
  return (columns, on, outcomes) => {
    const composition = new Composition(rows, columns, on, kept)
    roots.forEach((root, index) => {
      const out = outcomes[index]
      if (out instanceof Float64Array) out.set(composition.numbers(root, composition.rows))
      else if (out !== undefined)
        truthOfTruth.toOutcome(out, composition.truths(root, composition.rows), columns.rows)
    })
  }
}

/** What serves every run. */
interface Kept {
  readonly buffers: Buffers
  readonly guards: Guards
}

/** One number for the values of a node in a domain; far fewer blocks than that fit into a rule. */
function keyOf(node: ColumnNode, domain: Domain): number {
  return node.id * 0x1_0000 + domain.block.id
}

/** Arrays for the values of nodes, kept from one run to the next. */
class Buffers {
  readonly #truths = new Map<number, Uint8Array>()
  readonly #numbers = new Map<number, Float64Array>()

  truths(key: number, length: number): Uint8Array {
    const kept = this.#truths.get(key)
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length)
    const made = new Uint8Array(length)
    this.#truths.set(key, made)
    return made
  }

  numbers(key: number, length: number): Float64Array {
    const kept = this.#numbers.get(key)
    if (kept !== undefined && kept.length >= length) return kept.subarray(0, length)
    const made = new Float64Array(length)
    this.#numbers.set(key, made)
    return made
  }
}

/** The values of nodes for the columns at hand, computed when first asked for. */
class Composition {
  readonly rows: Domain
  readonly #on: number
  readonly #columns: Columns
  readonly #buffers: Buffers
  readonly #guards: Guards
  readonly #domains = new Map<Block, Domain>()
  readonly #truths = new Map<number, Uint8Array>()
  readonly #numbers = new Map<number, Float64Array>()

  constructor(rows: Block, columns: Columns, on: number, { buffers, guards }: Kept) {
    this.rows = rowDomain(rows, columns)
    this.#domains.set(rows, this.rows)
    this.#columns = columns
    this.#on = on
    this.#buffers = buffers
    this.#guards = guards
  }

  truths(node: ColumnNode, domain: Domain): Uint8Array {
    const key = keyOf(node, domain)
    const found = this.#truths.get(key)
    if (found !== undefined) return found
    const own = this.#domainOf(node.block)
    const values =
      own === domain
        ? this.#computeTruths(node, domain, this.#buffers.truths(key, domain.length))
        : spread(this.truths(node, own), own, domain, this.#buffers.truths(key, domain.length))
    this.#truths.set(key, values)
    return values
  }

  numbers(node: ColumnNode, domain: Domain): Float64Array {
    const key = keyOf(node, domain)
    const found = this.#numbers.get(key)
    if (found !== undefined) return found
    const own = this.#domainOf(node.block)
    const values =
      own === domain || node.kind === 'constant' || node.kind === 'on' || node.kind === 'text'
        ? this.#computeNumbers(node, domain, this.#buffers.numbers(key, domain.length))
        : spread(this.numbers(node, own), own, domain, this.#buffers.numbers(key, domain.length))
    this.#numbers.set(key, values)
    return values
  }

  #domainOf(block: Block): Domain {
    const found = this.#domains.get(block)
    if (found !== undefined) return found
    const parent = block.parent === undefined ? this.rows : this.#domainOf(block.parent)
    const domain = elementDomain(block, parent)
    this.#domains.set(block, domain)
    return domain
  }

  #computeTruths(node: ColumnNode, domain: Domain, out: Uint8Array): Uint8Array {
    switch (node.kind) {
      case 'constant':
        return out.fill(node.value)
      case 'column': {
        const column = domain.group.facts[node.column]
        if (column?.kind !== 'truth') return out.fill(1)
        return domain.positions === undefined ? column.values : pick(column.values, domain.positions, out)
      }
      case 'strict':
        this.#strictTruths(node, domain, out)
        return out
      case 'fold':
        this.#foldTruths(node, domain, out)
        return out
      default:
        return out.fill(1)
    }
  }

  #computeNumbers(node: ColumnNode, domain: Domain, out: Float64Array): Float64Array {
    switch (node.kind) {
      case 'constant':
        return out.fill(node.value)
      case 'text':
        return out.fill(this.#columns.texts.codeOf(node.text))
      case 'on':
        return out.fill(this.#on)
      case 'column': {
        const column = domain.group.facts[node.column]
        if (column?.kind !== 'number') return out.fill(Number.NaN)
        return domain.positions === undefined ? column.values : pick(column.values, domain.positions, out)
      }
      case 'strict':
        this.#strictNumbers(node, domain, out)
        return out
      case 'fold':
        this.#foldNumbers(node, domain, out)
        return out
      default:
        return unreachable(node)
    }
  }

  #strictTruths({ name, operands }: Strict, domain: Domain, out: Uint8Array): void {
    const [a, b, c] = operands
    if (a === undefined) return
    const { length } = domain
    if (name === 'not' || name === 'knownTruth')
      return truthOfTruth[name](out, this.truths(a, domain), length)
    if (name === 'known') return knownNumbers(out, this.numbers(a, domain), length)
    if (b === undefined) return
    switch (name) {
      case 'less':
      case 'lessOrEqual':
      case 'equal':
      case 'notEqual':
        if (b.kind === 'constant') constantComparisons[name](out, this.numbers(a, domain), b.value, length)
        else if (a.kind === 'constant')
          constantComparisons[mirrored[name]](out, this.numbers(b, domain), a.value, length)
        else comparisons[name](out, this.numbers(a, domain), this.numbers(b, domain), length)
        return
      case 'and':
      case 'or':
      case 'same':
      case 'notSame':
        return truthKernels[name](out, this.truths(a, domain), this.truths(b, domain), length)
      case 'chooseTruth':
        if (c === undefined) return
        return chooseTruths(
          out,
          this.truths(a, domain),
          this.truths(b, domain),
          this.truths(c, domain),
          length,
        )
      case 'startsWith':
      case 'endsWith':
      case 'contains': {
        const texts = this.numbers(a, domain)
        const parts = this.numbers(b, domain)
        const search = helpers[name]
        for (let index = 0; index < length; index += 1)
          out[index] = search(this.#columns.texts, texts[index] ?? Number.NaN, parts[index] ?? Number.NaN)
        return
      }
      default:
    }
  }

  #strictNumbers({ name, operands, scale }: Strict, domain: Domain, out: Float64Array): void {
    const [a, b, c] = operands
    if (a === undefined) return
    const { length } = domain
    if (name === 'length' || name === 'dateOf') {
      const texts = this.numbers(a, domain)
      const reckon = helpers[name]
      for (let index = 0; index < length; index += 1)
        out[index] = reckon(this.#columns.texts, texts[index] ?? Number.NaN)
      return
    }
    if (b === undefined) return
    switch (name) {
      case 'choose':
        if (c === undefined) return
        return chooseNumbers(
          out,
          this.truths(a, domain),
          this.numbers(b, domain),
          this.numbers(c, domain),
          length,
        )
      case 'add':
      case 'subtract':
      case 'multiply':
      case 'remainder':
      case 'divide':
      case 'age':
      case 'monthsBetween':
        return numberKernels[name](out, this.numbers(a, domain), this.numbers(b, domain), length, scale)
      default:
    }
  }

  /** Where something else settles the matter; only if that is one thing, for to ask several costs more. */
  #closedOf(fold: ColumnNode, domain: Domain): Closed | undefined {
    const [way = [], ...others] = this.#guards.get(fold) ?? []
    const guard = way.length === 1 && others.length === 0 ? way[0] : undefined
    return guard && { truths: this.truths(guard.by, domain), settling: guard.settling }
  }

  #foldTruths(fold: FoldNode, domain: Domain, out: Uint8Array): void {
    const { name, over, admits, body } = fold
    const { length } = domain
    const inner = this.#domainOf(over)
    const elements = { length, offsets: inner.offsets, states: inner.states }
    const admitted = admits === undefined ? undefined : this.truths(admits, inner)
    if (name === 'whole') return wholes(out, elements, admitted)
    if (body === undefined) return
    const truths = this.truths(body, inner)
    const closed = this.#closedOf(fold, domain)
    if (name === 'exists') exists(out, elements, truths, { admits: admitted, closed })
    else all(out, elements, truths, { admits: admitted, closed })
    if (admitted === undefined) return
    const whole = new Uint8Array(length)
    wholes(whole, elements, admitted)
    for (let index = 0; index < length; index += 1) if (whole[index] === 0) out[index] = 1
  }

  #foldNumbers({ name, over, admits, body }: FoldNode, { length }: Domain, out: Float64Array): void {
    const inner = this.#domainOf(over)
    const elements = { length, offsets: inner.offsets, states: inner.states }
    const admitted = admits === undefined ? undefined : this.truths(admits, inner)
    if (name === 'size') sizes(out, elements, admitted)
    else if (body !== undefined && name === 'sum') sum(out, elements, this.numbers(body, inner), admitted)
    else if (body !== undefined) extreme(out, elements, this.numbers(body, inner), name === 'min', admitted)
    const whole = new Uint8Array(length)
    wholes(whole, elements, admitted)
    for (let index = 0; index < length; index += 1) if (whole[index] === 0) out[index] = Number.NaN
  }
}

const mirrored = {
  less: 'greater',
  lessOrEqual: 'greaterOrEqual',
  equal: 'equal',
  notEqual: 'notEqual',
} as const

function unreachable(node: never): never {
  return node
}

/** Values of an outer block, once for each index of a block within. */
function spread<Values extends Uint8Array | Float64Array>(
  values: Values,
  around: Domain,
  domain: Domain,
  out: Values,
): Values {
  return pick(values, indexesIn(around, domain), out)
}

function pick<Values extends Uint8Array | Float64Array>(
  values: Values,
  positions: Int32Array,
  out: Values,
): Values {
  for (let index = 0; index < positions.length; index += 1) out[index] = values[positions[index] ?? 0] ?? 0
  return out
}
