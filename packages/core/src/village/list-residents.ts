import * as z from 'zod'
import { type RegisterPage, type ResidentView, registerPage, searchInput } from './register.ts'
import { defineRead } from './use-case.ts'

/** How many residents a list holds at most: a large village, and never a whole region. */
const listedMax = 20_000
/** What a store reads at once. */
const chunkMax = 1000

/**
 * The register, or what a search finds in it, as one list to take along: one read of all whom it names. Of a list
 * that was left off, `next` tells where the rest begins.
 */
export const listResidents = defineRead({
  name: 'resident.list',
  scope: 'resident.read',
  input: z.strictObject({ ...searchInput, limit: z.int().min(1).max(listedMax).default(listedMax) }),
  async run(context, { text = '', hamlet, status, after, limit }): Promise<RegisterPage> {
    const residents: ResidentView[] = []
    let next = after
    for (;;) {
      const chunk = { limit: Math.min(chunkMax, limit - residents.length) }
      const page = await registerPage(
        context,
        { text, hamlet, status },
        next === undefined ? chunk : { ...chunk, after: next },
      )
      residents.push(...page.residents)
      next = page.next
      if (next === undefined || residents.length === limit) return { ...page, residents }
    }
  },
})
