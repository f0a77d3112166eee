import { AsyncLocalStorage } from 'node:async_hooks'
import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Transaction } from '@lumbung/core/storage'
import type { Occasion } from '@lumbung/core/village'
import type * as z from 'zod'
import { sentForms } from '../accounts/records.ts'
import type { SessionStore } from '../accounts/sessions.ts'

/** The form that is being carried out, so that what it changes is written together with its key. */
const current = new AsyncLocalStorage<NonNullable<Occasion['alongside']>>()

/**
 * Carries out what a form asks once, however often it is sent: the second time gives where the first one led. The
 * key is written in the transaction of the change itself, so a portal that is killed has done both or neither.
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
  const before = () => storage.read(villageId, (tx) => tx.get(sentForms, { key }))
  /** Where the form led, of which the change may stand already and its page not yet. */
  const pageOf = async (sent: SentForm): Promise<string> => {
    const until = Date.now() + pageKnownWithinMs
    let found: SentForm | undefined = sent
    while (found !== undefined && !isPage(found.address) && Date.now() < until) {
      await pause(pauseMs)
      found = await before()
    }
    // A portal that was killed between the two never learnt the page, and the home page is right for all.
    return found !== undefined && isPage(found.address) ? found.address : '/'
  }
  const sent = await before()
  if (sent !== undefined) return await pageOf(sent)
  const mark = `?${randomBytes(12).toString('base64url')}`
  const alongside = async (tx: Transaction): Promise<void> => {
    const found = await tx.get(sentForms, { key })
    // A form of two changes brings its key with the first.
    if (found?.address === mark) return
    await tx.insert(sentForms, { key, address: mark, sentAt: now() })
  }
  let address: string
  try {
    address = await current.run(alongside, work)
  } catch (error) {
    // The same form, sent twice at the same time: the other one was quicker, and this one found its work done.
    const other = await before()
    if (other === undefined || other.address === mark) throw error
    return await pageOf(other)
  }
  return await storage.transact(
    villageId,
    async (tx) => {
      const found = await tx.get(sentForms, { key })
      if (found === undefined) await tx.insert(sentForms, { key, address, sentAt: now() })
      else if (found.address === mark) await tx.update(sentForms, { ...found, address })
      else if (isPage(found.address)) return found.address
      return address
    },
    { shared: true },
  )
}

/** What goes with a change that the form under way asks for; nothing outside of one. */
export function withForm(): Pick<Occasion, 'alongside'> {
  const alongside = current.getStore()
  return alongside === undefined ? {} : { alongside }
}

/** A new key for a form, by which it is carried out once. */
export function newKey(): string {
  return randomBytes(12).toString('base64url')
}

type SentForm = z.infer<typeof sentForms.schema>

/** Whether it is a page, and no mark of a change whose page is not known yet. */
function isPage(address: string): boolean {
  return address.startsWith('/')
}

/** How long a second sending waits for the page of the first, in milliseconds. */
const pageKnownWithinMs = 2000
const pauseMs = 20
