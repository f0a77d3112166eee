import { darkShades, lightShades, type VillageLook } from './look.ts'
import { chart } from './style/charts.ts'
import { document } from './style/document.ts'
import { forms } from './style/forms.ts'
import { page } from './style/page.ts'
import { parts } from './style/parts.ts'
import { tokens } from './style/tokens.ts'

/**
 * The one stylesheet of a village: tokens in its colour, and every component. It is served as a file of its own,
 * so that the pages need no inline style.
 */
export function stylesheetOf(look: VillageLook): string {
  const light = lightShades(look.accent)
  const dark = darkShades(look.accent)
  const inTheDark = `@media screen and (prefers-color-scheme:dark){${declare({ ...tokens.dark, ...named(dark) })}}`
  return compact(
    `${declare({ ...tokens.light, ...named(light) })}${inTheDark}${page}${parts}${forms}${chart}${document}`,
  )
}

function named({ leaf, onLeaf, deep }: ReturnType<typeof lightShades>): Readonly<Record<string, string>> {
  return { leaf, 'on-leaf': onLeaf, deep }
}

function declare(properties: Readonly<Record<string, string>>): string {
  const lines = Object.entries(properties).map(([name, value]) => `--${name}:${value}`)
  return `:root{${lines.join(';')}}`
}

/** Without the space that only people need. No text of ours holds one of these signs or a run of spaces, and nothing is
 * reckoned with `calc`. */
function compact(css: string): string {
  return css
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,>+]) ?/g, '$1')
    .replaceAll(/([\w-]): /g, '$1:')
    .replaceAll(';}', '}')
    .trim()
}
