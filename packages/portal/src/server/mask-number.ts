/**
 * A number with most of its characters hidden; whoever needs them all opens it on purpose. One so short that it is
 * nobody's identity number stands as it is.
 */
export function maskNumber(number: string): string {
  if (number.length <= 6) return number
  return `${number.slice(0, 2)}${masking.repeat(number.length - 6)}${number.slice(-4)}`
}

/** What stands for a hidden character; no number holds it. */
const masking = '•'

/** Whether a number is one that was masked, and so tells nobody's. */
export function isMaskedNumber(number: string): boolean {
  return number.includes(masking)
}
