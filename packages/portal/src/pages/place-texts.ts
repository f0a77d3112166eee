import type { CivilDate } from '@lumbung/core/kernel'
import { LumbungError } from '@lumbung/core/kernel'
import type { Organisation } from '@lumbung/core/people'
import { type AreaWithHistory, readAreaHistory, type UseCase } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import type { Option } from '../ui/index.ts'
import type { MessageKey, Words } from '../words/index.ts'

/** What a kind of organisation is called. */
export function kindText(kind: Organisation['kind'], words: Words): string {
  const key = `organisations.kind.${kind}` satisfies MessageKey
  return words.say(key)
}

/** Since when, and until when, something holds. */
export function spanText(
  { from, to }: { readonly from: CivilDate | null; readonly to: CivilDate | null },
  words: Words,
): string {
  const since = from === null ? words.say('span.unknown') : words.date(from)
  return to === null ? since : words.say('span.between', { from: since, to: words.date(to) })
}

/** A form that would only lead to a refusal is not shown. */
export function requireScope(visit: Visit, useCase: Pick<UseCase, 'scope'>): void {
  if (visit.may(useCase)) return
  throw new LumbungError('village/forbidden', 'The actor may not do this.')
}

/** One area, and all of the village. */
export interface FoundArea {
  readonly area: AreaWithHistory
  readonly areas: readonly AreaWithHistory[]
}

/** Reads an area with all others. */
export async function areaWithAll(visit: Visit, id: string): Promise<FoundArea> {
  const { areas } = await visit.session().perform(readAreaHistory, {})
  const area = areas.find((candidate) => candidate.id === id)
  if (area === undefined) throw new LumbungError('village/not-found', 'There is no such area.')
  return { area, areas }
}

/** The areas that go on, to choose from, each below the one it lies in; with them one that is chosen though it ended. */
export function areaOptions(areas: readonly AreaWithHistory[], chosen?: string | null): readonly Option[] {
  return areas
    .filter(({ isOpen, id }) => isOpen || id === chosen)
    .map(({ id, name, depth }) => ({ value: id, label: `${'– '.repeat(depth)}${name}` }))
}

/** The pages above one about an area. */
export function aboveArea({ words }: Visit, area: AreaWithHistory | undefined) {
  const list = { href: '/areas', label: words.say('menu.areas') }
  return area === undefined ? [list] : [list, { href: `/areas/${area.id}`, label: area.name }]
}

/** What a kind of area is called. */
export function areaKind(kind: AreaWithHistory['kind'], words: Words): string {
  const key = `areas.kind.${kind}` satisfies MessageKey
  return words.say(key)
}
