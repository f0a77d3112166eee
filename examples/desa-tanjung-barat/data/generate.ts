import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeVillageData } from './village-data.ts'

/** Writes the files of the made-up village anew: `npm run generate`, or `pnpm generate`, in this example. */
const { families, facts, workbook, csv } = makeVillageData()
writeFileSync(join(import.meta.dirname, 'penduduk.xlsx'), workbook)
writeFileSync(join(import.meta.dirname, 'facts.csv'), csv)
const people = families.reduce((sum, { members }) => sum + members.length, 0)
console.log(`penduduk.xlsx: ${people} rows, ${families.length} family cards, ${workbook.length} bytes`)
console.log(`facts.csv: ${facts.length} facts, ${csv.length} bytes`)
