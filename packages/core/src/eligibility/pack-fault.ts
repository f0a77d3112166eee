import type { RuleFault } from '../rules/index.ts'

/** Where a part of a pack stands: names and positions from its outermost value. */
export type PackPath = readonly (string | number)[]

/** A place in a file, both counted from 1. */
export interface Place {
  readonly line: number
  readonly column: number
}

/**
 * Tells where in its file a part of a pack stands, and a character of a text in it; undefined where it cannot tell.
 * Who reads the file knows.
 */
export type PlaceOf = (path: PackPath, offset?: number) => Place | undefined

/** A fault of a pack: where it is, what is wrong, and in a rule also which part of its text. */
export interface PackFault {
  readonly code: string
  readonly path: PackPath
  /** English, for who writes the pack. */
  readonly message: string
  readonly hint?: string
  readonly place?: Place
  /** Of a rule's text: offsets within it. */
  readonly span?: { readonly start: number; readonly end: number }
}

/** Collects the faults of a pack, each once. */
export class PackFaults {
  readonly #faults = new Map<string, PackFault>()
  readonly #placeOf: PlaceOf

  constructor(placeOf: PlaceOf = () => undefined) {
    this.#placeOf = placeOf
  }

  get list(): readonly PackFault[] {
    return [...this.#faults.values()]
  }

  add(code: string, path: PackPath, message: string): void {
    this.#keep({ code, path, message, ...placed(this.#placeOf(path)) })
  }

  /** A fault of the rule whose text stands at a path. The same rule is compiled once for each set of parameters. */
  addOfRule(path: PackPath, { code, message, hint, start, end }: RuleFault): void {
    const place = placed(this.#placeOf(path, start))
    this.#keep({ code, path, message, ...(hint !== undefined && { hint }), ...place, span: { start, end } })
  }

  /** Takes over the faults of another collection. */
  take(others: PackFaults): void {
    for (const fault of others.list) this.#keep(fault)
  }

  #keep(fault: PackFault): void {
    const key = JSON.stringify([fault.path, fault.code, fault.span?.start, fault.message])
    if (!this.#faults.has(key)) this.#faults.set(key, fault)
  }
}

function placed(place: Place | undefined): { readonly place?: Place } {
  return place === undefined ? {} : { place }
}
