import type { Words } from '../words/index.ts'
import type { Html } from './html.ts'
import { Icon } from './icon.tsx'

interface PaginationProps {
  readonly words: Words
  /** How many rows the whole list has; left out where counting would take too long. */
  readonly count?: number
  readonly first?: string
  readonly previous?: string
  readonly next?: string
}

/** The way through a list that is read page by page from a key, so that a page never shifts under its reader. */
export function Pagination({ words, count, first, previous, next }: PaginationProps): Html {
  return (
    <nav class="pages" aria-label={words.say('list.pages')}>
      {count !== undefined && <p>{words.say('list.count', { count })}</p>}
      {first !== undefined && (
        <a href={first}>
          <Icon name="first" />
          {words.say('list.first')}
        </a>
      )}
      {previous !== undefined && (
        <a href={previous} rel="prev">
          <Icon name="previous" />
          {words.say('list.previous')}
        </a>
      )}
      {next !== undefined && (
        <a href={next} rel="next">
          {words.say('list.next')}
          <Icon name="next" />
        </a>
      )}
    </nav>
  )
}
