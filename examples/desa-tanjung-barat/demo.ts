import { randomBytes } from 'node:crypto'
import { createIdGenerator } from '@lumbung/core/kernel'
import {
  glance,
  openVillage,
  readsOfResident,
  searchResidents,
  type VillageConfig,
} from '@lumbung/core/village'
import { openDatabase } from '@lumbung/portal/node'

const number = new Intl.NumberFormat('id')
/** How many people a block of a bar stands for. */
const blockResidents = 40

/** The story of the village in the terminal: how many live there, who may see what, and what is noted of it. */
export async function demo(config: VillageConfig, database: string): Promise<void> {
  const storage = await openDatabase(database, config)
  try {
    const random = (bytes: number): Uint8Array => new Uint8Array(randomBytes(bytes))
    const ids = createIdGenerator({ clock: Date.now, random })
    const village = openVillage({ config, storage, clock: Date.now, ids, random })
    await village.runDueJobs({ holder: 'demo' })

    const visitor = village.as({ kind: 'anonymous', id: 'anonymous', roles: ['visitor'], hamlets: [] })
    const figures = await visitor.perform(glance, {})
    console.log(
      `\n${config.name['id']}: ${number.format(figures.residents)} penduduk, ${number.format(figures.households)} keluarga`,
    )
    for (const { name, residents } of figures.hamlets) {
      const bar = '▆'.repeat(Math.round(residents / blockResidents))
      console.log(`  ${(name ?? 'tanpa dusun').padEnd(12)} ${number.format(residents).padStart(6)} ${bar}`)
    }

    const secretary = village.as(
      { kind: 'person', id: 'sekretaris', roles: ['village-secretary'], hamlets: [] },
      { purpose: 'administration' },
    )
    const found = await secretary.perform(searchResidents, { text: 'siti', limit: 3 })
    console.log(`\nSekretaris mencari "siti": ${found.count} orang`)
    for (const { name, birthDate, hamlet } of found.residents)
      console.log(`  ${name}, lahir ${birthDate}, ${hamlet}`)

    const refusal = await visitor.perform(searchResidents, { text: 'siti' }).catch((error) => error.code)
    console.log(`Pengunjung mencari "siti": ditolak (${refusal})`)

    const [first] = found.residents
    if (first?.id != null) {
      const { reads } = await secretary.perform(readsOfResident, { resident: first.id })
      console.log(`Pembacaan data ${first.name} yang tercatat: ${reads.length}`)
    }
    const { faults, records, events } = await storage.verify()
    const [all, links] = [number.format(records), number.format(events)]
    console.log(`\nDatabase diperiksa: ${all} catatan, ${links} jejak berantai, kesalahan: ${faults.length}`)
    console.log(
      '(The village in figures; what its secretary may search and a visitor may not; the read that was noted of it;' +
        ' and the whole database checked.)',
    )
    console.log('\nnpm start membuka portalnya. (npm start opens its portal.)')
  } finally {
    await storage.close()
  }
}
