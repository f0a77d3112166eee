import { type Html, ProgressPage } from '../../src/ui/index.ts'
import type { Sample } from './frame.tsx'

/** Long work, as an import. */
export function ImportProgressPage({ frame, say, at, translationOf }: Sample): Html {
  return (
    <ProgressPage
      frame={frame}
      title={say('Data penduduk sedang diimpor', 'The residents are being imported')}
      section={at('register')}
      above={[{ href: at('register'), label: say('Penduduk', 'Residents') }]}
      translation={translationOf('progress')}
      done={1200}
      total={3761}
      unit={say('baris', 'rows')}
      refreshSeconds={60}
      toggle={at('progress')}
    >
      <p>{say('Sejauh ini 2 peringatan.', '2 warnings so far.')}</p>
    </ProgressPage>
  )
}
