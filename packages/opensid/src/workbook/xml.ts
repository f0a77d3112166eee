import { isLumbungError } from '@lumbung/core/kernel'
import { SaxesParser } from 'saxes'
import { notAWorkbook } from './limits.ts'

/** What is told of an XML part. Names come without the prefix of their namespace. */
export interface XmlHandler {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
}

/**
 * Reads an XML part as its bytes come, and stops after each chunk, so that what the handler gathered can be
 * passed on. Declarations of types and entities are refused: a workbook has none, an attack does.
 */
export function* readXml(chunks: Iterable<Uint8Array>, part: string, handler: XmlHandler): Generator<number> {
  const parser = new SaxesParser({ position: false, xmlns: false } as const)
  const refuse = (reason: string, cause?: unknown) => notAWorkbook(reason, { part }, cause)
  parser.on('error', (cause) => {
    throw refuse('malformed XML', cause)
  })
  parser.on('doctype', () => {
    throw refuse('XML with a document type')
  })
  const { open, close, text } = handler
  if (open) parser.on('opentag', (tag) => open(localName(tag.name), tag.attributes))
  if (close) parser.on('closetag', (tag) => close(localName(tag.name)))
  if (text) parser.on('text', text)
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for (const chunk of chunks) {
      parser.write(decoder.decode(chunk, { stream: true }))
      yield chunk.length
    }
    parser.write(decoder.decode())
    parser.close()
  } catch (cause) {
    throw isLumbungError(cause) ? cause : refuse('malformed XML', cause)
  }
}

/** Reads an XML part as a whole. */
export function readWholeXml(chunks: Iterable<Uint8Array>, part: string, handler: XmlHandler): void {
  for (const _ of readXml(chunks, part, handler));
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? name : name.slice(colon + 1)
}

/** `_x000D_` and its like stand for characters that XML cannot hold. */
export function unescapeCellText(text: string): string {
  if (!text.includes('_x')) return text
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
}

/** Text as it stands in XML, with what would be taken for an escape escaped itself. */
export function escapeCellText(text: string): string {
  return text
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
}
