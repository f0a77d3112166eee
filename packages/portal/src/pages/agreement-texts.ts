import type { Agreements, RepresentationView } from '@lumbung/core/village'
import type { PortalContext, Visit } from '../server/visit.ts'
import type { MessageKey, Words } from '../words/index.ts'
import { nameOf } from './people.tsx'

/** The purpose that the address names, for the addresses that lead on from here: a power may hold for it alone. */
export function purposeTail(context: PortalContext): string {
  const purpose = context.req.query('purpose')
  return purpose === undefined ? '' : `?${new URLSearchParams({ purpose })}`
}

/** The address of the page about one person. */
export function agreementsAddress(id: string | null, tail: string): string {
  return `/residents/${id}/consents${tail}`
}

/** The address of that page once something was done. */
export function withDone(address: string, done: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}done=${done}`
}

/** The pages above one about the agreements of a person. */
export function aboveAgreements({ words }: Visit, { resident }: Agreements, tail: string) {
  return [
    { href: `/residents/${resident.id}${tail}`, label: nameOf(resident, words) },
    { href: agreementsAddress(resident.id, tail), label: words.say('agreements.title') },
  ]
}

/** What a kind of power is called. */
export function representationKind(kind: RepresentationView['kind'], words: Words): string {
  const key = `agreements.kind.${kind}` satisfies MessageKey
  return words.say(key)
}
