import {
  Button,
  Buttons,
  Card,
  Checkboxes,
  EmptyState,
  FileField,
  Form,
  type Html,
  Icon,
  Notice,
  Page,
  SelectField,
  StatusMark,
  TextField,
} from '../../src/ui/index.ts'
import type { Sample } from './frame.tsx'

/** The parts that no other sample page shows. */
export function PartsPage({ frame, words, say, at, translationOf }: Sample): Html {
  return (
    <Page
      frame={frame}
      title={say('Bagian lain', 'Other parts')}
      section={at('parts')}
      translation={translationOf('parts')}
    >
      <Notice is="good" title={say('Setoran tercatat', 'The deposit is recorded')}>
        <p>
          {say(
            `${words.money(150000n)} masuk ke simpanan sukarela Ibu Sulastri. `,
            `${words.money(150000n)} went into the voluntary savings of Ibu Sulastri. `,
          )}
          <a href={at('document')}>{say('Cetak bukti', 'Print the receipt')}</a>
        </p>
      </Notice>
      <Notice is="bad" title={say('Berkas tidak dapat dibaca', 'The file cannot be read')}>
        <p>
          {say(
            'Berkas ini rusak di baris 214: tanggal lahir kosong. Tidak ada data yang berubah. Perbaiki baris itu lalu unggah lagi.',
            'This file is damaged in row 214: the birth date is empty. No data has changed. Mend that row and upload it again.',
          )}
        </p>
      </Notice>
      <Notice is="info" title={say('Anda masuk sampai pukul 16.00', 'You are signed in until 16:00')} />
      <p class="buttons">
        <StatusMark is="good">{say('selesai', 'done')}</StatusMark>
        <StatusMark is="waiting">{say('menunggu', 'waiting')}</StatusMark>
        <StatusMark is="attention">{say('perlu perhatian', 'needs attention')}</StatusMark>
        <StatusMark is="unknown">{say('belum dapat ditentukan', 'cannot be told yet')}</StatusMark>
        <StatusMark is="bad">{say('ditolak', 'refused')}</StatusMark>
        <StatusMark is="info">{say('rancangan', 'draft')}</StatusMark>
      </p>
      <Card title={say('Permohonan surat', 'Requests for letters')}>
        <EmptyState icon="file" title={say('Belum ada permohonan', 'No requests yet')}>
          <p>
            {say(
              'Permohonan surat dari warga akan tampil di sini, yang tertua paling atas.',
              'Requests of residents will stand here, the oldest first.',
            )}
          </p>
          <p>
            <Button kind="second" icon="plus" href={at('task')}>
              {say('Catat permohonan pertama', 'Record the first request')}
            </Button>
          </p>
        </EmptyState>
      </Card>
      <Card title={say('Unggah data penduduk', 'Upload the residents')}>
        <Form words={words} action={at('progress')} csrf="sample" once="sample" hasFile>
          <FileField
            words={words}
            name="workbook"
            label={say('Berkas OpenSID', 'OpenSID workbook')}
            hint={say(
              'Berkas .xlsx atau .xlsm, paling besar 20 MB.',
              'An .xlsx or .xlsm file of at most 20 MB.',
            )}
            accept=".xlsx,.xlsm"
          />
          <Checkboxes
            words={words}
            name="options"
            label={say('Yang ikut diperiksa', 'What is checked as well')}
            options={[
              { value: 'duplicates', label: say('Kemungkinan data ganda', 'Possible duplicates') },
              {
                value: 'births',
                label: say('Tanggal lahir terhadap NIK', 'Birth dates against identity numbers'),
                hint: say('hanya peringatan', 'warnings only'),
              },
            ]}
            values={['duplicates']}
          />
          <SelectField
            words={words}
            name="year"
            label={say('Tahun data', 'Year of the data')}
            options={['2026', '2025'].map((year) => ({ value: year, label: year }))}
          />
          <TextField
            words={words}
            name="pin"
            label={say('Kata sandi Anda', 'Your password')}
            kind="password"
            autocomplete="current-password"
          />
          <Buttons>
            <Button icon="file">{say('Periksa berkas', 'Check the file')}</Button>
            <Button kind="danger" name="do" value="delete">
              {say('Hapus impor terakhir', 'Delete the last import')}
            </Button>
          </Buttons>
        </Form>
      </Card>
      <ul class="buttons">
        {(
          ['home', 'people', 'person', 'gift', 'coins', 'speech', 'chart', 'search', 'eye', 'print'] as const
        ).map((name) => (
          <li>
            <Icon name={name} /> {name}
          </li>
        ))}
        {(
          ['download', 'calendar', 'globe', 'basket', 'file', 'clock', 'first', 'cross', 'plus'] as const
        ).map((name) => (
          <li>
            <Icon name={name} /> {name}
          </li>
        ))}
      </ul>
    </Page>
  )
}
