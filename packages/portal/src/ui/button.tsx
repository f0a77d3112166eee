import type { Child, Html } from './html.ts'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps {
  /** Says what it does: `Catat setoran`. */
  readonly children: Child
  readonly kind?: 'main' | 'second' | 'danger'
  readonly icon?: IconName
  /** With an address it leads there; without one it sends its form. */
  readonly href?: string
  /** What the form then says of the pressed button. */
  readonly name?: string
  readonly value?: string
}

/** A button, of which a page has one main one. */
export function Button({ children, kind = 'main', icon, href, name, value }: ButtonProps): Html {
  const look = kind === 'main' ? 'button' : `button ${kind}`
  const content = (
    <>
      {icon && <Icon name={icon} />}
      {children}
    </>
  )
  if (href !== undefined)
    return (
      <a class={look} href={href}>
        {content}
      </a>
    )
  return (
    <button class={look} type="submit" name={name} value={value}>
      {content}
    </button>
  )
}
