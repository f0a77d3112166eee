/** The width in pixels of the narrowest place that a chart must fit: a phone of 360, without its margins. */
export const NARROWEST_PX = 290

const CHARACTER_PX = 8.4

/** About how many pixels a text of a chart takes; on the safe side for every system font. */
export function textWidthPx(text: string): number {
  return text.length * CHARACTER_PX
}

/** The share of the width, in percent, that the longest of some texts needs on the narrowest screen. */
export function roomFor(texts: readonly string[]): number {
  return (Math.max(0, ...texts.map(textWidthPx)) / NARROWEST_PX) * 100
}

/** A share of the width as an attribute: at most two digits after the point. */
export function percent(share: number): string {
  return `${Math.round(share * 100) / 100}%`
}

/** A place in pixels, to a tenth. */
export function pixel(place: number): number {
  return Math.round(place * 10) / 10
}

/**
 * Round marks of an axis that enclose the values: steps of 1, 2 or 5 times a power of ten, about `count` of them.
 */
export function ticksAround(low: number, high: number, count: number): readonly number[] {
  const span = high > low ? high - low : Math.abs(high) || 1
  const rough = span / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough * 0.999) ?? 10) * power
  const first = Math.floor(low / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  // Rounded, so that three steps of 0.1 are 0.3 and not 0.30000000000000004.
  return Array.from({ length: last - first + 1 }, (_, index) =>
    Number(((first + index) * step).toPrecision(12)),
  )
}
