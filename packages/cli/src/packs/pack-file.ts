import {
  checkPack,
  type Pack,
  type PackFault,
  type PackOptions,
  type PackPath,
  type Place,
  type Readings,
  vocabularyOf,
} from '@lumbung/core/eligibility'
import { indonesianPack, indonesianProgrammes, registerFacts } from '@lumbung/indonesia'
import { type Document, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { type Fault, FaultsError } from '../frame/faults.ts'
import type { Session } from '../frame/session.ts'
import { sourceOf, textOf } from '../input/source.ts'

/** The packs that are there without a file, by their ids. */
const builtIn: Readonly<Record<string, () => Pack>> = { indonesia: indonesianPack }

/** The same as they are written, for other readings than those that they prefer. */
const written: Readonly<Record<string, readonly [value: unknown, options: PackOptions]>> = {
  indonesia: [indonesianProgrammes, { vocabulary: vocabularyOf(registerFacts) }],
}

/**
 * The packs that words of a command line name: a built-in id, or a file in YAML or JSON. A file may extend the
 * built-in packs and those before it.
 *
 * @throws FaultsError with every fault of every file.
 */
export async function packsOf(words: readonly string[], session: Session): Promise<readonly Pack[]> {
  return await packsIn(words, {}, session)
}

/**
 * The pack that a word of a command line names, by chosen readings where its sources conflict: of its own parameters,
 * or of those that it inherits.
 *
 * @throws FaultsError with every fault of the file.
 */
export async function packOf(word: string, readings: Readings, session: Session): Promise<Pack> {
  const [pack] = await packsIn([word], readings, session)
  return pack ?? indonesianPack()
}

async function packsIn(
  words: readonly string[],
  readings: Readings,
  session: Session,
): Promise<readonly Pack[]> {
  const packs: Pack[] = []
  const faults: Fault[] = []
  for (const word of words) {
    if (Object.hasOwn(builtIn, word)) {
      packs.push(builtInBy(word, readings, faults))
      continue
    }
    const { pack, faults: own } = await readPack(word, packs, readings, session)
    faults.push(...own)
    if (pack !== undefined) packs.push(pack)
  }
  if (faults.length > 0) throw new FaultsError(faults)
  return packs
}

function builtInBy(word: string, readings: Readings, faults: Fault[]): Pack {
  const pack = builtIn[word]?.() ?? indonesianPack()
  const [value, options] = written[word] ?? []
  if (options === undefined || Object.keys(readings).length === 0) return pack
  const checked = checkPack(value, { ...options, readings })
  if (checked.ok) return checked.pack
  faults.push(...checked.faults.map((fault) => ({ code: fault.code, message: messageOf(fault) })))
  return pack
}

async function readPack(
  path: string,
  before: readonly Pack[],
  readings: Readings,
  session: Session,
): Promise<{ readonly pack?: Pack; readonly faults: readonly Fault[] }> {
  const source = sourceOf(path, session)
  let text = ''
  for await (const piece of textOf(source, session)) text += piece
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = ({ line, column }: Place) => ({ file: source.name, line, column })
  if (document.errors.length > 0) {
    const faults = document.errors.map(({ code, message, pos }): Fault => {
      const { line, col } = lines.linePos(pos[0])
      return {
        place: place({ line, column: col }),
        code: `yaml/${code.toLowerCase().replaceAll('_', '-')}`,
        message,
      }
    })
    return { faults }
  }
  const placeOf = (at: PackPath, offset = 0) => placeIn(document, lines, at, offset)
  const bases = [indonesianPack(), ...before]
  const { vocabulary } = indonesianPack()
  const checked = checkPack(plainOf(document), { vocabulary, bases, placeOf, readings })
  if (checked.ok) return { pack: checked.pack, faults: [] }
  return {
    faults: checked.faults.map((fault) => ({
      place: place(fault.place ?? { line: 1, column: 1 }),
      code: fault.code,
      message: messageOf(fault),
    })),
  }
}

function messageOf({ path, message, hint }: PackFault): string {
  const where = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  )
  return `${where}: ${message}${hint === undefined ? '' : ` ${hint}`}`
}

/** Aliases are bounded by the reader, so a small file cannot become a large value. */
function plainOf(document: Document): unknown {
  return document.toJS({ maxAliasCount: 100 })
}

/** Where a part of a document stands; a part that is missing stands where its owner begins. */
function placeIn(document: Document, lines: LineCounter, path: PackPath, offset: number): Place | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    if (!isNode(node) || node.range === null || node.range === undefined) continue
    const isText = length === path.length && isScalar(node) && (node.type === 'PLAIN' || isQuoted(node.type))
    const within = isText ? offset + (isQuoted(node.type) ? 1 : 0) : 0
    const { line, col } = lines.linePos(node.range[0] + within)
    return { line, column: col }
  }
  return undefined
}

function isQuoted(type: unknown): boolean {
  return type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE'
}
