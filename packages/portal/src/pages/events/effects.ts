import type { CivilDate } from '@lumbung/core/kernel'
import type { Edit } from '@lumbung/core/people'
import type { VillageConfig } from '@lumbung/core/village'
import type { Words } from '../../words/index.ts'
import { maskedNumber } from '../people.tsx'
import { statusText } from '../person-values.ts'

interface Telling {
  readonly words: Words
  readonly config: VillageConfig
  /** What people and households are called. */
  readonly names: ReadonlyMap<string, string>
}

/** What an event would change, in sentences. */
export function effectsOf(edits: readonly Edit[], { words, config, names }: Telling): readonly string[] {
  const all = new Map(names)
  for (const { of, after } of edits) {
    if (of === 'resident') all.set(after.id, after.name)
    if (of === 'household' && !all.has(after.id)) {
      all.set(after.id, [maskedNumber(after.number, words), after.address].filter(Boolean).join(', '))
    }
  }
  const person = (id: string) => all.get(id) ?? words.say('effect.someone')
  const household = (id: string) => all.get(id) ?? words.say('effect.someHousehold')
  const relationship = (code: string) => {
    const label = config.relationships[code]
    return label === undefined ? code : words.text(label)
  }
  const sentences: string[] = []
  for (const edit of edits) {
    if (edit.of === 'resident') {
      sentences.push(...residentEffects(edit, words))
    } else if (edit.of === 'household') {
      const values = { household: household(edit.after.id) }
      sentences.push(words.say(edit.before === null ? 'effect.newHousehold' : 'effect.household', values))
    } else if (edit.of === 'membership') {
      const { after, before } = edit
      const [name, home] = [person(after.resident), household(after.household)]
      if (after.retractedAt !== null) {
        // A membership that is written anew, with an end or another relationship, is told by the new one.
        const isAgain = edits.some(
          (e) =>
            e.of === 'membership' &&
            e.after.retractedAt === null &&
            e.after.resident === after.resident &&
            e.after.household === after.household,
        )
        if (!isAgain) sentences.push(words.say('effect.leavesNow', { name, household: home }))
        continue
      }
      if (before !== null && before.to === after.to && before.relationship === after.relationship) continue
      const isFollowed = edits.some(
        (e) =>
          e !== edit &&
          e.of === 'membership' &&
          e.after.retractedAt === null &&
          e.after.resident === after.resident &&
          e.after.household === after.household &&
          e.after.from === after.to,
      )
      if (isFollowed) continue
      const as = { name, household: home, relationship: relationship(after.relationship) }
      if (after.to !== null)
        sentences.push(words.say('effect.leaves', { name, household: home, date: words.date(after.to) }))
      else if (after.from === null) sentences.push(words.say('effect.joinsAlways', as))
      else sentences.push(words.say('effect.joins', { ...as, date: words.date(after.from) }))
    } else sentences.push(words.say('effect.other'))
  }
  return [...new Set(sentences)]
}

function residentEffects(
  { before, after }: Extract<Edit, { readonly of: 'resident' }>,
  words: Words,
): readonly string[] {
  const { name } = after
  if (before === null) return [words.say('effect.newPerson', { name })]
  const sentences: string[] = []
  if (before.status !== after.status) {
    const values = { name, status: statusText(after.status, words), date: dateText(after.statusSince, words) }
    sentences.push(words.say('effect.status', values))
  }
  if (before.area !== after.area) sentences.push(words.say('effect.area', { name }))
  return sentences.length > 0 ? sentences : [words.say('effect.person', { name })]
}

function dateText(date: CivilDate, words: Words): string {
  return words.date(date)
}
