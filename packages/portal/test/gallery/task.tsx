import { CivilDate } from '@lumbung/core/kernel'
import {
  Button,
  Buttons,
  DateField,
  Details,
  ErrorSummary,
  type FieldError,
  Form,
  type Html,
  LongTextField,
  NumberField,
  Page,
  Radios,
  SelectField,
  TextField,
  WhatNext,
} from '../../src/ui/index.ts'
import { hamlets } from './data.ts'
import type { Sample } from './frame.tsx'

/** One task: a question, one form, one main button. With errors, as the server answers a form that it refuses. */
export function TaskPage({
  sample,
  hasErrors,
}: {
  readonly sample: Sample
  readonly hasErrors: boolean
}): Html {
  const { frame, words, say, at, translationOf } = sample
  const page = hasErrors ? 'task-refused' : 'task'
  const errors: FieldError[] = hasErrors
    ? [
        {
          name: 'amount',
          message: say(
            'Besar setoran harus angka, misalnya 150.000',
            'The amount of the deposit must be a number, such as 150,000',
          ),
        },
        {
          name: 'date',
          message: say(
            '31 November tidak ada. November berakhir tanggal 30',
            'There is no 31 November. November ends on the 30th',
          ),
        },
        { name: 'kind', message: say('Pilih jenis simpanan', 'Choose the kind of savings') },
      ]
    : []
  const errorOf = (name: string) => {
    const message = errors.find((error) => error.name === name)?.message
    return message === undefined ? {} : { error: message }
  }
  return (
    <Page
      frame={frame}
      title={say('Berapa yang disetor Ibu Sulastri?', 'How much does Ibu Sulastri deposit?')}
      lead={say('Anggota 0417, koperasi Lumbung Makmur.', 'Member 0417, cooperative Lumbung Makmur.')}
      section={at('task')}
      above={[
        { href: at('home'), label: say('Koperasi', 'Cooperative') },
        { href: at('record'), label: 'Sulastri' },
      ]}
      translation={translationOf(page)}
    >
      <ErrorSummary words={words} errors={errors} />
      <Form words={words} action={at('task-refused')} csrf="sample" once="sample" keepAs="deposit-0417">
        <NumberField
          words={words}
          name="amount"
          label={say('Besar setoran', 'Amount of the deposit')}
          before="Rp"
          hint={say(
            `Simpanan wajib bulan ini ${words.money(25000n)}.`,
            `The mandatory savings of this month are ${words.money(25000n)}.`,
          )}
          {...(hasErrors ? { value: 'seratus' } : {})}
          {...errorOf('amount')}
        />
        <Radios
          words={words}
          name="kind"
          label={say('Untuk simpanan apa?', 'For which savings?')}
          options={[
            {
              value: 'mandatory',
              label: say('Simpanan wajib', 'Mandatory savings'),
              hint: say('setiap bulan, tidak dapat ditarik', 'every month, cannot be withdrawn'),
            },
            {
              value: 'voluntary',
              label: say('Simpanan sukarela', 'Voluntary savings'),
              hint: say('dapat ditarik kapan saja', 'can be withdrawn at any time'),
            },
          ]}
          {...errorOf('kind')}
        />
        <DateField
          words={words}
          name="date"
          label={say('Tanggal setoran', 'Date of the deposit')}
          hint={say('Hari uang diterima, menurut buku kas.', 'The day the money came in, by the cash book.')}
          value={
            hasErrors ? { day: '31', month: '11', year: '2026' } : { day: '24', month: '11', year: '2026' }
          }
          {...errorOf('date')}
        />
        <SelectField
          words={words}
          name="hamlet"
          label={say('Diterima di dusun', 'Taken in the hamlet of')}
          options={hamlets.map((hamlet) => ({ value: hamlet, label: hamlet }))}
          value="Karya"
        />
        <TextField
          words={words}
          name="receipt"
          label={say('Nomor bukti', 'Number of the receipt')}
          isShort
          isOptional
          autocomplete="off"
        />
        <LongTextField words={words} name="note" label={say('Catatan', 'Note')} rows={3} isOptional />
        <WhatNext words={words}>
          {say(
            'Setoran dibukukan dan bukti dapat dicetak. Kesalahan dapat dibatalkan sampai bendahara menutup buku pada ',
            'The deposit is booked and a receipt can be printed. A mistake can be reversed until the treasurer closes the book on ',
          )}
          {words.date(CivilDate.parse('2026-11-30'))}.
        </WhatNext>
        <Buttons>
          <Button icon="check">{say('Catat setoran', 'Record the deposit')}</Button>
          <a href={at('record')}>{say('Batal, kembali ke anggota', 'Cancel, back to the member')}</a>
        </Buttons>
      </Form>
      <Details summary={say('Mengapa kami bertanya?', 'Why do we ask?')}>
        <p>
          {say(
            'Setoran menambah simpanan anggota dan menentukan bagiannya dari sisa hasil usaha (SHU).',
            'A deposit adds to the savings of the member and decides on their share of the surplus.',
          )}
        </p>
      </Details>
    </Page>
  )
}
