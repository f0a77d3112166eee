import type { Stored } from '@lumbung/core/storage'
import type { VillageConfig } from '@lumbung/core/village'
import {
  countCasework,
  decideHousehold,
  glance,
  listAgreements,
  listDecisions,
  listDuplicates,
  listJobs,
  listOrganisations,
  listProgrammes,
  ownReads,
  readAreaHistory,
  screenVillage,
  searchResidents,
} from '@lumbung/core/village'
import type { accounts } from '../accounts/records.ts'
import { listAccounts } from '../accounts/use-cases.ts'
import { hasDesk } from '../pages/casework/requires.ts'
import type { PageFrame, VillageLook } from '../ui/index.ts'
import type { Words } from '../words/index.ts'
import type { Visit } from './visit.ts'

interface FrameParts {
  readonly look: VillageLook
  readonly words: Words
  readonly assets: PageFrame['assets']
  readonly account: Stored<typeof accounts> | undefined
  readonly may: Visit['may']
  readonly csrf: string
  readonly config: VillageConfig
  readonly purposes: Visit['purposes']
}

/** What all pages show around their content, for one reader: only links that do not lead to a refusal. */
export function frameOf({
  look,
  words,
  assets,
  account,
  may,
  csrf,
  config,
  purposes,
}: FrameParts): PageFrame {
  const menu = [
    { href: '/', label: words.say('menu.home'), shown: may(glance) },
    { href: '/residents', label: words.say('menu.residents'), shown: may(searchResidents) },
    { href: '/areas', label: words.say('menu.areas'), shown: may(readAreaHistory) },
    { href: '/organisations', label: words.say('menu.organisations'), shown: may(listOrganisations) },
    {
      href: '/programmes',
      label: words.say('menu.programmes'),
      shown: may(listProgrammes) && config.packs.length > 0,
    },
    {
      href: '/screening',
      label: words.say('menu.screening'),
      shown: may(screenVillage) && config.packs.length > 0,
    },
    {
      href: '/cases',
      label: words.say('menu.cases'),
      shown: hasDesk({ may }) && may(countCasework) && config.packs.length > 0,
    },
    { href: '/duplicates', label: words.say('menu.duplicates'), shown: may(listDuplicates) },
    { href: '/import', label: words.say('menu.import'), shown: may({ scope: 'population.import' }) },
    { href: '/accounts', label: words.say('menu.accounts'), shown: may(listAccounts) },
    { href: '/jobs', label: words.say('menu.jobs'), shown: may(listJobs) },
  ]
  const own = may(ownReads)
    ? [{ href: '/my/reads', label: words.say('menu.ownReads'), icon: 'eye' as const }]
    : []
  const resident = account?.resident ?? null
  const agreements =
    resident !== null && may(listAgreements)
      ? [
          {
            href: `/residents/${resident}/consents`,
            label: words.say('menu.agreements'),
            icon: 'people' as const,
          },
        ]
      : []
  const programmes =
    resident !== null && may(decideHousehold) && config.packs.length > 0
      ? [{ href: '/my/programmes', label: words.say('menu.ownProgrammes'), icon: 'gift' as const }]
      : []
  const cases =
    resident !== null && may(listDecisions) && config.packs.length > 0
      ? [{ href: '/my/cases', label: words.say('menu.ownCases'), icon: 'basket' as const }]
      : []
  const role = config.roles.find(({ id }) => account?.roles.includes(id))
  return {
    look,
    words,
    assets,
    home: '/',
    menu: menu.filter(({ shown }) => shown).map(({ href, label }) => ({ href, label })),
    ...(account === undefined
      ? { signIn: '/sign-in' }
      : {
          account: {
            name: account.name,
            role: role === undefined ? '' : words.text(role.label),
            links: [
              ...own,
              ...programmes,
              ...cases,
              ...agreements,
              { href: '/my/secret', label: words.say('menu.secret'), icon: 'lock' as const },
            ],
            ...(purposes.length > 1
              ? {
                  choice: {
                    label: words.say('purpose.choice'),
                    now: words.say('purpose.now', {
                      purpose: purposes.find(({ isNow }) => isNow)?.label ?? '',
                    }),
                    links: purposes,
                  },
                }
              : {}),
            signOut: { action: '/sign-out', csrf },
          },
        }),
    foot: own.map(({ href, label }) => ({ href, label })),
  }
}
