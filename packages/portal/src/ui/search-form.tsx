import type { Words } from '../words/index.ts'
import { Button } from './button.tsx'
import { Buttons } from './form.tsx'
import type { Child, Html } from './html.ts'

interface SearchFormProps {
  readonly words: Words
  readonly action: string
  /** What is searched, for those who jump between the parts of a page. */
  readonly label: string
  /** The address without any filter; left out where there is nothing to clear. */
  readonly clear?: string
  /** The fields, each of which may be left empty. */
  readonly children: Child
}

/** Search and filters of a register. They are sent by GET, so that a result has an address that can be shared. */
export function SearchForm({ words, action, label, clear, children }: SearchFormProps): Html {
  return (
    <search>
      <form class="search" method="get" action={action} aria-label={label}>
        <div class="row">{children}</div>
        <Buttons>
          <Button icon="search">{words.say('search.submit')}</Button>
          {clear !== undefined && <a href={clear}>{words.say('search.clear')}</a>}
        </Buttons>
      </form>
    </search>
  )
}
