import { PopulationPyramid } from '../../src/charts/index.ts'
import { Card, Columns, type Html, Page, StatusMark, Table, TaskList, Tiles } from '../../src/ui/index.ts'
import { ageGroups, reach } from './data.ts'
import type { Sample } from './frame.tsx'

/** The home of a role: what waits, what changed, what there is. */
export function HomePage({ frame, words, say, at, translationOf }: Sample): Html {
  return (
    <Page
      frame={frame}
      title={say('Selamat pagi, Bu Ratna', 'Good morning, Bu Ratna')}
      lead={say(
        'Empat hal menunggu Anda hari ini. Dua di antaranya jatuh tempo besok.',
        'Four things wait for you today. Two of them are due tomorrow.',
      )}
      section={at('home')}
      translation={translationOf('home')}
    >
      <Columns
        main={
          <>
            <Card title={say('Menunggu Anda', 'Waiting for you')}>
              <TaskList
                tasks={[
                  {
                    href: at('record'),
                    label: say('3 permohonan surat belum ditangani', '3 requests for letters are open'),
                    mark: { is: 'waiting', text: say('besok', 'tomorrow') },
                    note: say('tertua 2 hari', 'the oldest for 2 days'),
                  },
                  {
                    href: at('task'),
                    label: say(
                      'Verifikasi 12 calon penerima BLT Desa',
                      'Verify 12 candidates for village cash aid',
                    ),
                    note: say('musyawarah 28 November', 'forum on 28 November'),
                  },
                  {
                    href: at('register'),
                    label: say(
                      '2 kemungkinan data ganda di Dusun Mekar',
                      '2 possible duplicates in Mekar hamlet',
                    ),
                    note: say('sejak 20 November', 'since 20 November'),
                  },
                  {
                    href: at('record'),
                    label: say(
                      'Rujukan ke puskesmas belum dijemput',
                      'A referral to the clinic is not taken up',
                    ),
                    mark: { is: 'bad', text: say('terlambat 5 hari', '5 days late') },
                  },
                ]}
              />
            </Card>
            <h2>{say('Desa dalam angka', 'The village in numbers')}</h2>
            <Tiles
              tiles={[
                {
                  value: words.number(3761),
                  label: say('penduduk', 'residents'),
                  change: say('14 lebih banyak sejak Januari', '14 more since January'),
                },
                {
                  value: words.number(1148),
                  label: say('keluarga', 'households'),
                  change: say('di 5 dusun', 'in 5 hamlets'),
                },
                {
                  value: words.percent(0.92),
                  label: say('balita ditimbang', 'small children weighed'),
                  change: say('naik 4 poin', 'up 4 points'),
                  standing: 'good',
                },
                {
                  value: say('Maju', 'Advanced'),
                  label: say('status desa', 'village status'),
                  change: say('0,0415 lagi ke Mandiri', '0.0415 to the next'),
                },
              ]}
            />
          </>
        }
        aside={
          <Card>
            <PopulationPyramid
              words={words}
              title={say('Penduduk menurut umur', 'Residents by age')}
              groups={ageGroups}
              unknownAge={3}
              source={say('Data penduduk per 24 November 2026.', 'Register of residents, 24 November 2026.')}
            />
          </Card>
        }
      />
      <Card title={say('Belum terjangkau layanan apa pun', 'Reached by no service yet')}>
        <Table
          caption={say('Jangkauan menurut dusun', 'Reach by hamlet')}
          hideCaption
          columns={[
            { label: say('Dusun', 'Hamlet'), cell: ({ hamlet }) => hamlet },
            {
              label: say('Keluarga', 'Households'),
              cell: ({ households }) => words.number(households),
              isNumber: true,
            },
            {
              label: say('Terjangkau', 'Reached'),
              cell: ({ reached }) => words.number(reached),
              isNumber: true,
            },
            {
              label: say('Belum', 'Not yet'),
              cell: ({ households, reached }) => words.number(households - reached),
              isNumber: true,
            },
            {
              label: say('Keadaan', 'State'),
              cell: ({ households, reached }) =>
                households - reached > 10 ? (
                  <StatusMark is="attention">{say('perlu kunjungan', 'needs visits')}</StatusMark>
                ) : (
                  <StatusMark is="good">{say('baik', 'good')}</StatusMark>
                ),
            },
            {
              label: '',
              cell: ({ households, reached }) => (
                <a href={at('register')}>
                  {say(`Lihat ${households - reached} keluarga`, `See ${households - reached} households`)}
                </a>
              ),
            },
          ]}
          rows={reach}
        />
      </Card>
    </Page>
  )
}
