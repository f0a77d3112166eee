import type { Citation, Criterion, ProgrammeVersion } from '@lumbung/core/eligibility'
import type { CivilDate } from '@lumbung/core/kernel'
import { intervalContains } from '@lumbung/core/kernel'
import { countCasework, type ProgrammeView, screenVillage } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import {
  Button,
  Buttons,
  Card,
  Details,
  type Html,
  Notice,
  PrintButton,
  StatusMark,
  SummaryList,
  Timeline,
} from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import { hasDesk } from './casework/requires.ts'
import type { EligibilityTexts } from './eligibility-texts.ts'
import { packHistory } from './programme-history.ts'
import { VisitPage } from './visit-page.tsx'

/** Whether a programme is given out now. */
export function InForce({ words, is }: { readonly words: Words; readonly is: boolean }): Html {
  return (
    <StatusMark is={is ? 'good' : 'info'}>{words.say(is ? 'programme.open' : 'programme.closed')}</StatusMark>
  )
}

interface ProgrammeProps {
  readonly visit: Visit
  readonly view: ProgrammeView
  readonly texts: EligibilityTexts
}

/** One programme: its rule with the law behind it, what it gives, and its history. */
export function ProgrammePage({ visit, view, texts }: ProgrammeProps): Html {
  const { words } = visit
  const { programme, on, pack, replaces } = view
  const version = view.version === null ? undefined : programme.versions[view.version]
  return (
    <VisitPage
      visit={visit}
      title={words.text(programme.title)}
      lead={words.text(programme.purpose)}
      section="/programmes"
      above={[{ href: '/programmes', label: words.say('menu.programmes') }]}
    >
      <p>
        <InForce words={words} is={version !== undefined} />
      </p>
      {replaces !== null && (
        <Notice is="info" title={words.say('programme.replaced', { pack: pack.id, replaced: replaces.id })} />
      )}
      {version !== undefined && (
        <>
          <Card title={words.say('programme.rule')}>
            <p class="soft">{words.say('programme.ruleOn', { date: words.date(on) })}</p>
            <div class="text">
              <ul>
                <RuleLine {...{ words, texts, view }} criterion={version.criteria} />
              </ul>
            </div>
          </Card>
          <Parameters {...{ words, texts, view }} />
          <Gives words={words} version={version} />
        </>
      )}
      <Buttons>
        {version !== undefined && (
          <Button href={`/programmes/${programme.id}/self-check`}>{words.say('programme.selfCheck')}</Button>
        )}
        {visit.may(screenVillage) && (
          <Button kind="second" href={`/screening/${programme.id}`}>
            {words.say('programme.screen')}
          </Button>
        )}
        {hasDesk(visit) && visit.may(countCasework) && (
          <Button kind="second" href={`/programmes/${programme.id}/cases`}>
            {words.say('case.openDesk')}
          </Button>
        )}
        <PrintButton words={words} />
      </Buttons>
      <Card title={words.say('programme.history')}>
        <Timeline words={words} steps={historySteps(view, words, texts)} />
      </Card>
      <Details summary={words.say('programme.sources')}>
        <Sources {...{ words, view }} />
        <p>{words.say('programme.pack', { pack: pack.id, version: pack.version })}</p>
      </Details>
    </VisitPage>
  )
}

interface PartProps {
  readonly words: Words
  readonly texts: EligibilityTexts
  readonly view: ProgrammeView
}

function RuleLine({ words, texts, view, criterion }: PartProps & { readonly criterion: Criterion }): Html {
  const { label, citation } = criterion
  const law = citation !== undefined && <Law {...{ words, texts, view, citation }} />
  if ('when' in criterion) {
    return (
      <li>
        {words.text(label)}
        {law}
      </li>
    )
  }
  const kind = criterion.all !== undefined ? 'all' : criterion.any !== undefined ? 'any' : 'none'
  const parts = criterion.all ?? criterion.any ?? criterion.none ?? []
  return (
    <li>
      {words.text(label)}
      {law}
      <br />
      <b>{words.say(`programme.${kind}`)}:</b>
      <ul>
        {parts.map((part) => (
          <RuleLine {...{ words, texts, view }} criterion={part} />
        ))}
      </ul>
    </li>
  )
}

/** Where a value is from, how far it is to be trusted, and whether it is the pack's own reading. */
function Law({ words, texts, view, citation }: PartProps & { readonly citation: Citation }): Html {
  const { confidence, reading } = citation
  return (
    <>
      <br />
      <small class="soft">
        {texts.citation(citation, view.sources)} · {words.say(`confidence.${confidence}`)}
        {reading !== undefined && (
          <>
            <br />
            <b>{words.say('programme.ownReading', { reading: words.text(reading) })}</b>
          </>
        )}
      </small>
    </>
  )
}

function Parameters({ words, texts, view }: PartProps): Html | null {
  const { programme, on } = view
  const rows = Object.entries(programme.parameters).flatMap(([name, { label, type, values }]) => {
    const now = values.find((dated) => intervalContains(dated, on))
    if (now === undefined) return []
    const shown = (value: typeof now.value, citation: Citation) =>
      texts.parameter({ name, label, value, citation }, type.kind)
    const { value, citation, alternatives } = now
    return [
      {
        term: words.text(label),
        value: (
          <>
            {shown(value, citation)}
            <Law {...{ words, texts, view, citation }} />
            {alternatives.map((other) => (
              <>
                <br />
                <small class="soft">
                  {words.say('programme.otherReading', {
                    value: shown(other.value, other.citation),
                    source: texts.citation(other.citation, view.sources),
                  })}
                </small>
              </>
            ))}
          </>
        ),
      },
    ]
  })
  if (rows.length === 0) return null
  return (
    <Card title={words.say('programme.parameters')}>
      <SummaryList rows={rows} />
    </Card>
  )
}

function Gives({ words, version }: { readonly words: Words; readonly version: ProgrammeVersion }): Html {
  const { benefit, documents } = version
  const given = [...(benefit?.components ?? []), ...(benefit?.inKind ?? [])]
  return (
    <>
      {given.length > 0 && (
        <Card title={words.say('programme.gives')}>
          <Labels words={words} labels={given} />
        </Card>
      )}
      {documents.length > 0 && (
        <Card title={words.say('programme.documents')}>
          <Labels words={words} labels={documents} />
        </Card>
      )}
    </>
  )
}

function Labels({
  words,
  labels,
}: {
  readonly words: Words
  readonly labels: readonly Pick<Criterion, 'label'>[]
}): Html {
  return (
    <div class="text">
      <ul>
        {labels.map(({ label }) => (
          <li>{words.text(label)}</li>
        ))}
      </ul>
    </div>
  )
}

function historySteps(view: ProgrammeView, words: Words, texts: EligibilityTexts) {
  return packHistory(view.programme).map((step) => ({
    title: words.say(step.kind === 'gap' ? 'programme.gap' : 'programme.version'),
    state: stateOn(step, view.on),
    when: spanText(step, words),
    children: (
      <p class="soft">
        {step.kind === 'gap'
          ? words.text(step.why)
          : step.legalBasis.map((citation) => texts.citation(citation, view.sources)).join('; ')}
      </p>
    ),
  }))
}

interface Dated {
  readonly from?: CivilDate | undefined
  readonly to?: CivilDate | undefined
}

function stateOn({ from, to }: Dated, on: CivilDate): 'done' | 'now' | 'coming' {
  if (to !== undefined && to <= on) return 'done'
  return from !== undefined && from > on ? 'coming' : 'now'
}

function spanText({ from, to }: Dated, words: Words): string {
  if (from !== undefined && to !== undefined)
    return words.say('programme.between', { from: words.date(from), to: words.date(to) })
  if (from !== undefined) return words.say('programme.from', { from: words.date(from) })
  return to === undefined
    ? words.say('programme.always')
    : words.say('programme.until', { to: words.date(to) })
}

function Sources({ words, view }: Pick<PartProps, 'words' | 'view'>): Html {
  const text = JSON.stringify(view.programme)
  const used = Object.entries(view.sources).filter(([id]) => text.includes(`"source":"${id}"`))
  return (
    <div class="text">
      <ul>
        {used.map(([, { title, publisher, url, publishedOn }]) => (
          <li>
            {url === undefined ? title : <a href={url}>{title}</a>}
            {publisher !== undefined && `, ${publisher}`}
            {publishedOn !== undefined && `, ${words.date(publishedOn)}`}
          </li>
        ))}
      </ul>
    </div>
  )
}
