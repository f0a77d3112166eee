import type { Html } from './html.ts'
import { Icon } from './icon.tsx'
import { type Standing, standings } from './status-mark.tsx'

/** A number that matters, with what it counts and how it has changed. */
export interface Tile {
  readonly value: string
  readonly label: string
  readonly change?: string
  /** Whether the change is good news; without it, it is neither good nor bad. */
  readonly standing?: Standing
}

/** A few numbers side by side: four in a row where they fit, two on a phone. */
export function Tiles({ tiles }: { readonly tiles: readonly Tile[] }): Html {
  return (
    <ul class="tiles">
      {tiles.map(({ value, label, change, standing }) => (
        <li class="tile">
          <b>{value}</b>
          <p>{label}</p>
          {change !== undefined && (
            <p class={standing ? standings[standing].tone : 'soft'}>
              {standing && <Icon name={standings[standing].icon} />} {change}
            </p>
          )}
        </li>
      ))}
    </ul>
  )
}
