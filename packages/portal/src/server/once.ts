import { randomBytes } from 'node:crypto'
import { isLumbungError } from '@lumbung/core/kernel'
import { sentForms } from '../accounts/records.ts'
import type { SessionStore } from '../accounts/sessions.ts'

/**
 * Carries out what a form asks once, however often it is sent: the second time gives where the first one led.
 *
 * @param key What the form was given when it was shown; one without a key is carried out.
 * @param work Does it, and gives the address of the page that tells so. If it throws, the form may be sent again.
 */
export async function once(
  { storage, villageId, now }: SessionStore,
  key: string | undefined,
  work: () => Promise<string>,
): Promise<string> {
  if (key === undefined || key === '') return await work()
  try {
    await storage.transact(villageId, (tx) => tx.insert(sentForms, { key, address: '', sentAt: now() }), {
      shared: true,
    })
  } catch (error) {
    if (!isLumbungError(error, 'storage/duplicate')) throw error
    const sent = await storage.read(villageId, (tx) => tx.get(sentForms, { key }))
    // The first one may still be under way; the home page is right either way.
    return sent?.address || '/'
  }
  const note = (address: string | undefined) =>
    storage.transact(
      villageId,
      async (tx) => {
        const sent = await tx.get(sentForms, { key })
        if (sent === undefined) return
        if (address === undefined) await tx.remove(sentForms, sent)
        else await tx.update(sentForms, { ...sent, address })
      },
      { shared: true },
    )
  try {
    const address = await work()
    await note(address)
    return address
  } catch (error) {
    await note(undefined)
    throw error
  }
}

/** A new key for a form, by which it is carried out once. */
export function newKey(): string {
  return randomBytes(12).toString('base64url')
}
