import { raw } from 'hono/html'
import type { Html } from './html.ts'

/** The path of each icon on a grid of 24, drawn as a line of width 2. */
const shapes = {
  home: 'M3.5 11.5 12 4l8.5 7.5M6 10v10h12V10M10 20v-6h4v6',
  people:
    'M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7M2.5 20c0-4 3-6 6.5-6s6.5 2 6.5 6M16 5a3.4 3.4 0 0 1 0 6.4M18 14.4c2.3.8 3.5 2.8 3.5 5.6',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8M4.5 20.5c0-4.4 3.5-6 7.5-6s7.5 1.6 7.5 6',
  gift: 'M4.5 12v8.5h15V12M3 8h18v4H3zM12 8v12.5M12 8C9 8 6.5 6.5 7.5 4.5S11.5 4 12 8c.5-4 3.5-5.5 4.5-3.5S15 8 12 8',
  coins:
    'M9 5c3.3 0 6 1.1 6 2.5S12.3 10 9 10 3 8.9 3 7.5 5.7 5 9 5M3 7.5v9C3 17.9 5.7 19 9 19M3 12c0 1.4 2.7 2.5 6 2.5M16 11.5c2.8 0 5 1 5 2.2s-2.2 2.3-5 2.3-5-1-5-2.3 2.2-2.2 5-2.2M11 13.7v4c0 1.3 2.2 2.3 5 2.3s5-1 5-2.3v-4M15 7.5v2',
  speech: 'M4 5h16v11h-9l-5 4v-4H4z',
  chart: 'M3 20.5h18M6 17v-6M12 17V5M18 17V9',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M15.5 15.5 21 21',
  eye: 'M2 12c4.5-7.3 15.5-7.3 20 0-4.5 7.3-15.5 7.3-20 0M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6',
  print: 'M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 13.5h10v7H7z',
  upload: 'M12 15V4M7 8.5l5-5 5 5M4.5 20h15',
  lock: 'M6 11h12v9.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 15v2',
  download: 'M12 4v11M7 10.5l5 5 5-5M4.5 20h15',
  check: 'M5 12.5l4.5 4.5L19 7',
  cross: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  question:
    'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M9.5 9.5a2.6 2.6 0 1 1 3.8 2.3c-1 .5-1.3 1.2-1.3 2.2M12 17v.01',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M12 7v5.5l3.5 2',
  warning: 'M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.01',
  stop: 'M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3zM9 9l6 6M15 9l-6 6',
  done: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M8 12.3l2.8 2.8L16 9.5',
  info: 'M4 4h16v16H4zM12 11v5.5M12 7.5v.01',
  globe: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18M3 12h18M12 3c-4.5 5-4.5 13 0 18M12 3c4.5 5 4.5 13 0 18',
  calendar: 'M4 6h16v14.5H4zM4 10.5h16M8 3v5M16 3v5',
  next: 'M9 5l7 7-7 7',
  previous: 'M15 5l-7 7 7 7',
  first: 'M18 5l-7 7 7 7M6 5v14',
  plus: 'M12 5v14M5 12h14',
  file: 'M6 3h8l4.5 4.5V21H6zM14 3v5h4.5',
  basket: 'M3.5 10h17l-2.5 10.5H6zM8 10l4-6.5 4 6.5M10 14v3M14 14v3',
} as const

/** The name of an icon. */
export type IconName = keyof typeof shapes

/** Most pages show dozens, always the same, so each is written down once. */
const drawn = new Map<IconName, Html>()

/** A small picture beside a text that says the same, and therefore hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }): Html {
  const icon = drawn.get(name) ?? raw(String(<Shape name={name} />))
  drawn.set(name, icon)
  return icon
}

function Shape({ name }: { readonly name: IconName }): Html {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  )
}
