import type { CivilDate } from '@lumbung/core/kernel'

/** The district that numbers were given in. No province has the number 99, so none of them is anybody's. */
const ownDistrict = '990101'

/** On the day of the month of a woman so much is added. */
const femaleDayOffset = 40

/** Gives out identity and family card numbers, each once. */
export interface Numbers {
  readonly identityNumber: (
    person: { readonly sex: 'female' | 'male'; readonly birthDate: CivilDate },
    district?: string,
  ) => string
  readonly familyCardNumber: (issuedOn: CivilDate) => string
}

/** Numbers of sixteen digits: district, day, and a serial that begins with 0001 each day. */
export function openNumbers(): Numbers {
  const serials = new Map<string, number>()
  const numberOf = (series: string, district: string, date: CivilDate, offset: number) => {
    const [year = '', month = '', day = ''] = date.split('-')
    const start = `${district}${String(Number(day) + offset).padStart(2, '0')}${month}${year.slice(2)}`
    const serial = (serials.get(series + start) ?? 0) + 1
    serials.set(series + start, serial)
    return start + String(serial).padStart(4, '0')
  }
  return {
    identityNumber: ({ sex, birthDate }, district = ownDistrict) =>
      numberOf('person', district, birthDate, sex === 'female' ? femaleDayOffset : 0),
    familyCardNumber: (issuedOn) => numberOf('card', ownDistrict, issuedOn, 0),
  }
}
