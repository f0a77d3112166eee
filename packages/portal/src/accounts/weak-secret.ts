/** Fewest characters of a new password or PIN; a longer one is better than a stranger one (NIST 800-63B). */
export const secretLengthMin = { officer: 10, resident: 6 } as const

/**
 * Whether a secret is among the first that anybody would try: a run of digits or letters as `123456`, one part over
 * and over as `121212`, fewer than three different characters, or the login itself.
 */
export function isWeak(secret: string, login: string): boolean {
  const text = secret.normalize('NFKC').toLowerCase()
  if (new Set(text).size < 3) return true
  if (/^(.{1,4})\1+$/su.test(text)) return true
  if (isRun(text)) return true
  return login !== '' && text.includes(login) && text.length - login.length < 4
}

/** Each character follows the one before it by the same step of one, up or down; after 9 comes 0. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  const isDigits = /^\d+$/.test(text)
  const steps = codes.slice(1).map((code, index) => {
    const step = code - (codes[index] ?? 0)
    return isDigits ? (step + 10) % 10 : step
  })
  const [first] = steps
  return (first === 1 || first === -1 || first === 9) && steps.every((step) => step === first)
}
