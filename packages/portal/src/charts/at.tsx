import type { Child, Html } from '../ui/index.ts'
import { percent, pixel } from './scale.ts'

interface AtProps {
  /** A share of the width, in percent. */
  readonly x: number
  readonly y: number
  readonly children: Child
}

/** Draws around a place that is a share of the width: a path knows only pixels, and begins at this place. */
export function At({ x, y, children }: AtProps): Html {
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: it is a place within a picture that has a title
    <svg x={percent(x)} y={pixel(y)} overflow="visible">
      {children}
    </svg>
  )
}
