import type { FactExpression, ListFactExpression } from '../expression.ts'
import type { FactValue, FactValues } from '../fact-values.ts'
import { factAt, isRecord } from '../read-facts.ts'

/** Reads one value of what a rule was given. */
export type Read = () => FactValue | undefined

/**
 * What a compiled rule reads while it runs. One frame serves all runs, for they never meet: a run ends before it
 * returns. Records are found once a run, or once an element, so that a part of a rule follows no path.
 */
export class Frame {
  on = ''
  readonly given = new Scope()
  readonly #open: Scope[] = [this.given]

  /** The scope that the elements of a list would be read in. */
  get depth(): number {
    return this.#open.length
  }

  /** Compiles what reads the elements of a list; the scope tells them which element it is. */
  within<Compiled>(compile: () => Compiled): { readonly compiled: Compiled; readonly enter: Enter } {
    const scope = new Scope()
    this.#open.push(scope)
    const compiled = compile()
    this.#open.pop()
    return { compiled, enter: scope.entrance() }
  }

  /** Gives what reads a fact or a list. */
  reader({ scope, path }: FactExpression | ListFactExpression): Read {
    const open = this.#open[scope]
    const name = path.at(-1)
    if (open === undefined) return () => null
    if (name === undefined) return () => open.item
    const cell = open.cellOf(path.slice(0, -1))
    if (name in Object.prototype) return () => (Object.hasOwn(cell.record, name) ? cell.record[name] : null)
    return () => cell.record[name]
  }
}

/** Makes a value the one that is read in a scope. */
export type Enter = (value: FactValue | undefined) => void

interface Cell {
  readonly path: readonly string[]
  record: FactValues
}

const nothing: FactValues = Object.freeze(Object.create(null))

class Scope {
  item: FactValue = null
  readonly #cells: Cell[] = []

  cellOf(path: readonly string[]): Cell {
    const found = this.#cells.find((cell) => cell.path.join('.') === path.join('.'))
    if (found !== undefined) return found
    const cell = { path, record: nothing }
    this.#cells.push(cell)
    return cell
  }

  entrance(): Enter {
    const cells = this.#cells
    const [first] = cells
    if (first === undefined)
      return (value) => {
        this.item = value ?? null
      }
    if (cells.length === 1 && first.path.length === 0)
      return (value) => {
        first.record = isRecord(value) ? value : nothing
      }
    return (value) => {
      for (const cell of cells) {
        const record = factAt(value, cell.path)
        cell.record = isRecord(record) ? record : nothing
      }
    }
  }
}
