/** A kernel fills `out` from its operands, index by index. Truths are 0 false, 1 unknown, 3 true; NaN is unknown. */
type FromNumbers = (out: Uint8Array, a: Float64Array, b: Float64Array, length: number) => void
type FromNumber = (out: Uint8Array, a: Float64Array, b: number, length: number) => void
type FromTruths = (out: Uint8Array, a: Uint8Array, b: Uint8Array, length: number) => void

/**
 * The comparisons of two columns: 1 and 2 more where they hold, 1 less where the contrary does; neither does of NaN.
 * There is no branch in them, for none could be foretold. Each has a loop of its own, so that each is compiled for itself.
 */
export const comparisons: Readonly<Record<'less' | 'lessOrEqual' | 'equal' | 'notEqual', FromNumbers>> = {
  less(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      const right = b[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left < right) - +(left >= right)
    }
  },
  lessOrEqual(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      const right = b[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left <= right) - +(left > right)
    }
  },
  equal(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      const right = b[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left === right) - +(left < right) - +(left > right)
    }
  },
  notEqual(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      const right = b[index] ?? Number.NaN
      out[index] = 1 + 2 * (+(left < right) + +(left > right)) - +(left === right)
    }
  },
}

/** The comparisons of a column with one number. */
export const constantComparisons: Readonly<
  Record<'less' | 'lessOrEqual' | 'greater' | 'greaterOrEqual' | 'equal' | 'notEqual', FromNumber>
> = {
  less(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left < b) - +(left >= b)
    }
  },
  lessOrEqual(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left <= b) - +(left > b)
    }
  },
  greater(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left > b) - +(left <= b)
    }
  },
  greaterOrEqual(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left >= b) - +(left < b)
    }
  },
  equal(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * +(left === b) - +(left < b) - +(left > b)
    }
  },
  notEqual(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? Number.NaN
      out[index] = 1 + 2 * (+(left < b) + +(left > b)) - +(left === b)
    }
  },
}

/** What is made of two truths. */
export const truthKernels: Readonly<Record<'and' | 'or' | 'same' | 'notSame', FromTruths>> = {
  and(out, a, b, length) {
    for (let index = 0; index < length; index += 1) out[index] = (a[index] ?? 1) & (b[index] ?? 1)
  },
  or(out, a, b, length) {
    for (let index = 0; index < length; index += 1) out[index] = (a[index] ?? 1) | (b[index] ?? 1)
  },
  same(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? 1
      const right = b[index] ?? 1
      out[index] = left === 1 || right === 1 ? 1 : left === right ? 3 : 0
    }
  },
  notSame(out, a, b, length) {
    for (let index = 0; index < length; index += 1) {
      const left = a[index] ?? 1
      const right = b[index] ?? 1
      out[index] = left === 1 || right === 1 ? 1 : left === right ? 0 : 3
    }
  },
}

/** What is made of one truth. */
export const truthOfTruth = {
  not(out: Uint8Array, a: Uint8Array, length: number): void {
    for (let index = 0; index < length; index += 1) {
      const value = a[index] ?? 1
      out[index] = value === 1 ? 1 : 3 - value
    }
  },
  /** From bits to what counts upwards from false to true: 0, 1, 2. */
  toOutcome(out: Uint8Array, a: Uint8Array, length: number): void {
    for (let index = 0; index < length; index += 1) {
      const value = a[index] ?? 1
      out[index] = value - (value >> 1)
    }
  },
  knownTruth(out: Uint8Array, a: Uint8Array, length: number): void {
    for (let index = 0; index < length; index += 1) out[index] = a[index] === 1 ? 0 : 3
  },
} as const

/** Whether numbers are known. */
export function knownNumbers(out: Uint8Array, a: Float64Array, length: number): void {
  for (let index = 0; index < length; index += 1) out[index] = Number.isNaN(a[index]) ? 0 : 3
}

/** A conditional of truths (semantics 4). */
export function chooseTruths(
  out: Uint8Array,
  condition: Uint8Array,
  whenTrue: Uint8Array,
  whenFalse: Uint8Array,
  length: number,
): void {
  for (let index = 0; index < length; index += 1) {
    const asked = condition[index] ?? 1
    const either = whenTrue[index] ?? 1
    const or = whenFalse[index] ?? 1
    out[index] = asked === 3 ? either : asked === 0 ? or : either === or ? either : 1
  }
}
