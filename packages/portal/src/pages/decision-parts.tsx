import type { ExplanationMessage, FactChange, Outcome, Pack, Source } from '@lumbung/core/eligibility'
import { Details, type Html, Icon, type Standing, StatusMark } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { EligibilityTexts } from './eligibility-texts.ts'

const standings: Readonly<Record<Outcome | 'none', Standing>> = {
  eligible: 'good',
  ineligible: 'bad',
  undetermined: 'unknown',
  none: 'info',
}

/** An outcome by word and shape. */
export function OutcomeMark({ words, is }: { readonly words: Words; readonly is: Outcome | 'none' }): Html {
  return <StatusMark is={standings[is]}>{words.say(`outcome.${is}`)}</StatusMark>
}

/** What brought an outcome about. */
export interface ExplanationProps {
  readonly words: Words
  readonly texts: EligibilityTexts
  readonly pack: Pack
  readonly programme: string
  readonly messages: readonly ExplanationMessage[]
  readonly changes: readonly (readonly FactChange[])[]
  readonly isMasked: boolean
  /** Where a missing fact is written down; undefined where it cannot be. */
  readonly linkOf?: (path: string) => string | undefined
}

type Clause = Extract<ExplanationMessage, { readonly clause: unknown }>

/** An outcome with its reasons, what is missing, what would change it, what it gives, and its law. */
export function Explanation(props: ExplanationProps): Html {
  const { words, texts, pack, programme, messages, changes, isMasked, linkOf = () => undefined } = props
  const [first] = messages
  const outcome = outcomeOf(first)
  const clauses = messages.filter((message): message is Clause => 'clause' in message)
  const missing = messages.flatMap((message) => (message.key === 'missing' ? message.paths : []))
  return (
    <div class="text">
      <p>
        <OutcomeMark words={words} is={outcome} />
      </p>
      {first?.key === 'not-in-force' && first.why !== null && (
        <p>{words.say('counter.gap', { why: words.text(first.why) })}</p>
      )}
      {isMasked && <p>{words.say('counter.masked')}</p>}
      {clauses.length > 0 && (
        <ul>
          {clauses.map((clause) => (
            <li>
              <ClauseLine {...{ words, texts, pack, programme, clause }} />
            </li>
          ))}
        </ul>
      )}
      {missing.length > 0 && (
        <>
          <p>
            <b>{words.say('counter.missing')}</b>
          </p>
          <ul>
            {missing.map((path) => {
              const href = linkOf(path)
              return <li>{href === undefined ? texts.path(path) : <a href={href}>{texts.path(path)}</a>}</li>
            })}
          </ul>
        </>
      )}
      <Changes {...{ words, texts, changes }} />
      <Gives {...{ words, messages }} />
      {messages.some(({ key }) => key === 'appeal') && <p>{words.say('counter.appeal')}</p>}
      <Law {...{ words, texts, messages, sources: pack.sources }} />
    </div>
  )
}

function outcomeOf(message: ExplanationMessage | undefined): Outcome | 'none' {
  const key = message?.key
  return key === 'eligible' || key === 'ineligible' || key === 'undetermined' ? key : 'none'
}

const marks = {
  met: { icon: 'check', word: 'counter.met' },
  'not-met': { icon: 'cross', word: 'counter.notMet' },
  unknown: { icon: 'question', word: 'counter.unknown' },
} as const

interface ClauseProps extends Pick<ExplanationProps, 'words' | 'texts' | 'pack' | 'programme'> {
  readonly clause: Clause
}

function ClauseLine({ words, texts, pack, programme, clause }: ClauseProps): Html {
  const { icon, word } = marks[clause.key]
  const types = pack.programmes.get(programme)?.config.parameters ?? {}
  const read = [
    // That a list is known needs no word; what stands in it follows.
    ...clause.facts
      .filter(({ path, value }) => !(value === true && path.endsWith('members')))
      .map(({ path, value }) => {
        const name = path.split('.').at(-1) ?? path
        return words.say('counter.fact', { fact: texts.path(path), value: texts.value(name, value) })
      }),
    ...clause.parameters.map((parameter) =>
      words.say('counter.fact', {
        fact: words.text(parameter.label),
        value: texts.parameter(parameter, types[parameter.name]?.type.kind),
      }),
    ),
  ]
  return (
    <>
      <Icon name={icon} /> <b>{words.say(word)}:</b> {words.text(clause.clause)}
      {read.length > 0 && (
        <>
          <br />
          <small class="soft">{read.join(' · ')}</small>
        </>
      )}
    </>
  )
}

function Changes({
  words,
  texts,
  changes,
}: Pick<ExplanationProps, 'words' | 'texts' | 'changes'>): Html | null {
  if (changes.length === 0) return null
  const lineOf = ({ path, from, to }: FactChange) => {
    const name = path.split('.').at(-1) ?? path
    const [before, after] = [texts.value(name, from), texts.value(name, to)]
    return words.say('counter.changeTo', { fact: texts.path(path), from: before, to: after })
  }
  return (
    <>
      <p>
        <b>{words.say('counter.change')}</b>
      </p>
      <ul>
        {changes.map((set) => (
          <li>{set.map(lineOf).join('; ')}</li>
        ))}
      </ul>
    </>
  )
}

function Gives({ words, messages }: Pick<ExplanationProps, 'words' | 'messages'>): Html | null {
  const lines = messages.flatMap((message) => {
    if (message.key === 'benefit-unknown') return [words.say('counter.benefitUnknown')]
    if (message.key === 'in-kind') return [words.say('counter.inKind', { label: words.text(message.label) })]
    if (message.key !== 'benefit') return []
    const { totalMinor, per } = message.benefit
    return totalMinor === null ? [] : [words.say(`per.${per}`, { total: words.money(BigInt(totalMinor)) })]
  })
  if (lines.length === 0) return null
  return (
    <p>
      <b>{words.say('counter.benefit')}:</b> {lines.join(' ')}
    </p>
  )
}

interface LawProps extends Pick<ExplanationProps, 'words' | 'texts' | 'messages'> {
  readonly sources: Readonly<Record<string, Source>>
}

function Law({ words, texts, messages, sources }: LawProps): Html | null {
  const citations = messages.flatMap((message) => (message.key === 'law' ? message.citations : []))
  if (citations.length === 0) return null
  const lines = citations.map(
    (citation) => `${texts.citation(citation, sources)} (${words.say(`confidence.${citation.confidence}`)})`,
  )
  return (
    <Details summary={words.say('counter.law')}>
      <ul>
        {[...new Set(lines)].map((line) => (
          <li>{line}</li>
        ))}
      </ul>
    </Details>
  )
}
