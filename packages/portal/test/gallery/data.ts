/** The people of the sample village by age and sex, as in the sketches of the portal. */
const male = [151, 162, 158, 149, 138, 141, 146, 143, 134, 128, 117, 98, 79, 57, 36, 31]
const female = [144, 155, 151, 147, 140, 146, 149, 141, 136, 127, 119, 101, 84, 63, 44, 46]

export const ageGroups = male.map((count, index) => ({
  label: index === male.length - 1 ? '75+' : `${index * 5}–${index * 5 + 4}`,
  male: count,
  female: female[index] ?? 0,
}))

export const hamlets = ['Mekar', 'Karya', 'Sejahtera', 'Harapan', 'Tirta']

/** Households of each hamlet, and how many of them some service reaches. */
export const reach = [
  { hamlet: 'Mekar', households: 262, reached: 255 },
  { hamlet: 'Karya', households: 241, reached: 219 },
  { hamlet: 'Sejahtera', households: 228, reached: 226 },
  { hamlet: 'Harapan', households: 214, reached: 201 },
  { hamlet: 'Tirta', households: 203, reached: 198 },
]

export const residents = [
  ['Sulastri', '1985-03-12', 'Karya', 'kepala'],
  ['Darto Wibowo', '1968-07-01', 'Karya', 'anggota'],
  ['Sari Puspita', '2017-05-20', 'Karya', 'anggota'],
  ['Muhammad Ridwan Kurniawan', '1990-11-30', 'Sejahtera', 'kepala'],
  ['Ni Luh Ayu Wandira', '1974-01-09', 'Mekar', 'kepala'],
  ['Yohanes Balo', '1959-12-24', 'Tirta', 'kepala'],
] as const
