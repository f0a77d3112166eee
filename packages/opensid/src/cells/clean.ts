/** The text as most cells hold it; such a text is clean already. */
const plain = /^[!-~]+(?: [!-~]+)*$/

/**
 * The text of a cell without what cannot be seen: control characters and zero-width ones gone, white space as
 * single spaces, in normal form NFC. Line breaks become spaces.
 */
export function cleanText(text: string): string {
  if (plain.test(text)) return text
  return text
    .replace(/[\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\uffff]/g, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .normalize('NFC')
    .trim()
}

/** The same without the apostrophes before it, by which people tell a spreadsheet program that it is text. */
export function cleanEntry(text: string): string {
  return cleanText(cleanText(text).replace(/^[' ]+/, ''))
}

/** A hamlet's name as the register keeps it: without underscores and without the word for hamlet before it. */
export function cleanHamlet(text: string): string {
  return cleanText(cleanText(text.replaceAll('_', ' ')).replace(/^(?:[' ]+|dusun )+/i, ''))
}

/** Whether a text is what cleaning makes of it, and can be told from an empty cell. */
export function isCellText(text: string): boolean {
  return text !== '-' && cleanText(text) === text && text.isWellFormed()
}
