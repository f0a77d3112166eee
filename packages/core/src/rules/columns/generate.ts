import { arraysOf, type ColumnArray, type GroupPlaces, listPlacesAt, placesAt, placesOf } from './arrays.ts'
import type { Block, ColumnNode, FoldNode } from './column-node.ts'
import { type Guard, type Guards, guardsOf } from './guards.ts'
import { helpers } from './helpers.ts'
import { listStates } from './layout.ts'
import { bodiesOf, neededIn, phasesOf } from './needed.ts'
import type { ColumnRun, Outcomes } from './run.ts'
import { strictCode } from './strict-code.ts'
import type { TextCodes } from './text-codes.ts'

type Generated = (
  rows: number,
  arrays: readonly ColumnArray[],
  codes: readonly number[],
  on: number,
  outcomes: readonly Outcomes[],
  texts: TextCodes,
  called: typeof helpers,
) => void

/**
 * One loop over the rows for some rules, made as code. What stands in it comes from the kinds of nodes, from numbers
 * and from positions, never from a name or a text of a rule.
 */
export function generateRun(rows: Block, roots: readonly ColumnNode[]): ColumnRun {
  const writer = new Writer(placesOf(rows.plan), guardsOf(roots))
  writer.block(rows, roots)
  for (const [index, root] of roots.entries()) {
    // From bits to what counts upwards from false to true.
    const value = root.holds === 'truth' ? `v${root.id} - (v${root.id} >> 1)` : `v${root.id}`
    writer.add(`o${index}[i0] = ${value}`)
  }
  const code = [
    '"use strict"',
    ...Array.from({ length: writer.arrays }, (_, index) => `const a${index} = arrays[${index}]`),
    ...writer.texts.map((_, index) => `const t${index} = codes[${index}]`),
    ...roots.map((_, index) => `const o${index} = outcomes[${index}]`),
    `const { ${Object.keys(helpers).join(', ')} } = called`,
    'for (let i0 = 0; i0 < rows; i0 += 1) {',
    ...writer.lines,
    '}',
  ].join('\n')
  // The text is ours: see above. Where a content security policy forbids it, composed kernels are used instead.
  const run = new Function('rows', 'arrays', 'codes', 'on', 'outcomes', 'texts', 'called', code) as Generated
  return (columns, on, outcomes) => {
    const codes = writer.texts.map((text) => columns.texts.codeOf(text))
    run(columns.rows, arraysOf(columns), codes, on, outcomes, columns.texts, helpers)
  }
}

class Writer {
  readonly lines: string[] = []
  /** Texts that stand in the rules, by the position of their code among the arguments. */
  readonly texts: string[] = []
  arrays = 0
  readonly #places: GroupPlaces
  readonly #guards: Guards

  constructor(places: GroupPlaces, guards: Guards) {
    this.#places = places
    this.#guards = guards
  }

  add(line: string): void {
    this.lines.push(line)
  }

  /** Writes all nodes of a block that the targets rest on. */
  block(block: Block, targets: readonly (ColumnNode | undefined)[]): void {
    for (const { folds, others } of phasesOf(neededIn(block, targets))) {
      for (const [over, together] of folds) this.#loop(over, together)
      for (const node of others) this.add(`const v${node.id} = ${this.#value(node)}`)
    }
  }

  #loop(over: Block, folds: readonly FoldNode[]): void {
    const source = over.source ?? over
    const { offsets, states } = listPlacesAt(source, over.list, this.#places)
    const at = `i${source.id}`
    for (const fold of folds) {
      this.add(`let s${fold.id} = ${starts[fold.name]}`)
      if (fold.name === 'sum' && fold.isGuarded) this.add(`let h${fold.id} = 0`)
      if (fold.admits !== undefined) this.add(`let u${fold.id} = 0`)
    }
    // Where none of their values counts the elements need no look, and what comes out means nothing.
    const ways = folds.map((fold) => this.#guards.get(fold))
    if (ways.every((each) => each !== undefined)) this.add(`if (${anyOpen(ways.flat())})`)
    this.add(`for (let i${over.id} = ${this.#array(offsets)}[${at}], n${over.id} = a${offsets}[${at} + 1];`)
    this.add(`i${over.id} < n${over.id}; i${over.id} += 1) {`)
    this.block(over, bodiesOf(folds))
    for (const fold of folds) this.#step(fold)
    this.add('}')
    const state = `${this.#array(states)}[${at}]`
    for (const fold of folds) this.add(`const v${fold.id} = ${this.#end(fold, state)}`)
  }

  #step({ id, name, body, admits, isGuarded }: FoldNode): void {
    const value = body === undefined ? '1' : `v${body.id}`
    let step = ''
    if (name === 'exists') step = `s${id} |= ${value}`
    else if (name === 'all') step = `s${id} &= ${value}`
    else if (name === 'min' || name === 'max') step = `s${id} = Math.${name}(s${id}, ${value})`
    else if (name === 'sum' && isGuarded)
      // In halves, so that no step on the way is rounded.
      step = `const q${id} = Math.floor(${value} / 67108864); h${id} += q${id}; s${id} += ${value} - q${id} * 67108864`
    else if (name !== 'whole') step = `s${id} += ${value}`
    if (admits === undefined) this.add(step)
    else this.add(`if (v${admits.id} === 3) { ${step} } else if (v${admits.id} === 1) u${id} = 1`)
  }

  #end({ id, name, admits, isGuarded }: FoldNode, state: string): string {
    const isWhole = `${state} === ${listStates.complete}${admits === undefined ? '' : ` && u${id} === 0`}`
    switch (name) {
      case 'exists':
        return admits === undefined ? `s${id} | (${isWhole} ? 0 : 1)` : `${isWhole} ? s${id} : 1`
      case 'all':
        return admits === undefined ? `s${id} & (${isWhole} ? 3 : 1)` : `${isWhole} ? s${id} : 1`
      case 'min':
      case 'max':
        return `${isWhole} && s${id} - s${id} === 0 ? s${id} : NaN`
      case 'whole':
        return `${isWhole} ? 3 : 0`
      case 'sum':
        return isGuarded ? `${isWhole} ? totalOfHalves(h${id}, s${id}) : NaN` : `${isWhole} ? s${id} : NaN`
      default:
        return `${isWhole} ? s${id} : NaN`
    }
  }

  #value(node: Exclude<ColumnNode, FoldNode>): string {
    switch (node.kind) {
      case 'constant':
        return numeral(node.value)
      case 'text':
        this.texts.push(node.text)
        return `t${this.texts.length - 1}`
      case 'on':
        return 'on'
      case 'column': {
        const place = placesAt(node.block, this.#places).facts[node.column] ?? -1
        return `${this.#array(place)}[i${node.block.id}]`
      }
      case 'strict':
        return strictCode(
          node,
          node.operands.map(({ id }) => `v${id}`),
        )
      default:
        return unreachable(node)
    }
  }

  #array(place: number): string {
    this.arrays = Math.max(this.arrays, place + 1)
    return `a${place}`
  }
}

function anyOpen(ways: readonly (readonly Guard[])[]): string {
  const texts = ways.map((way) => way.map(({ by, settling }) => `v${by.id} !== ${settling}`).join(' && '))
  return [...new Set(texts)].join(' || ')
}

function unreachable(node: never): never {
  return node
}

const starts = {
  exists: '0',
  all: '3',
  sum: '0',
  min: 'Infinity',
  max: '-Infinity',
  size: '0',
  whole: '0',
} as const

function numeral(value: number): string {
  return Number.isNaN(value) ? 'NaN' : `(${value})`
}
