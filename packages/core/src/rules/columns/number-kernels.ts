import { divide, inRange, remainder } from '../numbers.ts'
import { ageBetween, monthsBetweenNumbers } from './date-number.ts'

type Kernel = (out: Float64Array, a: Float64Array, b: Float64Array, length: number, scale: number) => void

/** What is made of two numbers, checked where the result may leave its range. */
export const numberKernels: Readonly<
  Record<'add' | 'subtract' | 'multiply' | 'remainder' | 'divide' | 'age' | 'monthsBetween', Kernel>
> = {
  add(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = inRange((a[index] ?? Number.NaN) + (b[index] ?? Number.NaN))
  },
  subtract(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = inRange((a[index] ?? Number.NaN) - (b[index] ?? Number.NaN))
  },
  multiply(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = inRange((a[index] ?? Number.NaN) * (b[index] ?? Number.NaN))
  },
  remainder(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = remainder(a[index] ?? Number.NaN, b[index] ?? Number.NaN)
  },
  divide(out, a, b, length, scale) {
    for (let index = 0; index < length; index += 1)
      out[index] = divide(a[index] ?? Number.NaN, b[index] ?? Number.NaN, scale)
  },
  age(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = ageBetween(a[index] ?? Number.NaN, b[index] ?? Number.NaN)
  },
  monthsBetween(out, a, b, length) {
    for (let index = 0; index < length; index += 1)
      out[index] = monthsBetweenNumbers(a[index] ?? Number.NaN, b[index] ?? Number.NaN)
  },
}

/** A conditional of numbers (semantics 4). */
export function chooseNumbers(
  out: Float64Array,
  condition: Uint8Array,
  whenTrue: Float64Array,
  whenFalse: Float64Array,
  length: number,
): void {
  for (let index = 0; index < length; index += 1) {
    const asked = condition[index] ?? 1
    const either = whenTrue[index] ?? Number.NaN
    const or = whenFalse[index] ?? Number.NaN
    out[index] = asked === 3 ? either : asked === 0 ? or : either === or ? either : Number.NaN
  }
}
