import type { AreaWithHistory } from '@lumbung/core/village'
import type { Visit } from '../server/visit.ts'
import { Button, Card, type Html, SummaryList, type SummaryRow } from '../ui/index.ts'
import { EntryForm, type EntryFormProps } from './entry-form.tsx'
import type { Typed } from './form-values.ts'
import { aboveArea } from './place-texts.ts'
import { carriedOn } from './typed.ts'
import { VisitPage } from './visit-page.tsx'

interface AreaStepProps {
  readonly visit: Visit
  readonly area: AreaWithHistory
  /** What is changed, which is also the last part of its address. */
  readonly change: 'rename' | 'split' | 'end' | 'reopen'
  readonly title: string
}

/** The form of a change to one area. */
export function AreaForm({
  visit,
  area,
  change,
  title,
  lead,
  ...form
}: AreaStepProps & { readonly lead: string } & Omit<EntryFormProps, 'visit' | 'action'>): Html {
  return (
    <VisitPage visit={visit} title={title} lead={lead} section="/areas" above={aboveArea(visit, area)}>
      <EntryForm visit={visit} action={`/areas/${area.id}/${change}`} {...form} />
    </VisitPage>
  )
}

interface AreaPreviewProps extends AreaStepProps {
  readonly typed: Typed
  readonly rows: readonly SummaryRow[]
  /** What the button says that carries it out. */
  readonly save: string
  readonly next: string
}

/** What a change to an area would come to, before anything is written; from here one may go back to its form. */
export function AreaPreview({ visit, area, change, title, typed, rows, save, next }: AreaPreviewProps): Html {
  const { words } = visit
  return (
    <VisitPage
      visit={visit}
      title={words.say('areas.splitPreview')}
      section="/areas"
      above={aboveArea(visit, area)}
    >
      <Card title={title}>
        <SummaryList rows={rows} />
        <EntryForm
          visit={visit}
          action={`/areas/${area.id}/${change}`}
          hidden={carriedOn(typed)}
          save={{ label: save, step: change }}
          others={
            <Button kind="second" name="step" value="back">
              {words.say('areas.splitBack')}
            </Button>
          }
          next={next}
        />
      </Card>
    </VisitPage>
  )
}
