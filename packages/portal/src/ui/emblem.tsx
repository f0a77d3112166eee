import type { Html } from './html.ts'
import type { VillageLook } from './look.ts'

/** The emblem of a village, or the rice barn that gave Lumbung its name. The name stands beside it. */
export function Emblem({ look }: { readonly look: VillageLook }): Html {
  if (look.emblem !== undefined) return <img class="emblem" src={look.emblem} alt="" />
  return (
    <svg class="emblem" viewBox="0 0 40 40" aria-hidden="true">
      <path fill="#e6b54a" d="M2 19C7 16 11 9 13 4h14c2 5 6 12 11 15l-3 3H5z" />
      <path fill="#c98f2b" d="M13 4h14l1.5 3.2H11.5zM5 22l-3-3h36l-3 3z" />
      <path fill="#fffdf7" stroke="#20261f" stroke-opacity=".35" d="M8.5 22.5h23L29 33H11z" />
      <path fill="#7a4a1e" d="M16.5 25h7v8h-7zM10 33h20v2H10zM12 35h2.5v3H12zM25.5 35H28v3h-2.5z" />
    </svg>
  )
}
