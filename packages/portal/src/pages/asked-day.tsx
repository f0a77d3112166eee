import type { CivilDate } from '@lumbung/core/kernel'
import { Button, Buttons, DateField, type Html } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { civilDateOf, dateParts, errorOf, type Sent, shownDate, typedDate } from './typed.ts'

/** The day that an address asks for; today where it names none, or one that does not exist. */
export interface AskedDay {
  readonly on: CivilDate
  readonly isToday: boolean
  readonly isWrong: boolean
  /** The same as parts of an address; empty for today. */
  readonly query: Readonly<Record<string, string>>
}

/** Reads the day that is asked for as `on`. */
export function askedDay(form: Sent, today: CivilDate): AskedDay {
  const asked = civilDateOf(typedDate(form, 'on'))
  const on = asked ?? today
  const { day, month, year } = shownDate(on)
  const [ofDay, ofMonth, ofYear] = dateParts('on')
  return {
    on,
    isToday: on === today,
    isWrong: asked === undefined,
    query: on === today ? {} : { [ofDay]: day, [ofMonth]: month, [ofYear]: year },
  }
}

/** An address with what is asked; what is empty is left out. */
export function addressWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

/** What an address asks besides, so that a form sent by GET keeps it. */
export function HiddenFields({
  query,
}: {
  readonly query: Readonly<Record<string, string | undefined>>
}): Html {
  return (
    <>
      {Object.entries(query).map(([name, value]) =>
        value === undefined ? null : <input type="hidden" name={name} value={value} />,
      )}
    </>
  )
}

interface OtherDayProps {
  readonly words: Words
  readonly action: string
  readonly day: AskedDay
  /** What else the address asks. */
  readonly query?: Readonly<Record<string, string | undefined>>
}

/** The question for another day, folded as long as nobody asks it. */
export function OtherDay({ words, action, day, query = {} }: OtherDayProps): Html {
  const errors = day.isWrong ? [{ name: 'on', message: words.say('fault.dateWrong') }] : []
  return (
    <details class="details noprint" open={day.isWrong || !day.isToday}>
      <summary>{words.say('counter.otherDay')}</summary>
      <form class="form" method="get" action={action}>
        <HiddenFields query={query} />
        <DateField
          words={words}
          name="on"
          label={words.say('counter.on')}
          value={shownDate(day.on)}
          {...errorOf(errors, 'on')}
        />
        <Buttons>
          <Button kind="second">{words.say('counter.show')}</Button>
          {!day.isToday && <a href={addressWith(action, query)}>{words.say('counter.today')}</a>}
        </Buttons>
      </form>
    </details>
  )
}
