import type { ScalarType } from '../expression.ts'
import { factNumberMax } from '../fact-types.ts'
import { once, type Writing } from './emission.ts'
import { bound, type Fragment, knownIf, raw, sql } from './fragment.ts'

const max = raw(String(factNumberMax))
const outside = raw(String(factNumberMax + 1))

/** A truth value. */
export function truth({ dialect }: Writing, value: boolean): Fragment {
  return knownIf(true, raw(dialect === 'sqlite' ? String(Number(value)) : String(value)))
}

/** A whole number, of which PostgreSQL must be told that it has 64 bits. */
export function whole({ dialect }: Writing, value: number): Fragment {
  // Adding 0 turns -0 into 0.
  const text = value < 0 ? `(${value})` : String(value + 0)
  return knownIf(true, raw(dialect === 'sqlite' ? text : `${text}::bigint`))
}

/** A constant of a type; null is unknown. */
export function constant(at: Writing, value: boolean | number | string): Fragment {
  if (typeof value === 'boolean') return truth(at, value)
  return typeof value === 'number' ? whole(at, value) : bound(value)
}

/** Unknown, of a type. */
export function unknown({ dialect }: Writing, { kind }: ScalarType): Fragment {
  if (dialect === 'sqlite') return raw('NULL')
  const types = { bool: 'boolean', number: 'bigint', money: 'bigint' } as const
  return raw(`NULL::${kind === 'bool' || kind === 'number' || kind === 'money' ? types[kind] : 'text'}`)
}

/** A number, or NULL where it is outside ±(2^53 − 1). PostgreSQL may be given any type of number. */
export function inRange(at: Writing, number: Fragment, wide = false): Fragment {
  if (number.weight <= 5 && !wide) {
    return sql`CASE WHEN ${number} BETWEEN -${max} AND ${max} THEN ${number} END`
  }
  if (at.dialect === 'sqlite') {
    return sql`nullif(nullif(min(max(${number}, -${outside}), ${outside}), -${outside}), ${outside})`
  }
  const clamped = sql`nullif(nullif(least(greatest(${number}, -${outside}), ${outside}), -${outside}), ${outside})`
  return wide ? sql`${clamped}::bigint` : clamped
}

/**
 * A text, or NULL where it is no date that exists. PostgreSQL has no total way to ask for it that does not depend on
 * settings, so the leap years stand in a regular expression.
 */
export function existingDate(at: Writing, text: Fragment): Fragment {
  return once(at, [text], (given = text) => {
    const exists =
      at.dialect === 'sqlite'
        ? sql`date(${given}) = ${given} AND ${given} >= '0001'`
        : sql`${given} ~ ${raw(`'${dateForm}'`)}`
    // Looking for a date costs so much that it is never done twice.
    return { ...sql`CASE WHEN ${exists} THEN ${given} END`, weight: 10 }
  })
}

const digit = '[0-9]'
const leapYear = `(${digit}{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)`
const days31 = `(0[13578]|1[02])-(0[1-9]|[12]${digit}|3[01])`
const days30 = `(0[469]|11)-(0[1-9]|[12]${digit}|30)`
const days28 = `02-(0[1-9]|1${digit}|2[0-8])`
const dateForm = `^(?!0000)(${leapYear}-02-29|${digit}{4}-(${days31}|${days30}|${days28}))$`
