import type { Edit, Membership } from '@lumbung/core/people'
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
  const household = (id: string) => all.get(id) ?? words.say('effect.someHousehold')
  const memberships = edits.flatMap((edit) => (edit.of === 'membership' ? [edit.after] : []))
  const sentences = edits.flatMap((edit) => {
    switch (edit.of) {
      case 'resident':
        return residentEffects(edit, words)
      case 'household': {
        const key = edit.before === null ? 'effect.newHousehold' : 'effect.household'
        return [words.say(key, { household: household(edit.after.id) })]
      }
      case 'membership': {
        const name = all.get(edit.after.resident) ?? words.say('effect.someone')
        const label = config.relationships[edit.after.relationship]
        const relationship = label === undefined ? edit.after.relationship : words.text(label)
        const told = { name, household: household(edit.after.household), relationship }
        return membershipEffects(edit.after, memberships, told, words)
      }
      default:
        return [words.say('effect.other')]
    }
  })
  return [...new Set(sentences)]
}

/**
 * A membership is never changed but taken back and written anew: what is told is how it stands afterwards, once.
 */
function membershipEffects(
  after: Membership,
  all: readonly Membership[],
  {
    relationship,
    ...who
  }: { readonly name: string; readonly household: string; readonly relationship: string },
  words: Words,
): readonly string[] {
  const standing = all.filter(
    (other) =>
      other.resident === after.resident && other.household === after.household && other.retractedAt === null,
  )
  if (after.retractedAt !== null) {
    return standing.length === 0 ? [words.say('effect.leavesNow', who)] : []
  }
  const { from, to } = after
  if (to !== null) {
    const goesOn = standing.some((other) => other.from === to)
    return goesOn ? [] : [words.say('effect.leaves', { ...who, date: words.date(to) })]
  }
  return from === null
    ? [words.say('effect.joinsAlways', { ...who, relationship })]
    : [words.say('effect.joins', { ...who, relationship, date: words.date(from) })]
}

function residentEffects(
  { before, after }: Extract<Edit, { readonly of: 'resident' }>,
  words: Words,
): readonly string[] {
  const { name } = after
  if (before === null) return [words.say('effect.newPerson', { name })]
  const sentences: string[] = []
  if (before.status !== after.status) {
    const values = { name, status: statusText(after.status, words), date: words.date(after.statusSince) }
    sentences.push(words.say('effect.status', values))
  }
  if (before.area !== after.area) sentences.push(words.say('effect.area', { name }))
  return sentences.length > 0 ? sentences : [words.say('effect.person', { name })]
}
