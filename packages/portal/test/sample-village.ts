import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CivilDate } from '@lumbung/core/kernel'
import { defineVillage, type VillageConfig } from '@lumbung/core/village'
import { indonesianProgrammes, programmeFacts, registerFacts, relationships } from '@lumbung/indonesia'
import { type PopulationRecord, writePopulation } from '@lumbung/opensid'
import { type SampleAccount, startPortal } from '../src/node/index.ts'

const purposes = [{ id: 'administration', label: { id: 'Administrasi', en: 'Administration' } }]

/** A village that cannot be, with the roles that the tests walk through. */
export const config: VillageConfig = defineVillage({
  id: '9901012001',
  name: { id: 'Desa Uji', en: 'Test Village' },
  place: { id: 'Kecamatan Uji (rekaan)', en: 'Test district (fictional)' },
  timeZone: 'Asia/Jakarta',
  languages: ['id', 'en'],
  currency: 'IDR',
  currencyScale: 0,
  childBelowYears: 18,
  purposes,
  roles: [
    {
      id: 'secretary',
      label: { id: 'Sekretaris desa', en: 'Village secretary' },
      grants: [
        { scope: 'village.read' },
        { scope: 'account.own' },
        { scope: 'resident.read', shows: 'specific' },
        { scope: 'resident.write' },
        { scope: 'resident.merge', shows: 'specific' },
        { scope: 'population.import' },
        { scope: 'reads.list' },
        { scope: 'audit.read' },
        { scope: 'job.read' },
        { scope: 'area.write' },
        { scope: 'organisation.write' },
        { scope: 'consent.write' },
        { scope: 'representation.write' },
        { scope: 'programme.read' },
        { scope: 'eligibility.decide', shows: 'specific' },
        { scope: 'eligibility.screen', shows: 'specific' },
        { scope: 'casework.read', shows: 'specific' },
        { scope: 'casework.write' },
        { scope: 'casework.verify' },
        { scope: 'casework.forum' },
        { scope: 'casework.apply' },
        { scope: 'casework.appeal' },
        { scope: 'casework.answer' },
        { scope: 'casework.erase' },
        { scope: 'enrolment.import' },
        { scope: 'enrolment.export', shows: 'specific' },
        { scope: 'enrolment.read', shows: 'specific' },
        { scope: 'payment.prepare' },
        { scope: 'payment.record' },
        { scope: 'payment.correct' },
        { scope: 'payment.read', shows: 'specific' },
        { scope: 'payment.export', shows: 'specific' },
        { scope: 'recheck.read', shows: 'specific' },
        { scope: 'recheck.decide' },
        { scope: 'targeting.read' },
      ],
    },
    {
      id: 'admin',
      label: { id: 'Pengelola akun', en: 'Account manager' },
      grants: [{ scope: 'village.read' }, { scope: 'account.own' }, { scope: 'account.manage' }],
    },
    {
      id: 'resident',
      label: { id: 'Warga', en: 'Resident' },
      grants: [
        { scope: 'village.read' },
        { scope: 'account.own' },
        { scope: 'resident.read', reach: 'own-household', shows: 'specific' },
        { scope: 'reads.own' },
        { scope: 'consent.write', reach: 'self' },
        { scope: 'programme.read' },
        { scope: 'eligibility.decide', reach: 'own-household', shows: 'specific' },
        { scope: 'payment.read', reach: 'own-household', shows: 'specific' },
        { scope: 'casework.read', reach: 'own-household', shows: 'specific' },
        { scope: 'casework.apply', reach: 'own-household' },
        { scope: 'casework.appeal', reach: 'own-household' },
      ],
    },
    {
      id: 'hamlet-head',
      label: { id: 'Kepala dusun', en: 'Hamlet head' },
      grants: [
        { scope: 'village.read' },
        { scope: 'account.own' },
        { scope: 'resident.read', reach: 'hamlets', shows: 'personal' },
      ],
    },
    {
      id: 'reader',
      label: { id: 'Pembaca', en: 'Reader' },
      grants: [
        { scope: 'village.read' },
        { scope: 'account.own' },
        { scope: 'resident.read', shows: 'personal' },
        { scope: 'payment.approve' },
        { scope: 'payment.read', shows: 'personal' },
      ],
    },
    {
      id: 'visitor',
      label: { id: 'Pengunjung', en: 'Visitor' },
      grants: [{ scope: 'village.read' }, { scope: 'programme.read' }],
    },
  ],
  // A workbook carries it, and the village does not keep it.
  facts: [...registerFacts.filter(({ name }) => name !== 'religion'), ...programmeFacts],
  packs: [indonesianProgrammes],
  casework: { payments: { approvals: 1, roles: ['reader'], reasonRequiredOn: 'rejection' } },
  relationships,
})

/** Accounts of the tests. */
export const accounts: readonly SampleAccount[] = [
  { login: 'sekretaris', secret: 'uji-sekretaris', name: 'Bu Ratna', roles: ['secretary'] },
  { login: 'pembaca', secret: 'uji-pembaca', name: 'Pak Anwar', roles: ['reader'] },
  { login: 'admin', secret: 'uji-admin-admin', name: 'Mas Dimas', roles: ['admin'] },
]

const names = [
  'Sari Puspita',
  'Budi Santoso',
  'Ni Luh Ayu',
  "Ma'ruf",
  'Yohanes Balo',
  'ꦱꦫꦶ',
  'Siti',
  'Darto Wibowo',
]

/** A workbook of so many families of three, on two hamlets; none of its numbers can be valid. */
export function sampleWorkbook(
  families: number,
  change: (people: PopulationRecord[]) => void = () => {},
): Uint8Array {
  const people = Array.from({ length: families }, (_, family): PopulationRecord[] => {
    const card = `99010101012${String(family).padStart(5, '0')}`
    const hamlet = family % 2 === 0 ? 'Mekar' : 'Karya'
    return [
      person(family * 3, card, hamlet, 1, 1, `19${60 + (family % 30)}-03-12`),
      person(family * 3 + 1, card, hamlet, 3, 2, `19${62 + (family % 30)}-07-01`),
      person(family * 3 + 2, card, hamlet, 4, family % 2 === 0 ? 1 : 2, `20${10 + (family % 15)}-05-20`),
    ]
  }).flat()
  change(people)
  return writePopulation(people)
}

function person(
  index: number,
  familyCardNumber: string,
  hamlet: string,
  familyRole: number,
  sex: number,
  birthDate: string,
): PopulationRecord {
  const [year, month, day] = [birthDate.slice(2, 4), birthDate.slice(5, 7), Number(birthDate.slice(8))]
  const shown = String(sex === 2 ? day + 40 : day).padStart(2, '0')
  return {
    hamlet,
    rw: '001',
    rt: '002',
    name: `${names[index % names.length]} ${Math.floor(index / names.length)}`.trim(),
    familyCardNumber,
    familyRole,
    identityNumber: `990101${shown}${month}${year}${String((index % 9999) + 1).padStart(4, '0')}`,
    sex,
    birthDate: CivilDate.parse(birthDate),
    birthPlace: 'Uji',
    religion: 1,
  }
}

/** The portal of the sample village on a port of its own, in a folder that goes with it. */
export async function openSamplePortal(sampleAccounts: readonly SampleAccount[] = accounts) {
  const folder = mkdtempSync(join(tmpdir(), 'lumbung-portal-'))
  const database = `sqlite:${join(folder, 'village.db')}`
  const faults: unknown[] = []
  const portal = await startPortal({
    config,
    database,
    port: 0,
    sampleAccounts,
    onFault: (error) => void faults.push(error),
  })
  return {
    ...portal,
    database,
    folder,
    faults,
    async close() {
      await portal.close()
      rmSync(folder, { recursive: true })
    },
  }
}
