/** Red, green and blue, 0 to 255. */
type Rgb = readonly [number, number, number]

/**
 * The contrast of two colours as WCAG 2.2 defines it, from 1 (none) to 21 (black on white).
 * Source: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 *
 * @param one Six hex digits after `#`.
 */
export function contrastOf(one: string, other: string): number {
  const [light, dark] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/**
 * The nearest colour to the given one that reaches a contrast on all grounds: it is mixed with `towards`, a
 * fiftieth at a time. Where none does, `towards` itself.
 */
export function readable(
  colour: string,
  towards: string,
  grounds: readonly string[],
  contrastMin: number,
): string {
  for (let step = 0; step < STEPS; step += 1) {
    const mixed = mix(colour, towards, step / STEPS)
    if (grounds.every((ground) => contrastOf(mixed, ground) >= contrastMin)) return mixed
  }
  return towards
}

const STEPS = 50

/** A mixture of two colours; a share of 0 is the first, of 1 the second. */
export function mix(from: string, to: string, share: number): string {
  const [start, end] = [rgbOf(from), rgbOf(to)]
  const channel = (index: 0 | 1 | 2) => Math.round(start[index] + (end[index] - start[index]) * share)
  const digits = ([0, 1, 2] as const).map((index) => channel(index).toString(16).padStart(2, '0'))
  return `#${digits.join('')}`
}

function luminanceOf(colour: string): number {
  const [red, green, blue] = rgbOf(colour)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function rgbOf(colour: string): Rgb {
  const channel = (from: number) => Number.parseInt(colour.slice(from, from + 2), 16)
  return [channel(1), channel(3), channel(5)]
}
