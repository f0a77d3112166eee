import { fieldOf, itemOf, type Slot } from './slots.ts'
import type { CallSyntax, OperatorSyntax, Syntax } from './syntax.ts'

/** Places whose values a part of a rule may have, and whether it is a date whatever stands there. */
interface Use {
  readonly slots: readonly Slot[]
  readonly isDate: boolean
  /** Where it is no single value: the place of a record or a list. */
  readonly place?: Slot
}

const nothing: Use = { slots: [], isDate: false }
const aDate: Use = { slots: [], isDate: true }

/** Values that have one type. */
interface Alike {
  readonly slots: readonly Slot[]
  readonly isDate: boolean
}

const macros = new Set(['exists', 'all', 'filter', 'sum', 'min', 'max'])
const compared = new Set(['==', '!=', '<', '<=', '>', '>='])

/**
 * Finds from its use what a fact is where its value does not tell: a record or a list where nothing is given, and a
 * date where a text is compared with one.
 */
export function noteUse(root: Slot, syntax: Syntax): void {
  const alike: Alike[] = []
  const note = (...uses: readonly Use[]): Use => {
    const all = { slots: uses.flatMap(({ slots }) => slots), isDate: uses.some(({ isDate }) => isDate) }
    alike.push(all)
    return all
  }
  use(syntax, new Map(), { root, note })
  // What is like a date is one, and so is what is like that; each round settles at least one place.
  for (let isSettled = false; !isSettled; ) {
    isSettled = true
    for (const { slots, isDate } of alike) {
      if (!isDate && !slots.some(({ kind }) => kind === 'date')) continue
      for (const slot of slots) {
        if (slot.kind !== 'text') continue
        slot.kind = 'date'
        isSettled = false
      }
    }
  }
}

interface Noting {
  readonly root: Slot
  readonly note: (...uses: readonly Use[]) => Use
}

type Variables = ReadonlyMap<string, Slot | undefined>

function use(syntax: Syntax, variables: Variables, noting: Noting): Use {
  switch (syntax.kind) {
    case 'name':
      if (variables.has(syntax.name)) return at(variables.get(syntax.name))
      if (syntax.name === 'on') return aDate
      return syntax.name === 'parameters' ? nothing : at(fieldOf(noting.root, syntax.name))
    case 'member': {
      const { place } = use(syntax.target, variables, noting)
      return place === undefined ? nothing : at(fieldOf(place, syntax.name))
    }
    case 'list':
      return noting.note(...syntax.elements.map((element) => use(element, variables, noting)))
    case 'refused':
      for (const part of syntax.parts) use(part, variables, noting)
      return nothing
    case 'call':
      return useCall(syntax, variables, noting)
    case 'operator':
      return useOperator(syntax, variables, noting)
    default:
      return nothing
  }
}

function at(slot: Slot | undefined): Use {
  return slot === undefined ? nothing : { slots: [slot], isDate: false, place: slot }
}

function useOperator({ operator, operands }: OperatorSyntax, variables: Variables, noting: Noting): Use {
  const uses = operands.map((operand) => use(operand, variables, noting))
  const [first = nothing, second = nothing, third = nothing] = uses
  if (operator === '?:') return noting.note(second, third)
  if (operator === 'in') {
    // The elements of a list in the text are alike already; those of a fact stand at one place.
    const item = second.place === undefined ? undefined : itemOf(second.place)
    noting.note(first, second.place === undefined ? second : at(item))
  }
  if (compared.has(operator)) {
    const isOrdered = operator !== '==' && operator !== '!='
    const texts = uses.flatMap(({ slots }) => slots).filter(({ kind }) => kind === 'text')
    // Texts have no order, so that these are dates if they look like it.
    noting.note(
      ...uses,
      isOrdered && texts.length > 0 && texts.every(({ hasDateForm }) => hasDateForm) ? aDate : nothing,
    )
  }
  return nothing
}

function useCall({ name, target, operands }: CallSyntax, variables: Variables, noting: Noting): Use {
  const parts = target === undefined ? operands : [target, ...operands]
  const [listPart, namePart, bodyPart] = parts
  if (macros.has(name) && listPart !== undefined && namePart?.kind === 'name' && bodyPart !== undefined) {
    const { place } = use(listPart, variables, noting)
    const item = place === undefined ? undefined : itemOf(place)
    use(bodyPart, new Map([...variables, [namePart.name, item]]), noting)
    return name === 'filter' ? at(place) : nothing
  }
  const uses = parts.map((part) => use(part, variables, noting))
  if (name === 'age' || name === 'monthsBetween') noting.note(...uses, aDate)
  return name === 'date' ? aDate : nothing
}
