import { type Family, familyRoles, isAged, lifeStates, maritalStates, type Person } from './person.ts'
import type { Random } from './random.ts'

/** What became of the people of a family since its card was printed: some died, moved, or work elsewhere. */
export function withChanges(random: Random, family: Family): Family {
  const people = family.people.map((person) => ({ ...person, lifeStatus: statusOf(random, person) }))
  const wife = people.find(({ role }) => role === familyRoles.wife)
  if (wife?.lifeStatus !== lifeStates.dead) return { ...family, people }
  const widowed = people.map((person) =>
    person.role === familyRoles.head ? { ...person, maritalStatus: maritalStates.widowed } : person,
  )
  return { ...family, people: widowed }
}

function statusOf(random: Random, person: Person): Person['lifeStatus'] {
  const { role, lifeStatus } = person
  if (lifeStatus !== lifeStates.alive) return lifeStatus
  if (role === familyRoles.parent || role === familyRoles.parentInLaw) {
    return random.chance(0.11) ? lifeStates.dead : lifeStates.alive
  }
  if (role === familyRoles.wife && isAged(person, 56, 120) && random.chance(0.05)) return lifeStates.dead
  if (role === familyRoles.child && isAged(person, 19, 60)) {
    return random.weighted([
      [lifeStates.alive, 890],
      [lifeStates.moved, 62],
      [lifeStates.away, 44],
      [lifeStates.missing, 4],
    ])
  }
  const mayWorkAway = role === familyRoles.head && person.sex === 'male' && isAged(person, 24, 48)
  return mayWorkAway && random.chance(0.03) ? lifeStates.away : lifeStates.alive
}
