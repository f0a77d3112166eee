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
