import { type PageFrame, VillageLook } from '../../src/ui/index.ts'
import { type Locale, type Words, wordsIn } from '../../src/words/index.ts'

/** What a sample page is made with. */
export interface Sample {
  readonly frame: PageFrame
  readonly words: Words
  /** Chooses the text of the page's language. */
  readonly say: (id: string, en: string) => string
  /** The address of a page of the gallery. */
  readonly at: (page: string) => string
  /** The same page in the other language. */
  readonly translationOf: (page: string) => { readonly locale: Locale; readonly href: string }
}

/** A village that cannot be: it stands in no register. */
export const look = VillageLook.parse({
  name: 'Desa Tanjung Barat',
  place: { id: 'Kecamatan Tanjung (desa contoh)', en: 'Tanjung district (example village)' },
})

/** The frame of all sample pages in one language. */
export function sampleIn(locale: Locale, assets: PageFrame['assets']): Sample {
  const words = wordsIn(locale, { code: 'IDR', scale: 0 })
  const say = (id: string, en: string) => (locale === 'id' ? id : en)
  const at = (page: string) => `/${locale}/${page}`
  const other = locale === 'id' ? 'en' : 'id'
  const frame: PageFrame = {
    look,
    words,
    assets,
    home: at('home'),
    menu: [
      { href: at('home'), label: say('Beranda', 'Home') },
      { href: at('record'), label: say('Layanan', 'Services') },
      { href: at('task'), label: say('Bantuan', 'Assistance') },
      { href: at('register'), label: say('Penduduk', 'Residents') },
      { href: at('parts'), label: say('Musyawarah', 'Forums') },
      { href: at('figure'), label: say('Evaluasi', 'Evaluation') },
      { href: at('document'), label: say('Transparansi', 'Transparency') },
    ],
    account: {
      name: 'Ibu Ratna',
      role: say('Sekretaris desa', 'Village secretary'),
      links: [
        { href: at('record'), label: say('Data saya', 'My data'), icon: 'person' },
        {
          href: at('register'),
          label: say('Siapa yang membaca data saya', 'Who has read my data'),
          icon: 'eye',
        },
      ],
      signOut: { action: at('task'), csrf: 'sample' },
    },
    foot: [
      { href: at('register'), label: say('Siapa yang membaca data saya', 'Who has read my data') },
      { href: at('parts'), label: say('Bantuan memakai laman ini', 'Help with this site') },
    ],
  }
  return { frame, words, say, at, translationOf: (page) => ({ locale: other, href: `/${other}/${page}` }) }
}
