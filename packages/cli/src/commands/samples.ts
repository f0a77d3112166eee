import type { Sample } from '../frame/command.ts'
import type { Say } from '../words/catalogue.ts'

/** A passphrase file, as several helps show it. */
export function passphraseSample(say: Say): Sample {
  return { file: say('passphrase.file'), text: 'padi menguning di tepi sawah' }
}

/** The beginning of a population workbook: the numbers are none that can be. */
export function workbookSample(say: Say): Sample {
  const text = [
    'alamat    | dusun | rw  | rt  | nama        | no_kk            | nik              | sex | …',
    'Jl. Padi  | Timur | 001 | 002 | SITI AMINAH | 9999010101110001 | 9999014101900001 | 2   | …',
    'Jl. Padi  | Timur | 001 | 002 | BUDI        | 9999010101110001 | 0                | 1   | …',
    '###',
  ]
  return { file: say('opensid.sample'), text: text.join('\n') }
}

/** A file of dated facts. */
export function factsSample(say: Say): Sample {
  const text = [
    'unit,id,fact,value,from,to,source,degree',
    'household,9999010101110001,welfareDecile,3,2026-01-01,,DTSEN 2026-01,verified',
    'resident,9999014101900001,disability,2,2025-06-15,NA,Posyandu,declared',
  ]
  return { file: say('facts.sample'), text: text.join('\n') }
}

/** The config of a village. */
export function configSample(say: Say): Sample {
  const text = [
    "import { defineVillage } from '@lumbung/core/village'",
    '',
    'export default defineVillage({',
    "  id: '99.99.01.2001',",
    "  name: { id: 'Desa Tanjung Barat' },",
    "  timeZone: 'Asia/Jakarta',",
    "  languages: ['id', 'en'],",
    "  currency: 'IDR',",
    '  currencyScale: 0,',
    '  childBelowYears: 18,',
    '})',
  ]
  return { file: say('serve.sample'), text: text.join('\n') }
}

/** A pack of programmes. */
export function packSample(say: Say): Sample {
  const text = [
    'id: our-village',
    "version: '1'",
    'title: { en: Assistance of our village }',
    'sources:',
    "  bylaw: { title: 'Bylaw 3 of 2026' }",
    'programmes:',
    '  - id: roof',
    '    title: { en: A sound roof }',
    '    purpose: { en: Repairs for families in need }',
    '    unit: household',
    '    versions:',
    "      - from: '2026-01-01'",
    '        legalBasis: [{ source: bylaw, confidence: high }]',
    '        criteria:',
    '          id: roof',
    '          label: { en: All conditions }',
    '          all:',
    '            - id: decile',
    '              label: { en: The welfare decile is at most 3 }',
    '              when: household.welfareDecile <= 3',
  ]
  return { file: say('rules.sample'), text: text.join('\n') }
}

/** Facts for an expression. */
export function ruleFactsSample(say: Say): Sample {
  const text = '{ "household": { "welfareDecile": 3, "members": [{ "birthDate": "2023-06-01" }] } }'
  return { file: say('rules.factsSample'), text }
}

/** Households for `decide`. */
export function householdsSample(say: Say): Sample {
  const text = [
    '{"id": "a", "household": {"welfareDecile": 3, "members": [{"birthDate": "2023-06-01", "occupation": "1"}]}}',
    '{"id": "b", "household": {"welfareDecile": null, "members": null}}',
  ]
  return { file: say('decide.sample'), text: text.join('\n') }
}
