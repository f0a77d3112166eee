import type { Actor, Village } from '@lumbung/core/village'
import type { VillageLook } from '../ui/index.ts'

/** An account that the example shows on its sign-in page, so that a newcomer can look around. */
export interface DemoAccount {
  readonly login: string
  readonly secret: string
  readonly name: string
  readonly role: string
}

/** What {@link createPortal} takes. */
export interface PortalOptions {
  readonly village: Village
  readonly look: VillageLook
  /** Accounts shown to whoever signs in. Only for an example, and only on the machine itself. Default: none. */
  readonly demoAccounts?: readonly DemoAccount[]
  /**
   * Whether the portal is reached over plain HTTP, as on the machine itself: its cookies then do not ask for
   * HTTPS. Default: false.
   */
  readonly isPlainHttp?: boolean
  /**
   * The names under which the portal may be asked, as a browser writes them. Another name that leads here, as of a
   * foreign page that points its own one to this machine, is refused. Default: any.
   */
  readonly hosts?: readonly string[]
  /** Hears of faults that no visitor could mend. Default: nobody does. */
  readonly onFault?: (error: unknown) => void
  /** Reads and imports workbooks aside, so that pages stay quick. Default: there is no import page. */
  readonly imports?: ImportDesk
}

/** How far an import has come. */
export interface ImportState {
  readonly id: string
  readonly fileName: string
  readonly status: 'reading' | 'writing' | 'done' | 'refused' | 'failed'
  readonly done: number
  readonly total: number
  readonly report?: ImportReport
}

/** What came of an import. */
export interface ImportReport {
  /** Left out where nothing came in. */
  readonly came?: {
    readonly added: number
    readonly changed: number
    readonly unchanged: number
    readonly households: number
    readonly hamlets: number
  }
  /** Of the participants of a programme: which one, and how many came in. Left out where none did. */
  readonly participants?: {
    readonly programme: string
    readonly added: number
    readonly unchanged: number
  }
  /** Set where a part came in before others got in the way. */
  readonly isPartial?: boolean
  readonly faults: readonly ImportFinding[]
  readonly warnings: readonly ImportFinding[]
  /** How many there are in all, of which the lists may show the first. */
  readonly faultCount: number
  readonly warningCount: number
}

/** A fault or a warning, with its place in the workbook. */
export interface ImportFinding {
  readonly sheet?: string
  readonly row?: number
  readonly column?: string
  readonly message: Readonly<Record<string, string>>
  readonly expected?: Readonly<Record<string, string>>
  readonly found?: string
}

/** A workbook that somebody brings in, with the rights that they have. */
export interface ImportFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly by: Actor
  readonly purpose?: string
  /** Of participants: the programme of the village that they take part in. Default: the one that the workbook names. */
  readonly programme?: string
  /** What the form was given when it was shown. */
  readonly key?: string
}

/** Takes workbooks and tells how far each has come. */
export interface ImportDesk {
  /** Gives the id of the import. The same key, sent once more, gives that of the first. */
  readonly start: (file: ImportFile) => string
  readonly stateOf: (id: string) => ImportState | undefined
  readonly close: () => Promise<void>
}
