import { CivilDate } from '@lumbung/core/kernel'
import {
  Button,
  type Html,
  Page,
  Pagination,
  SearchForm,
  SelectField,
  Table,
  TextField,
} from '../../src/ui/index.ts'
import { hamlets, residents } from './data.ts'
import type { Sample } from './frame.tsx'

const ROWS_A_PAGE = 25

/** A register: search by GET, a table that turns into cards, the count, pages by key. */
export function RegisterPage({ frame, words, say, at, translationOf }: Sample): Html {
  const rows = Array.from({ length: ROWS_A_PAGE }, (_, index) => {
    const [name, born, hamlet, role] = residents[index % residents.length] ?? residents[0]
    return { name, born: CivilDate.parse(born), hamlet, role, number: `99•• •••• •••• ${1000 + index * 37}` }
  })
  const anyOption = { value: 'any', label: say('Semua dusun', 'All hamlets') }
  return (
    <Page
      frame={frame}
      title={say('Daftar penduduk', 'Register of residents')}
      section={at('register')}
      translation={translationOf('register')}
    >
      <SearchForm
        words={words}
        action={at('register')}
        label={say('Cari penduduk', 'Search residents')}
        clear={at('register')}
      >
        <TextField
          words={words}
          name="q"
          label={say('Nama atau NIK (nomor induk kependudukan)', 'Name or identity number')}
          kind="search"
          autocomplete="off"
          value="sul"
        />
        <SelectField
          words={words}
          name="hamlet"
          label={say('Dusun', 'Hamlet')}
          options={[anyOption, ...hamlets.map((hamlet) => ({ value: hamlet, label: hamlet }))]}
          value="any"
        />
      </SearchForm>
      <Table
        caption={say('Penduduk yang cocok', 'Residents that match')}
        columns={[
          { label: say('Nama', 'Name'), cell: ({ name }) => <a href={at('record')}>{name}</a> },
          { label: 'NIK', cell: ({ number }) => <span class="number">{number}</span> },
          { label: say('Lahir', 'Born'), cell: ({ born }) => words.date(born) },
          { label: say('Dusun', 'Hamlet'), cell: ({ hamlet }) => hamlet },
          {
            label: say('Dalam keluarga', 'In the household'),
            cell: ({ role }) => (role === 'kepala' ? say('kepala', 'head') : say('anggota', 'member')),
          },
        ]}
        rows={rows}
      />
      <Pagination
        words={words}
        count={3761}
        first={`${at('register')}?q=sul`}
        previous={`${at('register')}?q=sul&before=x`}
        next={`${at('register')}?q=sul&after=y`}
      />
      <p>
        <Button kind="second" icon="download" href={at('register')}>
          {say('Unduh sebagai CSV', 'Download as CSV')}
        </Button>
      </p>
    </Page>
  )
}
