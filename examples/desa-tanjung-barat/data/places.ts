/** A hamlet: how many of a hundred families live there, its neighbourhoods and its lanes. */
export interface Hamlet {
  readonly name: string
  readonly share: number
  /** RW, each with its RT. */
  readonly neighbourhoods: readonly { readonly rw: string; readonly rts: readonly string[] }[]
  readonly lanes: readonly string[]
}

/** The hamlets of Desa Tanjung Barat. RW are numbered through the village, RT within each RW. */
export const hamlets: readonly Hamlet[] = [
  {
    name: 'Mekar',
    share: 27,
    neighbourhoods: [
      { rw: '001', rts: ['001', '002', '003'] },
      { rw: '002', rts: ['001', '002', '003'] },
    ],
    lanes: ['Jl. Melati', 'Jl. Balai Desa', 'Gang Kenanga', 'Jl. Pasar'],
  },
  {
    name: 'Karya',
    share: 23,
    neighbourhoods: [
      { rw: '003', rts: ['001', '002', '003'] },
      { rw: '004', rts: ['001', '002'] },
    ],
    lanes: ['Jl. Pandai Besi', 'Jl. Rotan', 'Gang Tenun'],
  },
  {
    name: 'Sejahtera',
    share: 20,
    neighbourhoods: [
      { rw: '005', rts: ['001', '002'] },
      { rw: '006', rts: ['001', '002'] },
    ],
    lanes: ['Jl. Padi', 'Jl. Lumbung', 'Gang Bambu'],
  },
  {
    name: 'Harapan',
    share: 17,
    neighbourhoods: [
      { rw: '007', rts: ['001', '002'] },
      { rw: '008', rts: ['001', '002'] },
    ],
    lanes: ['Jl. Bukit', 'Jl. Kopi', 'Gang Cengkih'],
  },
  {
    name: 'Tirta',
    share: 13,
    neighbourhoods: [{ rw: '009', rts: ['001', '002', '003'] }],
    lanes: ['Jl. Pesisir', 'Jl. Dermaga', 'Gang Bakau'],
  },
]

/** Where people were born; none of them is the name of a real regency. */
export const birthPlaces = [
  ['Tanjung Barat', 62],
  ['Tanjung Timur', 10],
  ['Karang Asri', 7],
  ['Sumber Rejeki', 6],
  ['Muara Indah', 5],
  ['Kota Lestari', 5],
  ['Batu Putih', 3],
  ['Rawa Bening', 2],
] as const
