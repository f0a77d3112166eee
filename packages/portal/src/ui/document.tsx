import type { CivilDate } from '@lumbung/core/kernel'
import type { Words } from '../words/index.ts'
import { Emblem } from './emblem.tsx'
import type { Child, Html } from './html.ts'
import { type VillageLook, villageName } from './look.ts'

interface DocumentProps {
  readonly look: VillageLook
  readonly words: Words
  readonly title: string
  /** The line under the title, as its number and date. */
  readonly lead?: string
  readonly children: Child
}

/** A sheet of A4 under the letterhead of the village: minutes, a receipt, a statement, a report. */
export function Document({ look, words, title, lead, children }: DocumentProps): Html {
  return (
    <article class="sheet stack">
      <div class="letterhead">
        <Emblem look={look} />
        <div>
          <b>{villageName(look, words)}</b>
          {words.text(look.place)}
        </div>
      </div>
      <div>
        <h1>{title}</h1>
        {lead !== undefined && <p class="lead">{lead}</p>}
      </div>
      {children}
    </article>
  )
}

/** A person who signs, by hand, on paper. */
export interface Signature {
  /** As what they sign, as "Kepala Desa". */
  readonly role: string
  /** Left out where the name is written by hand too. */
  readonly name?: string
}

interface DocumentFootProps {
  readonly words: Words
  readonly signatures: readonly Signature[]
  readonly printedOn: CivilDate
  /** The fingerprint of what is printed, and where it can be checked; left out for papers that nothing depends on. */
  readonly proof?: { readonly hash: string; readonly address: string }
}

/** What ends a document: lines to sign on, and how a reader can tell that nobody has changed it. */
export function DocumentFoot({ words, signatures, printedOn, proof }: DocumentFootProps): Html {
  return (
    <>
      <div class="signatures">
        {signatures.map(({ role, name }) => (
          <div>
            <p>{role}</p>
            <div class="line" />
            <p>{name ?? words.say('document.name')}</p>
          </div>
        ))}
      </div>
      <div class="foot">
        <p>{words.say('document.printed', { date: words.date(printedOn) })}</p>
        {proof && (
          <>
            <p>
              {words.say('document.hash')}: <span class="hash">{proof.hash}</span>
            </p>
            <p>{words.say('document.check', { address: proof.address })}</p>
          </>
        )}
      </div>
    </>
  )
}
