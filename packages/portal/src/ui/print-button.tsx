import type { Words } from '../words/index.ts'
import type { Html } from './html.ts'
import { Icon } from './icon.tsx'

/** Prints the page. Without script it is not there, and the browser's own menu does the same. */
export function PrintButton({ words }: { readonly words: Words }): Html {
  return (
    <button class="button second noprint" type="button" data-print hidden>
      <Icon name="print" />
      {words.say('page.print')}
    </button>
  )
}
