/** An answer as JSON text: a large integer, such as money, stands as text, so that no reader rounds it. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, each: unknown) =>
    typeof each === 'bigint' ? String(each) : each,
  )
}
