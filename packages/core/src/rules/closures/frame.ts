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
  within<Compiled>(compile: () => Compiled): Within<Compiled> {
    const scope = new Scope()
    this.#open.push(scope)
    const compiled = compile()
    this.#open.pop()
    return { compiled, enter: scope.entrance(), only: scope.only() }
  }

  /** Gives what reads a fact or a list. */
  reader(fact: FactExpression | ListFactExpression): Read {
    const place = this.placeOf(fact)
    if (place === undefined) {
      const open = this.#open[fact.scope]
      return () => open?.item
    }
    const { cell, name } = place
    if (isInherited(name)) return () => (Object.hasOwn(cell.record, name) ? cell.record[name] : null)
    return () => cell.record[name]
  }

  /** Where a fact will be found by its name; undefined where it is itself the element of a list. */
  placeOf({ scope, path }: FactExpression | ListFactExpression): Place | undefined {
    const name = path.at(-1)
    const open = this.#open[scope]
    return name === undefined || open === undefined
      ? undefined
      : { cell: open.cellOf(path.slice(0, -1)), name }
  }

  /** As {@link Frame.placeOf}, where reading the name gives nothing but facts: no object inherits it. */
  plainPlaceOf(fact: FactExpression): Place | undefined {
    const place = this.placeOf(fact)
    return place === undefined || isInherited(place.name) ? undefined : place
  }
}

/** Whether every object has a property of this name, so that having it says nothing of a fact. */
export function isInherited(name: string): boolean {
  return name in Object.prototype
}

/** A record that is found anew for each run or element, and the name of a fact in it. */
export interface Place {
  readonly cell: Cell
  readonly name: string
}

/** Holds the record at one path of a scope. */
export interface Cell {
  readonly path: readonly string[]
  record: FactValues
}

/** Makes a value the one that is read in a scope. */
export type Enter = (value: FactValue | undefined) => void

/** What reads the elements of a list, and how one becomes the element that it reads. */
export interface Within<Compiled> {
  readonly compiled: Compiled
  readonly enter: Enter
  /** Where nothing but the element itself is read, where it stands: it may be put there without a call. */
  readonly only: Cell | undefined
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

  /** The cell that holds all that is read of this scope; undefined where there is another, or a longer path. */
  only(length = 0): Cell | undefined {
    const [first] = this.#cells
    return this.#cells.length === 1 && first?.path.length === length ? first : undefined
  }

  entrance(): Enter {
    const cells = this.#cells
    const [first] = cells
    if (first === undefined)
      return (value) => {
        this.item = value ?? null
      }
    const [name] = first.path
    if (cells.length > 1 || first.path.length > 1 || (name !== undefined && isInherited(name)))
      return (value) => {
        for (const cell of cells) cell.record = recordOf(factAt(value, cell.path))
      }
    if (name === undefined)
      return (value) => {
        first.record = recordOf(value)
      }
    return (value) => {
      first.record = isRecord(value) ? recordOf(value[name]) : nothing
    }
  }
}

/** A value as a record; one without facts where it is none. */
export function recordOf(value: FactValue | undefined): FactValues {
  return isRecord(value) ? value : nothing
}
