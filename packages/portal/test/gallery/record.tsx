import { CivilDate } from '@lumbung/core/kernel'
import {
  Button,
  Buttons,
  Card,
  Columns,
  Details,
  type Html,
  Notice,
  Page,
  PrintButton,
  StatusMark,
  SummaryList,
  Timeline,
} from '../../src/ui/index.ts'
import type { Sample } from './frame.tsx'

/** A record: what is known, where it stands, how it came there, what can be done. */
export function RecordPage({ frame, words, say, at, translationOf }: Sample): Html {
  const date = (text: string) => words.date(CivilDate.parse(text))
  return (
    <Page
      frame={frame}
      title={say('Bantuan untuk keluarga Sulastri', 'Assistance for the Sulastri household')}
      lead={say(
        'Dusun Karya, RT 02. Empat anggota, terdaftar lengkap.',
        'Karya hamlet, neighbourhood 02. Four members, all registered.',
      )}
      section={at('task')}
      above={[
        { href: at('task'), label: say('Bantuan', 'Assistance') },
        { href: at('register'), label: say('Loket', 'Counter') },
      ]}
      translation={translationOf('record')}
    >
      <Columns
        main={
          <>
            <Notice
              is="unknown"
              title={say('Satu jawaban lagi menentukan hasilnya', 'One more answer decides the result')}
            >
              <p>
                {say(
                  'Belum diketahui apakah Pak Darto (58 tahun) menderita sakit menahun, misalnya stroke atau gagal ginjal.',
                  'It is not known whether Pak Darto (58) has a chronic illness, such as a stroke or kidney failure.',
                )}
              </p>
              <Buttons>
                <Button href={at('task')}>{say('Jawab pertanyaan ini', 'Answer this question')}</Button>
                <a href={at('home')}>{say('Lewati dulu', 'Skip for now')}</a>
              </Buttons>
            </Notice>
            <Card title={say('Keluarga', 'Household')}>
              <SummaryList
                rows={[
                  {
                    term: say('Kepala keluarga', 'Head'),
                    value: say('Sulastri, 41 tahun', 'Sulastri, aged 41'),
                  },
                  {
                    term: say('Nomor kartu keluarga', 'Number of the family card'),
                    value: <span class="number">99•• •••• •••• 0417</span>,
                    action: { href: at('record'), label: say('Tampilkan', 'Show') },
                  },
                  {
                    term: say('Kesejahteraan', 'Welfare'),
                    value: (
                      <>
                        {say('Desil 1, terverifikasi', 'Decile 1, verified')}
                        <br />
                        <small class="soft">{date('2026-08-12')}</small>
                      </>
                    ),
                    action: { href: at('task'), label: say('Perbarui', 'Update') },
                  },
                  {
                    term: say('Rumah', 'Dwelling'),
                    value: say('milik sendiri, 32 m²', 'owned, 32 m²'),
                  },
                  {
                    term: say('Bantuan tunai', 'Cash aid'),
                    value: (
                      <>
                        <span class="number">{words.money(300000n)}</span>{' '}
                        {say('setiap bulan, paling banyak', 'a month at most')}
                      </>
                    ),
                  },
                ]}
              />
            </Card>
            <Details
              summary={say('Dasar hukum dan nilai yang berlaku', 'Legal basis and the values in force')}
            >
              <p>
                {say(
                  'Permendesa PDT 16/2025, berlaku sejak 29 Desember 2025. Keyakinan sumber: sedang.',
                  'Ministerial regulation PDT 16/2025, in force since 29 December 2025. Confidence in the source: medium.',
                )}
              </p>
            </Details>
          </>
        }
        aside={
          <>
            <Card title={say('Semua program', 'All programmes')}>
              <SummaryList
                rows={[
                  {
                    term: 'Sembako',
                    value: <StatusMark is="good">{say('terindikasi layak', 'likely eligible')}</StatusMark>,
                  },
                  {
                    term: 'PKH',
                    value: <StatusMark is="bad">{say('tidak layak', 'not eligible')}</StatusMark>,
                  },
                  {
                    term: 'BLT Dana Desa',
                    value: <StatusMark is="unknown">{say('kurang 1 data', '1 answer missing')}</StatusMark>,
                  },
                  {
                    term: 'PIP (Sari, 9)',
                    value: (
                      <StatusMark is="waiting">{say('menunggu sekolah', 'school must answer')}</StatusMark>
                    ),
                  },
                ]}
              />
            </Card>
            <Card title={say('Perjalanan permohonan', 'The way of the request')}>
              <Timeline
                words={words}
                steps={[
                  { title: say('Diajukan', 'Requested'), state: 'done', when: date('2026-11-02') },
                  {
                    title: say('Diverifikasi dusun', 'Verified in the hamlet'),
                    state: 'done',
                    when: date('2026-11-10'),
                    children: (
                      <p>{say('oleh Pak Yusuf, kepala dusun', 'by Pak Yusuf, head of the hamlet')}</p>
                    ),
                  },
                  {
                    title: say('Musyawarah desa', 'Village forum'),
                    state: 'now',
                    when: say('28 November 2026, balai desa', '28 November 2026, village hall'),
                  },
                  {
                    title: say('Ditetapkan', 'Decided'),
                    state: 'coming',
                    when: say('paling lambat 5 Desember 2026', 'by 5 December 2026'),
                  },
                ]}
              />
            </Card>
            <PrintButton words={words} />
          </>
        }
      />
    </Page>
  )
}
