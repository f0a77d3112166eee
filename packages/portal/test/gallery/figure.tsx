import { BarChart, HeatMap, PopulationPyramid, StackedBar, TrendChart } from '../../src/charts/index.ts'
import { Card, Columns, Details, type Html, Page, Tiles } from '../../src/ui/index.ts'
import { ageGroups, hamlets, reach } from './data.ts'
import type { Sample } from './frame.tsx'

/** A number that matters, and every kind of chart. */
export function FigurePage({ frame, words, say, at, translationOf }: Sample): Html {
  const percent = (share: number) => words.percent(share)
  const source = say('Buku posyandu, November 2026.', 'Books of the health posts, November 2026.')
  return (
    <Page
      frame={frame}
      title={say('Balita yang ditimbang setiap bulan', 'Small children weighed every month')}
      lead={say(
        '92% pada November, naik 4 poin dari Oktober dan sudah di atas sasaran.',
        '92% in November, up 4 points from October and above the target.',
      )}
      section={at('figure')}
      above={[{ href: at('figure'), label: say('Evaluasi', 'Evaluation') }]}
      translation={translationOf('figure')}
    >
      <Columns
        main={
          <>
            <Card>
              <TrendChart
                words={words}
                title={say('Balita ditimbang', 'Small children weighed')}
                says={say(
                  'Sejak Agustus lebih banyak ibu datang; Juli tidak tercatat.',
                  'Since August more mothers have come; July was not recorded.',
                )}
                periods={say('Jun Jul Agu Sep Okt Nov', 'Jun Jul Aug Sep Oct Nov').split(' ')}
                series={[
                  {
                    name: say('Ditimbang', 'Weighed'),
                    points: [
                      { value: 0.78, interval: { low: 0.74, high: 0.82 } },
                      {},
                      { value: 0.81, interval: { low: 0.77, high: 0.85 } },
                      { value: 0.84, interval: { low: 0.81, high: 0.88 } },
                      { value: 0.88, interval: { low: 0.85, high: 0.91 } },
                      { value: 0.92, interval: { low: 0.89, high: 0.95 } },
                    ],
                  },
                ]}
                target={{ low: 0.9 }}
                format={percent}
                source={source}
              />
            </Card>
            <Card>
              <TrendChart
                words={words}
                title={say('Tiga layanan, lima tahun', 'Three services, five years')}
                periods={['2022', '2023', '2024', '2025', '2026']}
                series={[
                  { name: 'Posyandu', points: [0.62, 0.7, 0.74, 0.81, 0.92].map((value) => ({ value })) },
                  {
                    name: say('Air bersih', 'Clean water'),
                    points: [0.55, 0.56, 0.6, 0.71, 0.78].map((value) => ({ value })),
                  },
                  {
                    name: say('Simpan pinjam', 'Savings and loans'),
                    points: [0.31, 0.38, 0.52, 0.66, 0.76].map((value) => ({ value })),
                  },
                ]}
                format={percent}
                source={source}
              />
            </Card>
            <Card>
              <HeatMap
                words={words}
                title={say('Jangkauan layanan menurut dusun', 'Reach of the services by hamlet')}
                says={say('Dusun Karya tertinggal dalam air bersih.', 'Karya is behind in clean water.')}
                columns={hamlets}
                rows={[
                  { label: 'Posyandu', values: [0.97, 0.88, 0.95, 0.91, 0.93] },
                  { label: say('Air bersih', 'Clean water'), values: [0.81, 0.44, 0.9, 0.78, 0.69] },
                  {
                    label: say('Simpan pinjam', 'Savings and loans'),
                    values: [0.72, 0.61, 0.83, undefined, 0.58],
                  },
                  { label: say('Jalan usaha tani', 'Farm roads'), values: [0.52, 0.47, 0.66, 0.6, 0.71] },
                ]}
                labelOfRows={say('Layanan', 'Service')}
                format={percent}
                source={source}
              />
            </Card>
          </>
        }
        aside={
          <>
            <Tiles
              tiles={[
                {
                  value: percent(0.92),
                  label: say('November 2026', 'November 2026'),
                  change: say('sasaran tercapai', 'target reached'),
                  standing: 'good',
                },
                { value: words.number(291), label: say('dari 316 balita', 'of 316 small children') },
              ]}
            />
            <Card>
              <BarChart
                words={words}
                title={say('Keluarga yang belum terjangkau', 'Households not reached yet')}
                bars={[
                  ...reach.map(({ hamlet, households, reached }, index) => ({
                    label: hamlet,
                    value: households - reached,
                    ...(index === 1 ? { interval: { low: 17, high: 28 } } : {}),
                  })),
                  { label: say('Tanpa alamat', 'Without an address') },
                ]}
                labelOfBars={say('Dusun', 'Hamlet')}
                labelOfValues={say('Keluarga', 'Households')}
                source={source}
              />
            </Card>
            <Card>
              <StackedBar
                words={words}
                title={say('Pekerjaan utama', 'Main occupation')}
                parts={[
                  { label: say('Petani', 'Farmers'), value: 902 },
                  { label: say('Buruh tani', 'Farm workers'), value: 411 },
                  { label: say('Pedagang', 'Traders'), value: 238 },
                  { label: say('Pegawai', 'Employees'), value: 131 },
                  { label: say('Belum tercatat', 'Not recorded'), value: 47 },
                ]}
                labelOfParts={say('Pekerjaan', 'Occupation')}
                labelOfValues={say('Orang', 'People')}
                source={source}
              />
            </Card>
            <Card>
              <PopulationPyramid
                words={words}
                title={say('Penduduk menurut umur', 'Residents by age')}
                groups={ageGroups}
                source={source}
              />
            </Card>
          </>
        }
      />
      <Details summary={say('Bagaimana angka ini dihitung?', 'How is this number made?')}>
        <p>
          {say(
            'Balita yang ditimbang bulan ini, dibagi semua balita yang tinggal di desa pada akhir bulan.',
            'Small children weighed this month, divided by all who live in the village at its end.',
          )}
        </p>
      </Details>
    </Page>
  )
}
