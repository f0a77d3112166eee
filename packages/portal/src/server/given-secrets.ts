/** A secret that was just made, for the officer who made it to tell to whom it belongs. */
export interface GivenSecret {
  readonly account: string
  readonly login: string
  readonly name: string
  readonly kind: 'officer' | 'resident'
  readonly secret: string
}

const keptMs = 10 * 60_000
const keptMax = 200

/**
 * Secrets that were just made, for some minutes and in memory alone, so that the page that shows one can be read
 * again, and a form that was sent twice shows the one that holds. They stand nowhere else.
 */
export function openGivenSecrets(now: () => number = Date.now) {
  const kept = new Map<string, GivenSecret & { readonly by: string; readonly until: number }>()
  return {
    keep(key: string, by: string, given: GivenSecret): void {
      for (const [old, { until }] of kept) if (until <= now()) kept.delete(old)
      for (const old of [...kept.keys()].slice(0, -keptMax)) kept.delete(old)
      kept.set(key, { ...given, by, until: now() + keptMs })
    },
    /** What was given under a key, to the one who made it. */
    of(key: string, by: string): GivenSecret | undefined {
      const found = kept.get(key)
      return found !== undefined && found.by === by && found.until > now() ? found : undefined
    },
  }
}
