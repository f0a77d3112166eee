import type { Expression } from '../expression.ts'
import { isRecord } from '../read-facts.ts'
import type { FactValue } from '../fact-values.ts'
import type { Kleene, Truth } from './compiler.ts'
import type { Frame, Place } from './frame.ts'

/**
 * The commonest questions of all: whether a number lies within bounds, both included, or whether a flag is set. They
 * are asked in one function, also of every element of a list, for calls cost more than what is asked.
 */
export type Probe =
  | ({ readonly kind: 'within'; readonly least: number; readonly most: number } & Place)
  | ({ readonly kind: 'flag' } & Place)

/** A part as a probe, where it is one. */
export function probeOf(frame: Frame, part: Expression): Probe | undefined {
  if (part.kind === 'fact') {
    const place = part.type.kind === 'bool' ? frame.plainPlaceOf(part) : undefined
    return place === undefined ? undefined : { kind: 'flag', ...place }
  }
  if (part.kind !== 'operation') return undefined
  const [fact, constant] = part.operands
  if (fact?.kind !== 'fact' || fact.guarded || constant === undefined) return undefined
  if (constant.kind !== 'literal' && constant.kind !== 'parameter') return undefined
  const { value } = constant
  const place = typeof value === 'number' ? frame.plainPlaceOf(fact) : undefined
  if (typeof value !== 'number' || place === undefined) return undefined
  const [all, none] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  // All numbers are whole, so that below n is at most n - 1; a literal is in range, so that this is exact.
  switch (part.operation) {
    case 'less':
      return { kind: 'within', least: none, most: value - 1, ...place }
    case 'lessOrEqual':
      return { kind: 'within', least: none, most: value, ...place }
    case 'greater':
      return { kind: 'within', least: value + 1, most: all, ...place }
    case 'greaterOrEqual':
      return { kind: 'within', least: value, most: all, ...place }
    case 'equal':
      return { kind: 'within', least: value, most: value, ...place }
    default:
      return undefined
  }
}

/** Asks it of the record at hand. */
export function ask(probe: Probe): Truth {
  const { cell, name } = probe
  if (probe.kind === 'flag')
    return () => {
      const value = cell.record[name]
      return value === true ? 2 : value === false ? 0 : 1
    }
  const { least, most } = probe
  return () => {
    const value = cell.record[name]
    return typeof value === 'number' ? (value >= least && value <= most ? 2 : 0) : 1
  }
}

/** OR, where 2 settles it, or AND, where 0 does, of the answers of all elements. */
export function askEach(probe: Probe, settling: 0 | 2): (items: readonly FactValue[]) => Kleene {
  const { name } = probe
  const start: Kleene = settling === 2 ? 0 : 2
  if (probe.kind === 'flag') {
    const settles = settling === 2
    return (items) => {
      let outcome: Kleene = start
      for (let index = 0; index < items.length; index += 1) {
        const item = items[index]
        const value = isRecord(item) ? item[name] : null
        if (value === settles) return settling
        if (typeof value !== 'boolean') outcome = 1
      }
      return outcome
    }
  }
  const { least, most } = probe
  const settles = settling === 2
  return (items) => {
    let outcome: Kleene = start
    for (let index = 0; index < items.length; index += 1) {
      const item = items[index]
      const value = isRecord(item) ? item[name] : null
      if (typeof value !== 'number') outcome = 1
      else if ((value >= least && value <= most) === settles) return settling
    }
    return outcome
  }
}
