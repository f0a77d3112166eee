import type { Visit } from '../server/visit.ts'
import { type Html, Page, type PageProps } from '../ui/index.ts'

interface VisitPageProps extends Omit<PageProps, 'frame' | 'translation'> {
  readonly visit: Visit
  /** Default: the same address in the other language. A page that answers a form names one that can be asked for. */
  readonly translation?: PageProps['translation']
}

/** A page as whoever visits it sees it. */
export function VisitPage({ visit, translation = visit.translation, ...page }: VisitPageProps): Html {
  return <Page frame={visit.frame} translation={translation} {...page} />
}
