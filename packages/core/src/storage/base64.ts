/** Bytes as base64 (RFC 4648). */
export function base64Of(bytes: Uint8Array): string {
  let binary = ''
  // String.fromCharCode takes its bytes as arguments, of which there may not be too many.
  for (let start = 0; start < bytes.length; start += 8192) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 8192))
  }
  return btoa(binary)
}

/**
 * The bytes that base64 stands for.
 *
 * @throws DOMException where the text is no base64.
 */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
}
