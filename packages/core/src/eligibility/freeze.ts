/** Freezes plain data all the way down; also within what is frozen already, which may be so only at its top. */
export function frozen<T>(value: T, seen = new WeakSet<object>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value
  seen.add(value)
  const parts = value instanceof Map ? value.values() : Object.values(value)
  for (const part of parts) frozen(part, seen)
  return Object.freeze(value)
}
