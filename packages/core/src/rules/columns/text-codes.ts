/**
 * Numbers for texts, so that two texts are equal where their numbers are.
 *
 * @example
 * ```ts
 * import { TextCodes } from '@lumbung/core/rules'
 *
 * const texts = new TextCodes()
 * texts.codeOf('owned') // => 0
 * texts.codeOf('rented') // => 1
 * texts.codeOf('owned') // => 0
 * texts.textOf(1) // => 'rented'
 * ```
 */
export class TextCodes {
  readonly #codes = new Map<string, number>()
  readonly #texts: string[] = []

  /** The code of a text, from 0; a new one where it is new. */
  codeOf(text: string): number {
    const known = this.#codes.get(text)
    if (known !== undefined) return known
    const code = this.#texts.length
    this.#codes.set(text, code)
    this.#texts.push(text)
    return code
  }

  /** The text of a code that was given out here; undefined of any other number. */
  textOf(code: number): string | undefined {
    return this.#texts[code]
  }

  get size(): number {
    return this.#texts.length
  }
}
