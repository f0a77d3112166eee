import type { FactRefusalCode } from './check-facts.ts'
import { decimalScaleMax, type FactType, factNumberMax, listItemsMaxDefault } from './fact-types.ts'
import type { FactValue } from './fact-values.ts'

/**
 * A place at which facts without a schema may stand, the same for all elements of a list. Its type follows from the
 * values that stand there, and where there is none from its use: an `open` one is nothing yet.
 */
export interface Slot {
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
export function openSlot(depth = 0): Slot {
  return { depth, kind: 'open', scale: 0, hasDateForm: true, fields: new Map(), item: undefined }
}

/** The place of a field, which makes an open place one of a record. */
export function fieldOf(slot: Slot, name: string): Slot | undefined {
  if (slot.kind === 'open') slot.kind = 'record'
  if (slot.kind !== 'record') return undefined
  const known = slot.fields.get(name)
  if (known !== undefined) return known
  const field = openSlot(slot.depth + 1)
  slot.fields.set(name, field)
  return field
}

/** The place of every element, which makes an open place one of a list. */
export function itemOf(slot: Slot): Slot | undefined {
  if (slot.kind === 'open') slot.kind = 'list'
  if (slot.kind !== 'list') return undefined
  slot.item ??= openSlot(slot.depth + 1)
  return slot.item
}

/** Where what no rule can read is told: the code, and the path of the value. */
export type Refuse = (code: FactRefusalCode, path: string) => void

/** Takes note of a value that stands at a path, and of all that stands in it. What is refused counts as absent. */
export function noteValue(slot: Slot | undefined, value: unknown, path: string, refuse: Refuse): void {
  if (slot === undefined || value === undefined || value === null) return
  const kind = kindOf(value)
  if (kind === undefined || slot.depth > depthMax || (slot.kind !== 'open' && slot.kind !== kind)) {
    return refuse('facts/type', path)
  }
  slot.kind = kind
  if (typeof value === 'string') {
    if (!dateForm.test(value)) slot.hasDateForm = false
    if (value.includes('\0') || !value.isWellFormed()) refuse('facts/invalid-text', path)
  } else if (typeof value === 'number' || typeof value === 'bigint') {
    const digits = digitsOf(value)
    if (digits === undefined || digits.fraction.length > decimalScaleMax) {
      return refuse('facts/out-of-range', path)
    }
    slot.scale = Math.max(slot.scale, digits.fraction.length)
  } else if (typeof value === 'object') {
    const items = itemsOf(value)
    if (items === undefined) {
      for (const [name, field] of Object.entries(value)) {
        noteValue(fieldOf(slot, name), field, `${path}.${name}`, refuse)
      }
      return
    }
    if (items.list.length > listItemsMaxDefault) return refuse('facts/list-too-long', path)
    const item = itemOf(slot)
    for (const [index, element] of items.list.entries()) {
      const at = `${path}[${index}]`
      if (kindOf(element) === 'list') refuse('facts/type', at)
      else noteValue(item, element, at, refuse)
    }
  }
}

/** No path in a rule is longer. */
const depthMax = 64

const dateForm = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

/** What a value makes of an open place. */
function kindOf(value: unknown): 'bool' | 'number' | 'text' | 'record' | 'list' | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
    case 'bigint':
      return 'number'
    case 'string':
      return 'text'
    case 'object':
      if (value === null) return undefined
      return itemsOf(value) === undefined ? 'record' : 'list'
    default:
      return undefined
  }
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
  value: number | bigint,
): { readonly sign: 1 | -1; readonly whole: string; readonly fraction: string } | undefined {
  const match = /^(-?)([0-9]+)(?:\.([0-9]+))?(?:e-([0-9]+))?$/.exec(String(value))
  // An exponent of 21 or more, and what is not finite.
  if (match === null) return undefined
  const [, minus, whole = '', digits = '', exponent = '0'] = match
  const shift = Number(exponent)
  const fraction = shift === 0 ? digits : `${'0'.repeat(shift - 1)}${whole}${digits}`
  const before = shift === 0 ? whole : '0'
  if (BigInt(before) > BigInt(factNumberMax)) return undefined
  return { sign: minus === '-' ? -1 : 1, whole: before, fraction }
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
      // Only its use makes a list of lists, of which nothing is given.
      const one = item.kind === 'list' ? ({ kind: 'undetermined' } as const) : item
      return { kind: 'list', item: one, itemsMax: listItemsMaxDefault, known: false }
    }
  }
}

/** A value as a rule reads it: numbers scaled, text in normal form. */
export function factValueOf(slot: Slot, value: unknown, path: string, refuse: Refuse): FactValue {
  if (typeof value === 'boolean') return value
  if (typeof value === 'string') return value.normalize('NFC')
  if (typeof value === 'number' || typeof value === 'bigint') return scaledOf(slot, value, path, refuse)
  if (typeof value !== 'object' || value === null) return null
  const items = itemsOf(value)
  if (items !== undefined) {
    const { item } = slot
    const list = items.list.map((element, index) =>
      item === undefined ? null : factValueOf(item, element, `${path}[${index}]`, refuse),
    )
    return items.complete ? list : { items: list, complete: false }
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const place = slot.fields.get(name)
      return place === undefined
        ? []
        : [[name, factValueOf(place, field, `${path}.${name}`, refuse)] as const]
    }),
  )
}

/** A number of the scale of its place, which may take it out of range. */
function scaledOf({ scale }: Slot, value: number | bigint, path: string, refuse: Refuse): number | null {
  const digits = digitsOf(value)
  if (digits === undefined) return null
  const scaled = BigInt(`${digits.whole}${digits.fraction.padEnd(scale, '0')}`)
  if (scaled > BigInt(factNumberMax)) {
    refuse('facts/out-of-range', path)
    return null
  }
  // Adding 0 takes the sign of zero away.
  return digits.sign * Number(scaled) + 0
}
