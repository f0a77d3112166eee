/** How {@link keep} judges what it has. */
export interface KeepOptions {
  /** Tells of all that the value is made of: for as long as it is the same, so is the value. */
  readonly headOf: () => Promise<string>
  /** How old a value is before anybody asks for its head. */
  readonly freshMs: number
  /** How old it may be shown at most, while the next one is being made. */
  readonly shownMsMax: number
  /** Milliseconds that never go back. Default: `performance.now`. */
  readonly clock?: () => number
}

/**
 * Keeps a value that is dear to make and may be shown some seconds late. It is made by one at a time: what many ask for
 * in the same moment would otherwise be made as often, all on one thread, and keep everybody else waiting. Meanwhile
 * the others are given the one before, unless that is too old.
 */
export function keep<Value>({
  headOf,
  freshMs,
  shownMsMax,
  clock = () => performance.now(),
}: KeepOptions): (make: () => Promise<Value>) => Promise<Value> {
  let kept: { readonly head: string; readonly value: Value; readonly at: number } | undefined
  let making: Promise<Value> | undefined

  async function renew(make: () => Promise<Value>): Promise<Value> {
    // From before anything is read: what changes while it is made belongs to the next one.
    const at = clock()
    const head = await headOf()
    const value = kept?.head === head ? kept.value : await make()
    kept = { head, value, at }
    return value
  }

  return async (make) => {
    const ageMs = kept === undefined ? Number.POSITIVE_INFINITY : clock() - kept.at
    if (kept !== undefined && ageMs < freshMs) return kept.value
    making ??= renew(make).finally(() => {
      making = undefined
    })
    if (kept === undefined || ageMs >= shownMsMax) return await making
    // Where it fails again and again, whoever comes when this one is too old is told.
    making.catch(() => {})
    return kept.value
  }
}
