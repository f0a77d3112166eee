import type { Child, Html } from './html.ts'

/** A part of a page that stands on its own, under a heading of the second level. */
export function Card({ title, children }: { readonly title?: string; readonly children: Child }): Html {
  return (
    <section class="card">
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  )
}

/** Two columns where they fit, the wider first; one after the other on a phone. */
export function Columns({ main, aside }: { readonly main: Child; readonly aside: Child }): Html {
  return (
    <div class="columns">
      <div class="stack">{main}</div>
      <div class="stack">{aside}</div>
    </div>
  )
}
