import type { PeopleRefusal } from '@lumbung/core/people'

/** Thrown out of a form that the register refused, so that the form can be mended and sent again. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly refusal: PeopleRefusal

  constructor(refusal: PeopleRefusal) {
    super(refusal.code)
    this.refusal = refusal
  }
}
