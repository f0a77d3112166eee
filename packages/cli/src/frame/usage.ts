import { CommanderError } from 'commander'
import type { MessageKey, Say, ValuesOf } from '../words/catalogue.ts'
import { UsageError } from './faults.ts'

type Named = readonly [{ readonly name: string | number }]
/** The sentences that need a name and nothing else. */
type NamedKey = { [Key in MessageKey]: Named extends ValuesOf<Key> ? Key : never }[MessageKey]

/** What commander finds wrong, and the sentence of ours for it. */
const sentences: Readonly<Record<string, Extract<NamedKey, `usage.${string}`>>> = {
  'commander.unknownOption': 'usage.unknown-option',
  'commander.unknownCommand': 'usage.unknown-command',
  'commander.missingArgument': 'usage.missing-argument',
  'commander.optionMissingArgument': 'usage.missing-value',
  'commander.missingMandatoryOptionValue': 'usage.missing-option',
  'commander.conflictingOption': 'usage.conflicting-options',
  'commander.excessArguments': 'usage.too-many-arguments',
}

/** An option or argument whose value is not what it should be. */
export function invalidValue(say: Say, name: string, expected: string): UsageError {
  return new UsageError('invalid-value', say('usage.invalid-value', { name, expected }))
}

/** The same for what commander found; undefined where it only showed a help or the version. */
export function usageOf(error: unknown, say: Say): UsageError | undefined {
  if (!(error instanceof CommanderError) || error.exitCode === 0) return undefined
  const key = sentences[error.code]
  if (key === undefined) return new UsageError('missing-command', say('usage.missing-command'))
  // commander has the names only inside its English sentence: 'quoted', or behind the last colon.
  const [text = '', hint = ''] = error.message.split('\n(Did you mean ')
  const quoted = [...text.matchAll(/'([^']*)'/g)].map(([, name = '']) => name)
  const name =
    key === 'usage.too-many-arguments' ? text.slice(text.lastIndexOf(': ') + 2, -1) : quoted.join(', ')
  const names = hint.replace(/^one of /, '').replace(/\?\)$/, '')
  const question = names === '' ? '' : ` ${say('usage.did-you-mean', { names })}`
  return new UsageError(key.slice('usage.'.length), say(key, { name }) + question)
}
