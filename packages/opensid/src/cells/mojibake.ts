/** Each byte of Windows-1252 by the character that it shows. */
const bytes = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 256 }, (_, byte) => byte))].map(
    (character, byte) => [character, byte],
  ),
)

const strict = new TextDecoder('utf-8', { fatal: true })
/** The first character of every letter that was broken in this way. */
const suspicious = /[\u00c2-\u00f4]/

/**
 * The text as it was before a program took UTF-8 for Windows-1252, which turns `é` into `Ã©`; `undefined` where
 * nothing of the kind has happened.
 */
export function repairedText(text: string): string | undefined {
  if (!suspicious.test(text)) return undefined
  const encoded: number[] = []
  for (const character of text) {
    const byte = bytes.get(character)
    if (byte === undefined) return undefined
    encoded.push(byte)
  }
  try {
    const repaired = strict.decode(Uint8Array.from(encoded))
    return repaired === text ? undefined : repaired
  } catch {
    // No UTF-8: then the letters are meant as they stand.
    return undefined
  }
}
