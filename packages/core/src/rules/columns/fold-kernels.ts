import { inRange, totalOfHalves } from '../numbers.ts'
import { listStates } from './layout.ts'

/** The elements of each index: those from `offsets[i]` up to `offsets[i + 1]`, and how much of the list is known. */
export interface Elements {
  readonly length: number
  readonly offsets: Int32Array
  readonly states: Uint8Array
}

/**
 * Whether a filter can place every element of a list that is all known: only then is there anything to fold over
 * (semantics 3). Without a filter that is whether the list is complete.
 */
export function wholes(out: Uint8Array, { length, offsets, states }: Elements, admits?: Uint8Array): void {
  for (let index = 0; index < length; index += 1) {
    let isWhole = states[index] === listStates.complete
    if (isWhole && admits !== undefined) {
      const end = offsets[index + 1] ?? 0
      for (let element = offsets[index] ?? 0; element < end; element += 1)
        if (admits[element] === 1) isWhole = false
    }
    out[index] = isWhole ? 3 : 0
  }
}

/** Rows whose truth is the settling one: what comes out of them means nothing. */
export interface Closed {
  readonly truths: Uint8Array
  readonly settling: 0 | 3
}

/** What limits a fold: the elements that filters let pass, and the rows that count. */
interface Limits {
  readonly admits: Uint8Array | undefined
  readonly closed: Closed | undefined
}

/** Kleene OR over the elements: a truth of an element that a filter leaves out counts as false. */
export function exists(
  out: Uint8Array,
  { length, offsets, states }: Elements,
  body: Uint8Array,
  { admits, closed }: Limits,
): void {
  const rows = closed?.truths ?? states
  const settling = closed?.settling
  let start = offsets[0] ?? 0
  for (let index = 0; index < length; index += 1) {
    const end = offsets[index + 1] ?? 0
    if (rows[index] === settling) start = end
    let outcome = 0
    if (admits === undefined)
      for (let element = start; element < end; element += 1) outcome |= body[element] ?? 1
    else
      for (let element = start; element < end; element += 1)
        if (admits[element] === 3) outcome |= body[element] ?? 1
    out[index] = states[index] === listStates.complete ? outcome : outcome | 1
    start = end
  }
}

/** Kleene AND over the elements: a truth of an element that a filter leaves out counts as true. */
export function all(
  out: Uint8Array,
  { length, offsets, states }: Elements,
  body: Uint8Array,
  { admits, closed }: Limits,
): void {
  const rows = closed?.truths ?? states
  const settling = closed?.settling
  let start = offsets[0] ?? 0
  for (let index = 0; index < length; index += 1) {
    const end = offsets[index + 1] ?? 0
    if (rows[index] === settling) start = end
    let outcome = 3
    if (admits === undefined)
      for (let element = start; element < end; element += 1) outcome &= body[element] ?? 1
    else
      for (let element = start; element < end; element += 1)
        if (admits[element] === 3) outcome &= body[element] ?? 1
    out[index] = states[index] === listStates.complete ? outcome : outcome & 1
    start = end
  }
}

/** The exact total: in one go while it stays in the range, otherwise in halves. */
export function sum(
  out: Float64Array,
  { length, offsets }: Elements,
  body: Float64Array,
  admits?: Uint8Array,
): void {
  for (let index = 0; index < length; index += 1) {
    const end = offsets[index + 1] ?? 0
    let total = 0
    for (let element = offsets[index] ?? 0; element < end; element += 1)
      if (admits === undefined || admits[element] === 3)
        total = inRange(total + (body[element] ?? Number.NaN))
    out[index] = Number.isNaN(total) ? halves(offsets[index] ?? 0, end, body, admits) : total
  }
}

function halves(start: number, end: number, body: Float64Array, admits: Uint8Array | undefined): number {
  let high = 0
  let low = 0
  for (let element = start; element < end; element += 1) {
    if (admits !== undefined && admits[element] !== 3) continue
    const term = body[element] ?? Number.NaN
    const part = Math.floor(term / 0x400_0000)
    high += part
    low += term - part * 0x400_0000
  }
  return totalOfHalves(high, low)
}

/** The least or the greatest; of nothing it is NaN. */
export function extreme(
  out: Float64Array,
  { length, offsets }: Elements,
  body: Float64Array,
  isLeast: boolean,
  admits?: Uint8Array,
): void {
  const none = isLeast ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  for (let index = 0; index < length; index += 1) {
    const end = offsets[index + 1] ?? 0
    let outcome = none
    for (let element = offsets[index] ?? 0; element < end; element += 1) {
      if (admits !== undefined && admits[element] !== 3) continue
      const term = body[element] ?? Number.NaN
      outcome = isLeast ? Math.min(outcome, term) : Math.max(outcome, term)
    }
    out[index] = outcome === none ? Number.NaN : outcome
  }
}

/** How many elements there are. */
export function sizes(out: Float64Array, { length, offsets }: Elements, admits?: Uint8Array): void {
  for (let index = 0; index < length; index += 1) {
    const start = offsets[index] ?? 0
    const end = offsets[index + 1] ?? 0
    let size = end - start
    if (admits !== undefined)
      for (let element = start; element < end; element += 1) if (admits[element] !== 3) size -= 1
    out[index] = size
  }
}
