import * as z from 'zod'
import { CaseworkPolicy, composePacks } from '../casework/index.ts'
import { PackConfig } from '../eligibility/index.ts'
import { LocalizedText, LumbungError, VillageId } from '../kernel/index.ts'
import { FactConfig } from '../people/index.ts'
import { groupFaults } from './people-groups.ts'
import { Role } from './roles.ts'

/** A stated reason for which personal data are read, such as the counter's daily work. */
const Purpose = z
  .strictObject({ id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/), label: LocalizedText })
  .readonly()

/**
 * All that distinguishes one village from another, as data, so that it can be kept in the database and another
 * village needs no change in any package.
 *
 * - `id`: the partition that everything of the village is stored in, such as its official code;
 * - `timeZone`: IANA name; today is the civil date there;
 * - `languages`: the first one is shown where none is asked for;
 * - `currency`, `currencyScale`: ISO 4217 code and digits of the minor unit;
 * - `childBelowYears`: all data of a person younger than that are `specific`;
 * - `purposes`: for what personal data may be read; `roles`: who may do what; `facts`: which dated facts are kept;
 * - `packs`: the assistance programmes that it knows, with their law; a later pack may extend those before it;
 * - `casework`: deadlines and signatures by which programmes are carried out;
 * - `relationships`: what a relationship to the head of a household is called, by its code;
 * - `look`: name of the accent colour and the emblem, as the portal understands them.
 *
 * @example
 * ```ts
 * import { VillageConfig } from '@lumbung/core/village'
 *
 * const config = VillageConfig.parse({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 * })
 * config.roles // => []
 * ```
 */
export const VillageConfig = z
  .strictObject({
    id: VillageId,
    name: LocalizedText,
    place: LocalizedText.optional(),
    timeZone: z.string().refine(isTimeZone, { error: 'Not the IANA name of a time zone' }),
    languages: z.array(z.string().min(2)).min(1).readonly(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    currencyScale: z.int().min(0).max(4),
    childBelowYears: z.int().min(0).max(30),
    purposes: z.array(Purpose).readonly().default([]),
    roles: z.array(Role).readonly().default([]),
    facts: z.array(FactConfig).readonly().default([]),
    packs: z.array(PackConfig).readonly().default([]),
    casework: CaseworkPolicy.optional(),
    relationships: z.record(z.string(), LocalizedText).readonly().default({}),
    look: z
      .strictObject({ accent: z.string().optional(), emblem: z.string().optional() })
      .readonly()
      .default({}),
  })
  .superRefine((config, context) => {
    const twice = (what: 'roles' | 'purposes' | 'facts', names: readonly string[]) => {
      const repeated = names.find((name, index) => names.indexOf(name) !== index)
      if (repeated !== undefined)
        context.addIssue({ code: 'custom', path: [what], message: `${repeated} stands there twice` })
    }
    twice(
      'roles',
      config.roles.map(({ id }) => id),
    )
    twice(
      'purposes',
      config.purposes.map(({ id }) => id),
    )
    twice(
      'facts',
      config.facts.map(({ unit, name }) => `${unit}.${name}`),
    )
    const packs = composePacks(config)
    for (const { pack, path, message } of packs.ok ? [] : packs.faults)
      context.addIssue({ code: 'custom', path: ['packs', pack, ...path], message })
    const groups = packs.ok ? groupFaults(config.casework?.groups ?? [], packs.pack) : []
    for (const { group, message } of groups)
      context.addIssue({ code: 'custom', path: ['casework', 'groups', group, 'when'], message })
    const known = new Set(config.purposes.map(({ id }) => id))
    config.roles.forEach((role, roleIndex) => {
      role.grants.forEach((grant, grantIndex) => {
        for (const purpose of grant.purposes ?? []) {
          if (known.has(purpose)) continue
          const path = ['roles', roleIndex, 'grants', grantIndex, 'purposes']
          context.addIssue({ code: 'custom', path, message: `${purpose} is none of the village's purposes` })
        }
      })
    })
  })
  .readonly()

/** A config that the schema of the same name has accepted. */
export type VillageConfig = z.infer<typeof VillageConfig>

/** A config as it is written: what has a default may be left out. */
export type VillageConfigInput = z.input<typeof VillageConfig>

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}

/**
 * Checks the config of a village, and tells every fault at once.
 *
 * @throws LumbungError `village/invalid-config` with zod's issues.
 *
 * @example
 * ```ts
 * import { defineVillage } from '@lumbung/core/village'
 *
 * const config = defineVillage({
 *   id: 'hill-village',
 *   name: { en: 'Hill Village' },
 *   timeZone: 'Europe/Lisbon',
 *   languages: ['en'],
 *   currency: 'EUR',
 *   currencyScale: 2,
 *   childBelowYears: 18,
 * })
 * config.id // => 'hill-village'
 * defineVillage({ ...config, timeZone: 'Hill/Village' }) // throws 'village/invalid-config'
 * ```
 */
export function defineVillage(config: VillageConfigInput): VillageConfig {
  const parsed = VillageConfig.safeParse(config)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw new LumbungError(
    'village/invalid-config',
    `The village's config does not hold: ${first?.path.join('.')}: ${first?.message}`,
    { details: { issues: parsed.error.issues } },
  )
}
