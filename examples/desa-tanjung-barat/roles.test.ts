import { villageUseCases } from '@lumbung/core/village'
import { expect, test } from 'vitest'
import { purposes } from './purposes.ts'
import config from './village.config.ts'

// The goal: nobody gets more than their work needs, and no work is left without somebody who may do it.
const grantsOf = (id: string) => config.roles.find((role) => role.id === id)?.grants ?? []
const rolesWith = (scope: string) =>
  config.roles.filter(({ grants }) => grants.some((grant) => grant.scope === scope)).map(({ id }) => id)

/** Scopes of the portal's own use cases, which manage accounts. */
const portalScopes = ['account.manage', 'account.own']

test('every scope that is asked for is somebody’s, and no other is granted', () => {
  const asked = new Set<string>([...villageUseCases.map(({ scope }) => scope), ...portalScopes])
  const granted = new Set(config.roles.flatMap(({ grants }) => grants.map(({ scope }) => scope)))
  expect([...granted].toSorted()).toEqual([...asked].toSorted())
})

test('who may change the register, read its traces, or open accounts', () => {
  expect(rolesWith('resident.write')).toEqual(['village-secretary'])
  expect(rolesWith('resident.merge')).toEqual(['village-secretary'])
  expect(rolesWith('population.import')).toEqual(['village-secretary'])
  expect(rolesWith('area.write')).toEqual(['village-secretary'])
  expect(rolesWith('organisation.write')).toEqual(['village-secretary'])
  expect(rolesWith('representation.write')).toEqual(['village-secretary'])
  expect(rolesWith('consent.write')).toEqual(['village-secretary', 'resident'])
  expect(rolesWith('reads.list')).toEqual(['village-head', 'village-secretary'])
  expect(rolesWith('audit.read')).toEqual(['village-head', 'village-secretary', 'admin'])
  expect(rolesWith('account.manage')).toEqual(['admin'])
  expect(rolesWith('reads.own')).toEqual(['resident'])
  const helpers = ['village-head', 'village-secretary', 'hamlet-head', 'assistance-officer']
  expect(rolesWith('eligibility.decide')).toEqual([...helpers, 'resident'])
  expect(rolesWith('eligibility.screen')).toEqual(helpers)
  expect(rolesWith('casework.read')).toEqual([...helpers, 'resident'])
  // Whoever drafts a list neither verifies nor settles it, and whoever decides answers no appeal.
  expect(rolesWith('casework.write')).toEqual(['assistance-officer'])
  expect(rolesWith('casework.verify')).toEqual(['hamlet-head'])
  expect(rolesWith('casework.forum')).toEqual(['village-secretary'])
  expect(rolesWith('casework.answer')).toEqual(['village-head'])
})

test('specific data are read for a named purpose, but for one’s own family', () => {
  for (const { id, grants } of config.roles) {
    for (const { shows, purposes: named, reach } of grants) {
      if (shows === 'specific') expect(named !== undefined || reach === 'own-household', id).toBe(true)
    }
  }
})

test('partners, visitors and the administrator read nobody', () => {
  expect(rolesWith('resident.read')).toEqual([
    'village-head',
    'village-secretary',
    'hamlet-head',
    'health-worker',
    'assistance-officer',
    'cooperative-officer',
    'resident',
  ])
  expect(grantsOf('visitor').map(({ scope }) => scope)).toEqual(['village.read', 'programme.read'])
})

test('hamlet heads and health workers see their own hamlets, residents their own family', () => {
  const reaches = (id: string) =>
    new Set(
      grantsOf(id)
        .filter(({ scope }) => scope === 'resident.read')
        .map(({ reach }) => reach),
    )
  expect(reaches('hamlet-head')).toEqual(new Set(['hamlets']))
  expect(reaches('health-worker')).toEqual(new Set(['hamlets']))
  expect(reaches('resident')).toEqual(new Set(['own-household']))
})

test('every role and purpose is named in both languages', () => {
  for (const { label } of [...config.roles, ...purposes]) {
    expect(Object.keys(label)).toEqual(['id', 'en'])
  }
})
