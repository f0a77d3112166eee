import type { VillageConfig } from '@lumbung/core/village'
import { type FieldError, type Html, type Option, TextField } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { Typed } from './form-values.ts'
import { entered } from './typed.ts'

interface BasisFieldProps {
  readonly words: Words
  readonly typed: Typed
  readonly errors: readonly FieldError[]
}

/** What an agreement rests on: a letter, a decision of a court, what was said at the counter. */
export function BasisField({ words, typed, errors }: BasisFieldProps): Html {
  return (
    <TextField
      words={words}
      {...entered(typed, errors, 'basis')}
      label={words.say('agreements.basis')}
      hint={words.say('agreements.basisHint')}
      autocomplete="off"
      lengthMax={2000}
    />
  )
}

/** The purposes of the village, to choose from. */
export function purposeOptions({ purposes }: VillageConfig, words: Words): readonly Option[] {
  return purposes.map(({ id, label }) => ({ value: id, label: words.text(label) }))
}

/** What is wrong with what an agreement rests on, which must be said. */
export function basisErrors(typed: Typed, words: Words): readonly FieldError[] {
  return typed['basis'] ? [] : [{ name: 'basis', message: words.say('agreements.basisMissing') }]
}
