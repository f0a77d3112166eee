import { CivilDate } from '@lumbung/core/kernel'
import {
  Document,
  DocumentFoot,
  type Html,
  Page,
  PrintButton,
  SummaryList,
  Table,
} from '../../src/ui/index.ts'
import { reach } from './data.ts'
import type { Sample } from './frame.tsx'

/** A document: minutes of a forum, made for paper. */
export function DocumentPage({ frame, words, say, at, translationOf }: Sample): Html {
  const title = say('Berita acara musyawarah desa', 'Minutes of the village forum')
  const date = CivilDate.parse('2026-11-24')
  const decisions = [
    say('Perbaikan saluran air Dusun Karya', 'Repair of the water line in Karya'),
    say('Tambahan kader posyandu di Dusun Tirta', 'One more health worker in Tirta'),
    say('Pembukaan jalan usaha tani', 'A road to the fields'),
  ]
  return (
    <Page
      frame={frame}
      title={title}
      section={at('document')}
      above={[{ href: at('document'), label: say('Transparansi', 'Transparency') }]}
      translation={translationOf('document')}
      hasOwnHeading
    >
      <PrintButton words={words} />
      <Document
        look={frame.look}
        words={words}
        title={title}
        lead={say(`Nomor 12/MD/2026 · ${words.date(date)}`, `Number 12/MD/2026 · ${words.date(date)}`)}
      >
        <p>
          {say(
            'Pada hari ini, bertempat di balai desa, telah dilaksanakan musyawarah desa yang dihadiri wakil semua dusun, kelompok perempuan, kelompok tani dan kader kesehatan.',
            'Today, in the village hall, a village forum was held with the representatives of all hamlets, the women’s group, the farmers and the health workers.',
          )}
        </p>
        <SummaryList
          rows={[
            {
              term: say('Hadir', 'Present'),
              value: say('64 orang, 31 di antaranya perempuan', '64 people, 31 of them women'),
            },
            {
              term: say('Kuorum', 'Quorum'),
              value: say('tercapai (paling sedikit 48)', 'reached (at least 48)'),
            },
          ]}
        />
        <h2>{say('Keputusan', 'Decisions')}</h2>
        <Table
          caption={say('Keputusan menurut urutan prioritas', 'Decisions in their order of priority')}
          hideCaption
          columns={[
            { label: say('Usulan', 'Proposal'), cell: ({ text }) => text },
            { label: say('Suara', 'Votes'), cell: ({ votes }) => words.number(votes), isNumber: true },
            { label: say('Anggaran', 'Budget'), cell: ({ amount }) => words.money(amount), isNumber: true },
          ]}
          rows={decisions.map((text, index) => ({
            text,
            votes: 58 - index * 9,
            amount: 185_000_000n - BigInt(index) * 64_500_000n,
          }))}
        />
        <h2>{say('Lampiran: jangkauan layanan', 'Annex: reach of the services')}</h2>
        <Table
          caption={say('Jangkauan menurut dusun', 'Reach by hamlet')}
          hideCaption
          columns={[
            { label: say('Dusun', 'Hamlet'), cell: ({ hamlet }) => hamlet },
            { label: say('Keluarga', 'Households'), cell: ({ households }) => households, isNumber: true },
            { label: say('Terjangkau', 'Reached'), cell: ({ reached }) => reached, isNumber: true },
          ]}
          rows={reach}
        />
        <DocumentFoot
          words={words}
          signatures={[
            { role: say('Pemimpin musyawarah', 'Chair of the forum'), name: 'Yohanes Balo' },
            { role: say('Sekretaris', 'Secretary'), name: 'Ratna Kusuma' },
            { role: say('Wakil masyarakat', 'For the residents') },
          ]}
          printedOn={date}
          proof={{
            hash: '9f2c 41d8 7be0 35aa c6f1 08d4 92e7 5b13 4ac0 d7e9 61f2 83bb 0e5d 17c4 a96f 2d38',
            address: 'desa-tanjung-barat.example/periksa',
          }}
        />
      </Document>
    </Page>
  )
}
