import type { Selection, Table } from '@lumbung/core/storage'

/**
 * Whether the rows are found by one index but asked for in the order of another: in that of the key, but found by a
 * value of the first field of an index, or found by their keys, but asked for in another order. A database that knows
 * nothing of its rows takes the index of the order then, and reads all of the village. A field that is mostly missing
 * does not find much.
 */
export function isFoundByIndex(
  { key, indexes }: Table,
  {
    villageId,
    conditions,
    order,
  }: Pick<Selection, 'conditions' | 'order'> & { readonly villageId: string | undefined },
): boolean {
  const given = new Set(
    conditions.flatMap((condition) =>
      condition.operator === 'in' || (condition.operator === 'is' && condition.value !== null)
        ? [condition.column.name]
        : [],
    ),
  )
  const isByKey = order.every(({ column }) => key.includes(column.name))
  if (villageId === undefined) return false
  // Where the key itself finds them, they come in its order.
  if (given.has(key[1] ?? '')) return key.length === 2 && !isByKey
  if (!isByKey) return false
  return indexes.some(({ columns: [first = ''] }) => given.has(first))
}
