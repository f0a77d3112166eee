import { inflatedChunks } from './inflate.ts'
import { notAWorkbook, requireWithin, type WorkbookLimits } from './limits.ts'
import {
  type ListedSheet,
  readDateStyles,
  readRelations,
  readSharedTexts,
  readWorkbookPart,
} from './parts.ts'
import { readSheetRows, type SheetContext } from './sheet.ts'
import { readZipDirectory, type ZipEntry } from './zip-directory.ts'

/** Something in a workbook that could act by itself or lead outside. It is named, and never run or followed. */
export type Hazard = 'workbook/macros' | 'workbook/external-links' | 'workbook/embedded-objects'

/** A sheet that can be read. */
export interface Sheet {
  readonly name: string
  /** Whether it is a table of cells, and not a chart or a dialogue. */
  readonly isTable: boolean
  readonly inflatedBytes: number
  /** Reads its rows; see {@link readSheetRows}. */
  rows(context: Pick<SheetContext, 'onMerged' | 'rowsBefore'>): ReturnType<typeof readSheetRows>
}

/** A workbook whose directory and main parts have been read and found in order. */
export interface Workbook {
  readonly sheets: readonly Sheet[]
  readonly is1904: boolean
  readonly hazards: readonly Hazard[]
}

/** Opens a workbook: judges the archive, then reads what the cells need. The sheets are read later, one by one. */
export function openWorkbook(bytes: Uint8Array, limits: WorkbookLimits): Workbook {
  const entries = readZipDirectory(bytes, limits)
  const entryOf = (name: string): ZipEntry => {
    const entry = entries.get(name.toLowerCase())
    if (entry === undefined) throw notAWorkbook('a part that is not there', { part: name })
    return entry
  }
  const chunksOf = (name: string) => inflatedChunks(bytes, entryOf(name))
  const mainPart = findMainPart(entries, chunksOf)
  const folder = mainPart.split('/').slice(0, -1).join('/')
  const file = mainPart.split('/').at(-1) ?? ''
  const relationsPart = `${folder}/_rels/${file}.rels`
  const relations = readRelations(chunksOf(relationsPart), relationsPart, folder)
  const { sheets, is1904 } = readWorkbookPart(chunksOf(mainPart), mainPart)
  requireWithin(limits, 'sheets', sheets.length)

  const partOf = (type: string) => [...relations.values()].find((one) => one.type === type && !one.isExternal)
  const textsPart = partOf('sharedStrings')?.target
  const stylesPart = partOf('styles')?.target
  const sharedTexts = textsPart === undefined ? [] : readSharedTexts(chunksOf(textsPart), textsPart)
  const dateStyles =
    stylesPart === undefined ? new Set<number>() : readDateStyles(chunksOf(stylesPart), stylesPart)

  const sheetOf = ({ name, relation }: ListedSheet): Sheet => {
    const target = relations.get(relation)
    if (target === undefined || target.isExternal)
      throw notAWorkbook('a sheet that stands nowhere', { sheet: name })
    const isTable = target.type === 'worksheet'
    const entry = isTable ? entryOf(target.target) : undefined
    return {
      name,
      isTable,
      inflatedBytes: entry?.inflatedBytes ?? 0,
      rows: (context) =>
        readSheetRows(entry ? inflatedChunks(bytes, entry) : [], target.target, {
          ...context,
          sharedTexts,
          dateStyles,
          limits,
        }),
    }
  }
  return { sheets: sheets.map(sheetOf), is1904, hazards: hazardsIn([...entries.keys()]) }
}

function findMainPart(
  entries: ReadonlyMap<string, ZipEntry>,
  chunksOf: (name: string) => Iterable<Uint8Array>,
): string {
  if (!entries.has('_rels/.rels')) throw notAWorkbook('an archive, but no workbook')
  const relations = readRelations(chunksOf('_rels/.rels'), '_rels/.rels', '')
  const main = [...relations.values()].find(
    ({ type, isExternal }) => type === 'officeDocument' && !isExternal,
  )
  if (main === undefined) throw notAWorkbook('an archive, but no workbook')
  return main.target
}

function hazardsIn(names: readonly string[]): readonly Hazard[] {
  const patterns: readonly [Hazard, RegExp][] = [
    ['workbook/macros', /(^|\/)vbaproject\.bin$|(^|\/)macrosheets\//],
    ['workbook/external-links', /(^|\/)externallinks\/|(^|\/)connections\.xml$/],
    ['workbook/embedded-objects', /(^|\/)(embeddings|activex)\//],
  ]
  return patterns.filter(([, pattern]) => names.some((name) => pattern.test(name))).map(([hazard]) => hazard)
}
