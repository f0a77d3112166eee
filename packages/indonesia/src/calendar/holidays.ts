import { CivilDate, Confidence, LocalizedText } from '@lumbung/core/kernel'
import * as z from 'zod'

/**
 * One day without work in all of the country: a national holiday, or a day of collective leave (cuti bersama),
 * which public servants take and others may.
 */
export const NationalHoliday = z
  .strictObject({
    date: CivilDate,
    name: LocalizedText,
    kind: z.enum(['national-holiday', 'collective-leave']),
    source: z.string().min(1),
    confidence: Confidence,
  })
  .readonly()

/** A holiday that the schema of the same name has accepted. */
export type NationalHoliday = z.infer<typeof NationalHoliday>

type Line = readonly [dates: string, id: string, en: string]

const decree2025 =
  'Joint decree (SKB) of three ministers 1017/2024, 2/2024, 2/2024, as listed by two newspapers; the decree was not opened'
const amendment2025 = 'An amending joint decree of August 2025, from memory'
const decree2026 =
  'Joint decree (SKB) of three ministers 1497/2025, 2/2025, 5/2025, as listed by two newspapers; the decree was not opened'

const holidays2025: readonly Line[] = [
  ['01-01', 'Tahun Baru 2025 Masehi', "New Year's Day"],
  ['01-27', 'Isra Mikraj Nabi Muhammad saw.', "Prophet Muhammad's Ascension"],
  ['01-29', 'Tahun Baru Imlek 2576 Kongzili', 'Lunar New Year'],
  ['03-29', 'Hari Suci Nyepi (Tahun Baru Saka 1947)', 'Day of Silence'],
  ['03-31 04-01', 'Idulfitri 1446 Hijriah', 'Eid al-Fitr'],
  ['04-18', 'Wafat Yesus Kristus', 'Good Friday'],
  ['04-20', 'Kebangkitan Yesus Kristus (Paskah)', 'Easter Sunday'],
  ['05-01', 'Hari Buruh Internasional', 'Labour Day'],
  ['05-12', 'Hari Raya Waisak 2569 BE', 'Vesak'],
  ['05-29', 'Kenaikan Yesus Kristus', 'Ascension Day'],
  ['06-01', 'Hari Lahir Pancasila', 'Pancasila Day'],
  ['06-06', 'Iduladha 1446 Hijriah', 'Eid al-Adha'],
  ['06-27', 'Tahun Baru Islam 1447 Hijriah', 'Islamic New Year'],
  ['08-17', 'Hari Proklamasi Kemerdekaan', 'Independence Day'],
  ['09-05', 'Maulid Nabi Muhammad saw.', "Prophet Muhammad's Birthday"],
  ['12-25', 'Kelahiran Yesus Kristus', 'Christmas Day'],
]

const leave2025: readonly Line[] = [
  ['01-28', 'Cuti bersama Tahun Baru Imlek', 'Collective leave, Lunar New Year'],
  ['03-28', 'Cuti bersama Hari Suci Nyepi', 'Collective leave, Day of Silence'],
  ['04-02 04-03 04-04 04-07', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'],
  ['05-13', 'Cuti bersama Waisak', 'Collective leave, Vesak'],
  ['05-30', 'Cuti bersama Kenaikan Yesus Kristus', 'Collective leave, Ascension Day'],
  ['06-09', 'Cuti bersama Iduladha', 'Collective leave, Eid al-Adha'],
  ['12-26', 'Cuti bersama Kelahiran Yesus Kristus', 'Collective leave, Christmas'],
]

const addedLeave2025: readonly Line[] = [
  ['08-18', 'Cuti bersama Hari Kemerdekaan', 'Collective leave, Independence Day'],
]

const holidays2026: readonly Line[] = [
  ['01-01', 'Tahun Baru 2026 Masehi', "New Year's Day"],
  ['01-16', 'Isra Mikraj Nabi Muhammad saw.', "Prophet Muhammad's Ascension"],
  ['02-17', 'Tahun Baru Imlek 2577 Kongzili', 'Lunar New Year'],
  ['03-19', 'Hari Suci Nyepi (Tahun Baru Saka 1948)', 'Day of Silence'],
  ['03-21 03-22', 'Idulfitri 1447 Hijriah', 'Eid al-Fitr'],
  ['04-03', 'Wafat Yesus Kristus', 'Good Friday'],
  ['04-05', 'Kebangkitan Yesus Kristus (Paskah)', 'Easter Sunday'],
  ['05-01', 'Hari Buruh Internasional', 'Labour Day'],
  ['05-14', 'Kenaikan Yesus Kristus', 'Ascension Day'],
  ['05-27', 'Iduladha 1447 Hijriah', 'Eid al-Adha'],
  ['05-31', 'Hari Raya Waisak 2570 BE', 'Vesak'],
  ['06-01', 'Hari Lahir Pancasila', 'Pancasila Day'],
  ['06-16', 'Tahun Baru Islam 1448 Hijriah', 'Islamic New Year'],
  ['08-17', 'Hari Proklamasi Kemerdekaan', 'Independence Day'],
  ['08-25', 'Maulid Nabi Muhammad saw.', "Prophet Muhammad's Birthday"],
  ['12-25', 'Kelahiran Yesus Kristus', 'Christmas Day'],
]

/** One of the newspapers gives 26 December, three other lists 24 December. */
const leave2026: readonly Line[] = [
  ['02-16', 'Cuti bersama Tahun Baru Imlek', 'Collective leave, Lunar New Year'],
  ['03-18', 'Cuti bersama Hari Suci Nyepi', 'Collective leave, Day of Silence'],
  ['03-20 03-23 03-24', 'Cuti bersama Idulfitri', 'Collective leave, Eid al-Fitr'],
  ['05-15', 'Cuti bersama Kenaikan Yesus Kristus', 'Collective leave, Ascension Day'],
  ['05-28', 'Cuti bersama Iduladha', 'Collective leave, Eid al-Adha'],
  ['12-24', 'Cuti bersama Kelahiran Yesus Kristus', 'Collective leave, Christmas'],
]

function lines(
  year: number,
  kind: NationalHoliday['kind'],
  table: readonly Line[],
  source: string,
  confidence: Confidence,
): readonly NationalHoliday[] {
  return table.flatMap(([dates, id, en]) =>
    dates
      .split(' ')
      .map((date) =>
        NationalHoliday.parse({ date: `${year}-${date}`, name: { id, en }, kind, source, confidence }),
      ),
  )
}

/** The holidays and days of collective leave of 2025 and 2026, in the order of their dates. */
export const nationalHolidays: readonly NationalHoliday[] = [
  ...lines(2025, 'national-holiday', holidays2025, decree2025, 'medium'),
  ...lines(2025, 'collective-leave', leave2025, decree2025, 'medium'),
  ...lines(2025, 'collective-leave', addedLeave2025, amendment2025, 'low'),
  ...lines(2026, 'national-holiday', holidays2026, decree2026, 'medium'),
  ...lines(2026, 'collective-leave', leave2026, decree2026, 'medium'),
].toSorted((a, b) => (a.date < b.date ? -1 : 1))
