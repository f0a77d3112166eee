import type { Random } from './random.ts'

/** How people of one culture are named, and what they believe. Codes of religion are those of the register. */
export interface Culture {
  readonly ethnicity: string
  readonly share: number
  readonly religions: readonly (readonly [code: number, weight: number])[]
  readonly given: Readonly<Record<'female' | 'male', readonly string[]>>
  readonly second: Readonly<Record<'female' | 'male', readonly string[]>>
  /** Names that stand alone, as many of the old have. */
  readonly single?: Readonly<Record<'female' | 'male', readonly string[]>>
  /** A name that the children have from their father. */
  readonly clans?: readonly string[]
  /** Said before a name: by sex and by the order of birth. */
  readonly birthOrder?: Readonly<Record<'female' | 'male', readonly string[]>>
}

const islam = 1
const protestant = 2
const catholic = 3
const hindu = 4
const buddhist = 5
const confucian = 6
const belief = 7

/** The cultures of the village. Each name is common; who bears which is left to chance, so nobody is meant. */
export const cultures: readonly Culture[] = [
  {
    ethnicity: 'Jawa',
    share: 44,
    religions: [
      [islam, 93],
      [protestant, 3],
      [catholic, 3],
      [belief, 1],
    ],
    given: {
      male: words(
        'Agus Bambang Slamet Sugeng Eko Dwi Tri Joko Heru Wahyu Budi Adi Bayu Danang Galih Hendro Imam Teguh Yanto Rudi Aris Didik Edi Fajar Gunawan Hari Kuncoro Nanang Purwo Rangga Satrio Tulus Untung Wisnu Yoga Dimas Bagas Rizky Arif Ilham Krisna Panji',
      ),
      female: words(
        'Sri Dewi Endang Wahyuni Ratna Rini Siti Tri Dwi Eni Yuni Lestari Wulan Indah Ayu Retno Ningsih Puji Umi Nanik Erna Lilik Sulastri Titik Anik Fitri Nur Dian Maya Ratih Sekar Intan Putri Anisa Laras Kirana Citra Rahayu',
      ),
    },
    second: {
      male: words(
        'Santoso Prasetyo Wibowo Saputro Nugroho Setiawan Raharjo Purnomo Susanto Hartono Kurniawan Haryanto Wijayanto Utomo Pamungkas Supriyadi Cahyono Mulyono Riyanto Suryono Handoyo Pranoto Kusumo Ramadhan Adinata Pratama',
      ),
      female: words(
        'Wahyuningsih Rahayu Lestari Handayani Astuti Purwanti Susilowati Kusumawati Hartati Setyaningsih Widyastuti Suryani Utami Pratiwi Rahmawati Wulandari Puspitasari Anggraini Safitri Maharani Permatasari Indriyani Ningrum Kartikasari',
      ),
    },
    single: {
      male: words(
        'Suparman Sukirman Tukiman Ngadimin Paijo Sarimin Wagiman Sukardi Kasiman Sumarno Mulyadi Sutrisno Parto Ponidi Rejo Sarwono Kliwon Legiman Saimin Jumadi Sunardi Wakidi',
      ),
      female: words(
        'Ngatiyem Tukiyem Sutinah Sumirah Paijem Wagiyem Sukinem Kasinem Sarinah Mursiyah Satinem Sulasmi Parti Ponirah Rubiyah Legiyem Jumirah Tumini Sukarti Mariyem Suminah Katinem',
      ),
    },
  },
  {
    ethnicity: 'Sunda',
    share: 17,
    religions: [
      [islam, 98],
      [protestant, 1],
      [belief, 1],
    ],
    given: {
      male: words(
        'Asep Ujang Dadang Cecep Deden Iwan Yayan Engkos Aep Encep Tatang Nandang Endang Rahmat Jajang Ade Dede Wawan Hilman Gilang Reza Fauzan Rendi Irfan Yusuf',
      ),
      female: words(
        'Euis Neneng Lilis Imas Cucu Nenden Tati Enok Iis Ai Yeyet Elis Nia Rina Yanti Teti Wida Sinta Salsa Rani Mila Nabila Zahra Aulia',
      ),
    },
    second: {
      male: words(
        'Suryana Sutisna Hidayat Permana Kosasih Somantri Ruhiyat Mulyana Gumilar Saepudin Supriatna Hermawan Ruhimat Koswara Sobandi Maulana Firmansyah Nugraha',
      ),
      female: words(
        'Komalasari Nurhayati Rohaeti Suhartini Kurniasih Rosmiati Sukaesih Rukmini Julaeha Fatimah Sumiati Herawati Nuraeni Fitriani Apriliani',
      ),
    },
  },
  {
    ethnicity: 'Melayu',
    share: 14,
    religions: [[islam, 100]],
    given: {
      male: words(
        "Muhammad Ahmad Abdul Zainal Hasan Husin Ismail Ibrahim Syafi'i Ridwan Zulkifli Hamzah Mahmud Umar Usman Khairul Azhar Taufik Luqman Ma'ruf Hafiz Farhan Rasyid Naufal Danish",
      ),
      female: words(
        "Siti Nur Aisyah Khadijah Zainab Maryam Rohani Halimah Zubaidah Salmah Mariam Latifah Hasnah Nur'aini Rahmah Azizah Syarifah Fadhilah Nadia Hana Qonita Humaira",
      ),
    },
    second: {
      male: words(
        'Hakim Rahman Abdullah Yahya Fadillah Alwi Sulaiman Idris Saleh Bakri Effendi Syahputra Anshari Mansur Karim Jamaluddin Nasrullah Akbar',
      ),
      female: words(
        "Aminah Khairiyah Jannah Rahmadani Syafitri Maulida Hasanah Munawaroh Rofi'ah Sa'diyah Mardiah Ramlah Zahrah Laila Hidayati Nisa",
      ),
    },
  },
  {
    ethnicity: 'Minangkabau',
    share: 5,
    religions: [[islam, 100]],
    given: {
      male: words('Yusrizal Syafrizal Afrizal Zulfikar Erizal Masrul Basrizal Hendri Rivaldo Ikhsan Fadli'),
      female: words('Yusnidar Ermawati Nurbaiti Rosnida Gusneti Welni Yulisma Elfira Rahmi Suci Annisa'),
    },
    second: {
      male: words('Chaniago Tanjung Koto Piliang Sikumbang Jambak Caniago Guci'),
      female: words('Chaniago Tanjung Koto Piliang Sikumbang Jambak Melayu Guci'),
    },
  },
  {
    ethnicity: 'Bugis',
    share: 6,
    religions: [[islam, 100]],
    given: {
      male: words('Andi Daeng Baso Ambo Syamsul Hasanuddin Muhtar Amiruddin Firman Akram Rusli'),
      female: words("Andi Besse Indo Rosmini Hasnawati Tenri Sitti Nurlina Rahmatia A'isyah Fira"),
    },
    second: {
      male: words('Tenriawaru Mappasessu Palaguna Lolo Mattalatta Baharuddin Pallawa Sanusi Makkarau'),
      female: words('Tenriola Palallo Bungawali Mappanyukki Batari Wellang Hadijah Sanusi'),
    },
  },
  {
    ethnicity: 'Batak',
    share: 5,
    religions: [
      [protestant, 72],
      [catholic, 14],
      [islam, 14],
    ],
    given: {
      male: words('Parlindungan Binsar Togar Maruli Sahat Jonner Hotman Poltak Rikardo Daniel Samuel Kevin'),
      female: words(
        'Rosmaida Tiurma Rotua Hotmaida Lamtiur Nurlela Debora Ester Ruth Friska Natalia Gabriela',
      ),
    },
    second: {
      male: words('Halomoan Mangatas Parulian Hasiholan Martua Sabam'),
      female: words('Uli Sondang Marlina Tio Romauli Duma'),
    },
    clans: words('Simbolon Sinaga Hutapea Manurung Siregar Nainggolan Sitorus Pardede Situmorang Purba'),
  },
  {
    ethnicity: 'Bali',
    share: 5,
    religions: [[hindu, 100]],
    given: {
      male: words('Agung Suardana Gede Sudarma Arya Widiana Yudha Sukarya Dharma Surya'),
      female: words('Sri Ayu Suryani Ketutwati Puspa Sriati Dewi Kadekwati Murni Candra'),
    },
    second: {
      male: words('Wirawan Artana Suardika Mahendra Sudiana Adnyana Pradnyana Wiguna'),
      female: words('Ariani Sukerti Wahyuni Artini Purnami Sriasih Widiantari Antari'),
    },
    birthOrder: {
      male: ['I Wayan', 'I Made', 'I Nyoman', 'I Ketut'],
      female: ['Ni Wayan', 'Ni Made', 'Ni Nyoman', 'Ni Ketut'],
    },
  },
  {
    ethnicity: 'Flores',
    share: 2,
    religions: [
      [catholic, 88],
      [protestant, 12],
    ],
    given: {
      male: words('Yohanes Petrus Paulus Fransiskus Aloysius Kornelis Gabriel Marselinus'),
      female: words('Maria Yuliana Theresia Kristina Agnes Veronika Katarina Paulina'),
    },
    second: {
      male: words('Bosco Don Vianney Regis Beda Nong'),
      female: words('Goreti Anjela Fatima Elisabet Nona Bertha'),
    },
    clans: words('Lewar Bria Nahak Seran Kelen Wungo Teluma'),
  },
  {
    ethnicity: 'Tionghoa',
    share: 2,
    religions: [
      [buddhist, 42],
      [protestant, 24],
      [catholic, 18],
      [confucian, 16],
    ],
    given: {
      male: words('Hendra Budiman Kevin Suryadi Andreas Felix Wilson'),
      female: words('Meiling Lina Susana Felicia Yenny Vivian Linda'),
    },
    second: {
      male: words('Halim Salimin Wijaya Gunadi Tanuwijaya Sutanto'),
      female: words('Halim Wijaya Gunadi Tanuwijaya Sutanto Chandra'),
    },
  },
]

function words(text: string): readonly string[] {
  return text.split(' ')
}

/** What a name depends on besides its culture. */
export interface NameContext {
  readonly sex: 'female' | 'male'
  readonly birthYear: number
  /** From 1. */
  readonly birthOrder: number
  readonly clan: string | undefined
}

/** A name of a culture. */
export function nameIn(
  culture: Culture,
  random: Random,
  { sex, birthYear, birthOrder, clan }: NameContext,
): string {
  if (
    culture.single !== undefined &&
    random.chance(birthYear < 1968 ? 0.55 : birthYear < 1985 ? 0.15 : 0.02)
  ) {
    return random.pick(culture.single[sex])
  }
  const orders = culture.birthOrder?.[sex]
  const before = orders?.[(birthOrder - 1) % orders.length]
  const given = random.pick(culture.given[sex])
  if (clan !== undefined) {
    const middle = random.chance(0.35) ? [random.pick(culture.second[sex])] : []
    return [given, ...middle, clan].join(' ')
  }
  // Two of the first list, as young parents like it: a short name, a long one and one more.
  const second = random.pick(culture.given[sex])
  const middle = birthYear > 1990 && random.chance(0.3) && second !== given ? [second] : []
  return [...(before === undefined ? [] : [before]), given, ...middle, random.pick(culture.second[sex])].join(
    ' ',
  )
}
