import { VillageConfig, villageUseCases } from '@lumbung/core/village'
import { indonesianProgrammes, programmeFacts, registerFacts, relationships } from '@lumbung/indonesia'

/** The purpose that the command works for. */
export const administration = 'administration'

const roleOfCommand = 'cli'

/** Who the command is: audit and read log name it. */
export const serviceActor = { kind: 'service', id: 'cli', roles: [roleOfCommand], hamlets: [] } as const

/** The config of a village that has none of its own: the Indonesian pack. */
export function builtInConfig(id: string): VillageConfig {
  return VillageConfig.parse({
    id,
    name: { id: `Desa ${id}`, en: `Village ${id}` },
    timeZone: 'Asia/Jakarta',
    languages: ['id', 'en'],
    currency: 'IDR',
    currencyScale: 0,
    childBelowYears: 18,
    facts: [...registerFacts, ...programmeFacts],
    packs: [indonesianProgrammes],
    relationships,
  })
}

/** A config with the role of the command, which may do everything: whoever has the database has it all anyway. */
export function withCommand(config: VillageConfig): VillageConfig {
  const scopes = [...new Set(villageUseCases.map(({ scope }) => scope))]
  const purpose = { id: administration, label: { id: 'Administrasi', en: 'Administration' } }
  const role = {
    id: roleOfCommand,
    label: { id: 'Perintah lumbung', en: 'The lumbung command' },
    grants: scopes.map((scope) => ({ scope, shows: 'specific' })),
  }
  const others = config.roles.filter(({ id }) => id !== roleOfCommand)
  const isKnown = config.purposes.some(({ id }) => id === administration)
  return VillageConfig.parse({
    ...config,
    roles: [...others, role],
    purposes: isKnown ? config.purposes : [...config.purposes, purpose],
  })
}
