import { LumbungError, normalizeText } from '../kernel/index.ts'
import { decimalScaleMax, type FactType, factNumberMax, listItemsMaxDefault } from './fact-types.ts'
import type { FactValue } from './fact-values.ts'

/**
 * A place at which facts without a schema may stand, the same for all elements of a list. Its type follows from the
 * values that stand there, and where there is none from its use: an `open` one is nothing yet.
 */
export interface Slot {
  readonly path: string
  /** How many records and lists it stands in. */
  readonly depth: number
  kind: 'open' | 'bool' | 'number' | 'text' | 'date' | 'record' | 'list'
  /** Of a number: the most digits that any value has after the point. */
  scale: number
  /** Of text: every value has the form of a date. */
  hasDateForm: boolean
  readonly fields: Map<string, Slot>
  item: Slot | undefined
}

/** A place of which nothing is known. */
export function openSlot(path: string, depth = 0): Slot {
  return { path, depth, kind: 'open', scale: 0, hasDateForm: true, fields: new Map(), item: undefined }
}

/** The place of a field, which makes an open place one of a record. */
export function fieldOf(slot: Slot, name: string): Slot | undefined {
  if (slot.kind === 'open') slot.kind = 'record'
  if (slot.kind !== 'record') return undefined
  const known = slot.fields.get(name)
  if (known !== undefined) return known
  const field = openSlot(slot.path === '' ? name : `${slot.path}.${name}`, slot.depth + 1)
  slot.fields.set(name, field)
  return field
}

/** The place of every element, which makes an open place one of a list. */
export function itemOf(slot: Slot): Slot | undefined {
  if (slot.kind === 'open') slot.kind = 'list'
  if (slot.kind !== 'list') return undefined
  slot.item ??= openSlot(`${slot.path}[]`, slot.depth + 1)
  return slot.item
}

/**
 * Takes note of a value at its place.
 *
 * @throws LumbungError `facts/mixed-types`, `facts/out-of-range`, `facts/list-too-long`, `facts/invalid`.
 */
export function noteValue(slot: Slot | undefined, value: unknown): void {
  if (slot === undefined) return
  if (slot.depth > depthMax) refuse('facts/invalid', slot, `is nested more than ${depthMax} deep.`)
  switch (typeof value) {
    case 'undefined':
      return
    case 'boolean':
      return become(slot, 'bool')
    case 'number': {
      become(slot, 'number')
      slot.scale = Math.max(slot.scale, digitsOf(slot, value).fraction.length)
      return
    }
    case 'bigint':
      return become(slot, 'number')
    case 'string':
      become(slot, 'text')
      if (!dateForm.test(value)) slot.hasDateForm = false
      return
    case 'object': {
      if (value === null) return
      const items = itemsOf(value)
      if (items === undefined) {
        become(slot, 'record')
        for (const [name, field] of Object.entries(value)) noteValue(fieldOf(slot, name), field)
        return
      }
      become(slot, 'list')
      if (items.list.length > listItemsMaxDefault) {
        refuse('facts/list-too-long', slot, `has more than ${listItemsMaxDefault} items.`)
      }
      for (const item of items.list) noteValue(itemOf(slot), item)
      return
    }
    default:
      refuse('facts/invalid', slot, 'is no value that JSON has.')
  }
}

/** No path in a rule is longer. */
const depthMax = 64

const dateForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

function become(slot: Slot, kind: Slot['kind']): void {
  if (slot.kind === 'open') slot.kind = kind
  else if (slot.kind !== kind) refuse('facts/mixed-types', slot, `is both ${slot.kind} and ${kind}.`)
}

/** The elements of a list: of an array, or of `{ items, complete }`. */
function itemsOf(
  value: object,
): { readonly list: readonly unknown[]; readonly complete: boolean } | undefined {
  if (Array.isArray(value)) return { list: value, complete: true }
  const { items, complete }: { readonly items?: unknown; readonly complete?: unknown } = value
  if (!Object.hasOwn(value, 'items') || !Array.isArray(items) || typeof complete !== 'boolean')
    return undefined
  return { list: items, complete }
}

/** The digits of a number: those of the shortest decimal that reads as the same double. */
function digitsOf(
  slot: Slot,
  value: number | bigint,
): { readonly sign: 1 | -1; readonly whole: string; readonly fraction: string } {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e-([0-9]+))?$/.exec(String(value))
  if (match === null) return refuse('facts/out-of-range', slot, 'is beyond what rules reckon with.')
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  const shift = Number(exponent)
  const digits = shift === 0 ? fraction : `${'0'.repeat(shift - 1)}${whole}${fraction}`
  if (digits.length > decimalScaleMax) {
    refuse('facts/out-of-range', slot, `has more than ${decimalScaleMax} digits after the point.`)
  }
  return { sign: sign === '-' ? -1 : 1, whole: shift === 0 ? whole : '0', fraction: digits }
}

/** The type of what stands at a place. The door has checked the numbers, and not whether dates exist. */
export function factTypeOf(slot: Slot): FactType {
  const range = { minimum: -factNumberMax, maximum: factNumberMax, promised: true, known: false }
  switch (slot.kind) {
    case 'open':
      return { kind: 'undetermined' }
    case 'bool':
    case 'text':
      return { kind: slot.kind, known: false }
    case 'date':
      return { kind: 'date', promised: false, known: false }
    case 'number':
      return slot.scale === 0 ? { kind: 'int', ...range } : { kind: 'decimal', scale: slot.scale, ...range }
    case 'record':
      return {
        kind: 'record',
        facts: Object.fromEntries([...slot.fields].map(([name, field]) => [name, factTypeOf(field)])),
      }
    case 'list': {
      const item = slot.item === undefined ? ({ kind: 'undetermined' } as const) : factTypeOf(slot.item)
      if (item.kind === 'list') return refuse('facts/invalid', slot, 'is a list of lists.')
      return { kind: 'list', item, itemsMax: listItemsMaxDefault, known: false }
    }
  }
}

/**
 * A value as a rule reads it: numbers scaled, text in normal form.
 *
 * @throws LumbungError `facts/out-of-range`, `text/invalid`.
 */
export function factValueOf(slot: Slot, value: unknown): FactValue {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return normalizeText(value)
  if (typeof value === 'number' || typeof value === 'bigint') {
    const { sign, whole, fraction } = digitsOf(slot, value)
    const scaled = BigInt(`${whole}${fraction.padEnd(slot.scale, '0')}`)
    if (scaled > BigInt(factNumberMax))
      refuse('facts/out-of-range', slot, 'is beyond what rules reckon with.')
    // Adding 0 takes the sign of zero away.
    return sign * Number(scaled) + 0
  }
  if (typeof value !== 'object' || value === null) return null
  const items = itemsOf(value)
  if (items !== undefined) {
    const { item } = slot
    const list = items.list.map((element) => (item === undefined ? null : factValueOf(item, element)))
    return items.complete ? list : { items: list, complete: false }
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const place = slot.fields.get(name)
      return place === undefined ? [] : [[name, factValueOf(place, field)] as const]
    }),
  )
}

function refuse(code: `facts/${string}`, { path }: Slot, reason: string): never {
  throw new LumbungError(code, `${path} ${reason}`, { details: { fact: path } })
}
