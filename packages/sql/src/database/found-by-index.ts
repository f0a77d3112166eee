import type { Selection, Table } from '@lumbung/core/storage'

/**
 * Whether the rows are asked for in the order of the key, but found by a value of the first field of an index. A
 * field that is mostly missing does not find much.
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
  // Where the key itself finds them, they come in its order.
  if (villageId === undefined || !isByKey || given.has(key[1] ?? '')) return false
  return indexes.some(({ columns: [first = ''] }) => given.has(first))
}
