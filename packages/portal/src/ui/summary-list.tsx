import type { Child, Html, Link } from './html.ts'

/** One line of a record: what it is, its value, and what can be done about it. */
export interface SummaryRow {
  readonly term: string
  readonly value: Child
  readonly action?: Link
}

/** What is known of one thing, term by term. On a phone each value stands under its term. */
export function SummaryList({ rows }: { readonly rows: readonly SummaryRow[] }): Html {
  return (
    <dl class={rows.some(({ action }) => action) ? 'summary acts' : 'summary'}>
      {rows.map(({ term, value, action }) => (
        <div>
          <dt>{term}</dt>
          <dd>{value}</dd>
          {action && (
            <dd class="act">
              <a href={action.href}>
                {action.label}
                <span class="hidden">: {term}</span>
              </a>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}
