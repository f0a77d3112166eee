import { notAWorkbook } from './limits.ts'
import { readWholeXml, unescapeCellText } from './xml.ts'

type Chunks = Iterable<Uint8Array>

/** A sheet as the workbook lists it. */
export interface ListedSheet {
  readonly name: string
  readonly relation: string
}

/** What the main part tells: the sheets, and from which day dates are counted. */
export function readWorkbookPart(
  chunks: Chunks,
  part: string,
): { sheets: readonly ListedSheet[]; is1904: boolean } {
  const sheets: ListedSheet[] = []
  let is1904 = false
  readWholeXml(chunks, part, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = isTrue(attributes['date1904'])
      if (name !== 'sheet') return
      const [, relation] = Object.entries(attributes).find(([key]) => key.endsWith(':id')) ?? []
      if (relation === undefined) throw notAWorkbook('a sheet that stands nowhere', { part })
      sheets.push({ name: attributes['name'] ?? '', relation })
    },
  })
  return { sheets, is1904 }
}

/** A pointer from one part to another, or outside. */
export interface Relation {
  readonly type: string
  readonly target: string
  readonly isExternal: boolean
}

/** The pointers of a part by their ids; a target within the archive comes as its full name in lower case. */
export function readRelations(chunks: Chunks, part: string, folder: string): ReadonlyMap<string, Relation> {
  const relations = new Map<string, Relation>()
  readWholeXml(chunks, part, {
    open(name, attributes) {
      if (name !== 'Relationship') return
      const isExternal = attributes['TargetMode']?.toLowerCase() === 'external'
      const target = attributes['Target'] ?? ''
      relations.set(attributes['Id'] ?? '', {
        type: attributes['Type']?.split('/').at(-1) ?? '',
        target: isExternal ? target : resolvePart(target, folder),
        isExternal,
      })
    },
  })
  return relations
}

function resolvePart(target: string, folder: string): string {
  const segments: string[] = target.startsWith('/') ? [] : folder.split('/').filter(Boolean)
  for (const segment of target.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(segment)
  }
  return segments.join('/').toLowerCase()
}

/** The texts that cells share, each by its place. Readings printed above a text are left out. */
export function readSharedTexts(chunks: Chunks, part: string): readonly string[] {
  const texts: string[] = []
  let text = ''
  let isText = false
  let readings = 0
  readWholeXml(chunks, part, {
    open(name) {
      if (name === 'si') text = ''
      else if (name === 'rPh') readings += 1
      else if (name === 't') isText = readings === 0
    },
    text(more) {
      if (isText) text += more
    },
    close(name) {
      if (name === 'si') texts.push(unescapeCellText(text))
      else if (name === 'rPh') readings -= 1
      else if (name === 't') isText = false
    },
  })
  return texts
}

/** Which cell styles show a number as a date. */
export function readDateStyles(chunks: Chunks, part: string): ReadonlySet<number> {
  const ownFormats = new Map<number, string>()
  const dateStyles = new Set<number>()
  let isCellStyle = false
  let index = 0
  readWholeXml(chunks, part, {
    open(name, attributes) {
      if (name === 'numFmt') ownFormats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') isCellStyle = true
      else if (name === 'xf' && isCellStyle) {
        const format = Number(attributes['numFmtId'] ?? 0)
        const own = ownFormats.get(format)
        if (own === undefined ? isBuiltInDate(format) : isDateFormat(own)) dateStyles.add(index)
        index += 1
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellStyle = false
    },
  })
  return dateStyles
}

/** The built-in formats that show a date, those of other scripts included (ECMA-376 part 1, 18.8.30). */
function isBuiltInDate(format: number): boolean {
  return (
    (format >= 14 && format <= 17) ||
    format === 22 ||
    (format >= 27 && format <= 36) ||
    (format >= 50 && format <= 58)
  )
}

/** A format of one's own shows a date if it has a year or a day outside of quoted text, colours and conditions. */
function isDateFormat(code: string): boolean {
  return /[yd]/i.test(code.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, ''))
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true' || value === 'on'
}
