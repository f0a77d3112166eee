/** A person of whom everything that the programmes ask is known, and nothing speaks for any of them. */
const plainPerson = {
  birthDate: '1990-05-17',
  sex: 'male',
  status: 'present',
  occupation: '9',
  currentEducation: '18',
  disability: '7',
  severeDisability: false,
  pregnant: false,
  chronicIllness: false,
  pipDecisionOnRecord: false,
  firstOrFinalSchoolYear: false,
}

/** The facts of a person in a test: the plain ones, and what the test is about. */
export function person(facts: Readonly<Record<string, boolean | string | null>> = {}) {
  return { ...plainPerson, ...facts }
}

/** The facts of a household in a test: one plain person, unless others are given. */
export function household(
  facts: Readonly<Record<string, boolean | number | string | null>>,
  members: readonly ReturnType<typeof person>[] | null = [person()],
) {
  return {
    welfareDecile: 3,
    enrolledInPkh: false,
    lostLivelihood: false,
    bltDecisionOnRecord: false,
    ...facts,
    members,
  }
}
