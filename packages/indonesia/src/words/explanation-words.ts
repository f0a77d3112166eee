import type { ExplanationWords } from '@lumbung/core/eligibility'
import { type LocalizedText, textIn } from '@lumbung/core/kernel'
import type { FactConfig } from '@lumbung/core/people'
import { relationships } from '../codes/relationships.ts'
import { registerFacts } from '../facts/register-facts.ts'
import { programmeFacts } from '../programmes/facts.ts'

/** The languages that explanations are written in. */
export type ExplanationLanguage = 'id' | 'en'

const sentences = {
  id: {
    eligible: '{programme}: per {on} terindikasi memenuhi syarat.',
    ineligible: '{programme}: per {on} terindikasi belum memenuhi syarat.',
    undetermined: '{programme}: per {on} belum dapat dipastikan, karena ada data yang belum diketahui.',
    'not-in-force': '{programme}: tidak ada aturan yang berlaku pada {on}. {why}',
    met: 'Terpenuhi: {clause}{facts}.',
    'not-met': 'Tidak terpenuhi: {clause}{facts}.',
    unknown: 'Belum diketahui: {clause}{facts}.',
    missing: 'Data yang perlu dilengkapi: {facts}.',
    benefit: 'Perkiraan bantuan: {total} {per}.',
    'benefit-unknown': 'Besar bantuan belum dapat dihitung.',
    'in-kind': 'Bantuan bukan uang: {label}.',
    law: 'Dasar: {law}.',
    appeal: 'Bila data ini keliru, sampaikan keberatan atau perbaikan data kepada perangkat desa.',
  },
  en: {
    eligible: '{programme}: indicated as eligible on {on}.',
    ineligible: '{programme}: indicated as not eligible on {on}.',
    undetermined: '{programme}: on {on} it cannot be told, because facts are missing.',
    'not-in-force': '{programme}: no version is in force on {on}. {why}',
    met: 'Met: {clause}{facts}.',
    'not-met': 'Not met: {clause}{facts}.',
    unknown: 'Not known: {clause}{facts}.',
    missing: 'Facts to be completed: {facts}.',
    benefit: 'Estimated assistance: {total} {per}.',
    'benefit-unknown': 'The amount cannot be reckoned yet.',
    'in-kind': 'Assistance other than money: {label}.',
    law: 'Basis: {law}.',
    appeal: 'If these facts are wrong, ask the village office to correct them, or object to the outcome.',
  },
} as const

const baseLabels: Readonly<Record<string, Readonly<Record<ExplanationLanguage, string>>>> = {
  members: { id: 'Anggota keluarga', en: 'Members of the family' },
  birthDate: { id: 'Tanggal lahir', en: 'Birth date' },
  sex: { id: 'Jenis kelamin', en: 'Sex' },
  status: { id: 'Status', en: 'Status' },
  relationship: { id: 'Hubungan keluarga', en: 'Relationship' },
  kind: { id: 'Jenis rumah tangga', en: 'Kind of household' },
  area: { id: 'Dusun', en: 'Hamlet' },
}

/** Values of the facts that every register has. */
const baseValues: Readonly<Record<string, Readonly<Record<string, LocalizedText>>>> = {
  sex: { male: { id: 'laki-laki', en: 'male' }, female: { id: 'perempuan', en: 'female' } },
  status: {
    present: { id: 'tinggal di desa', en: 'lives in the village' },
    away: { id: 'pergi', en: 'away' },
    missing: { id: 'hilang', en: 'missing' },
  },
  kind: {
    family: { id: 'keluarga', en: 'family' },
    dwelling: { id: 'serumah', en: 'dwelling' },
    none: { id: 'tanpa kartu keluarga', en: 'without a family card' },
  },
  relationship: relationships,
}

/**
 * The words in which decisions are explained, in Indonesian or English: "terindikasi memenuhi syarat", never
 * "berhak".
 *
 * @param more Facts beyond those of the register and the programmes, such as a village's own.
 *
 * @example
 * ```ts
 * import { explanationWords } from '@lumbung/indonesia'
 *
 * const words = explanationWords('id')
 * words.money(300_000) // => 'Rp300.000'
 * words.factLabel('welfareDecile') // => 'Desil kesejahteraan'
 * ```
 */
export function explanationWords(
  language: ExplanationLanguage,
  more: readonly FactConfig[] = [],
): ExplanationWords {
  const locale = language === 'id' ? 'id-ID' : 'en-GB'
  const facts = new Map([...registerFacts, ...programmeFacts, ...more].map((fact) => [fact.name, fact]))
  const number = new Intl.NumberFormat('id-ID')
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  const isIndonesian = language === 'id'
  return {
    language,
    sentences: sentences[language],
    fact: '{fact}: {value}',
    unknown: isIndonesian ? 'belum diketahui' : 'not known',
    yes: isIndonesian ? 'ya' : 'yes',
    no: isIndonesian ? 'tidak' : 'no',
    per: isIndonesian
      ? { month: 'per bulan', quarter: 'per triwulan', year: 'per tahun', once: 'satu kali' }
      : { month: 'a month', quarter: 'a quarter', year: 'a year', once: 'once' },
    factLabel(name) {
      const fact = facts.get(name)
      if (fact !== undefined) return textIn(fact.label, language)
      return Object.hasOwn(baseLabels, name) ? (baseLabels[name]?.[language] ?? name) : name
    },
    valueLabel(name, value) {
      const ofRegister = Object.hasOwn(baseValues, name) ? baseValues[name] : undefined
      const labels = facts.get(name)?.valueLabels ?? ofRegister ?? {}
      const label = Object.hasOwn(labels, value) ? labels[value] : undefined
      return label === undefined ? value : textIn(label, language)
    },
    member: (position) => (isIndonesian ? `anggota ke-${position}` : `member ${position}`),
    money: (minor) => `Rp${number.format(minor)}`,
    date: (date) => day.format(new Date(`${date}T00:00:00Z`)),
  }
}
