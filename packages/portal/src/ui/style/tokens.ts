/** The grounds on which coloured text may stand, by which every colour is measured. */
export const lightGrounds = ['#faf6ec', '#fffdf7', '#f2ecdd'] as const

/** The same in the dark. */
export const darkGrounds = ['#161a16', '#1f241f', '#282e28'] as const

const [paper, card, sunk] = lightGrounds
const [darkPaper, darkCard, darkSunk] = darkGrounds

/** Colours by meaning. Text on a wash is the colour of the same name. */
const light = {
  paper,
  card,
  sunk,
  ink: '#20261f',
  soft: '#555c50',
  line: '#ddd4c0',
  edge: '#857d6a',
  sky: '#1a5785',
  clay: '#983a20',
  amber: '#745000',
  good: '#1d5c3a',
  'good-wash': '#e1efe2',
  'amber-wash': '#f8ebc8',
  'clay-wash': '#f9e4db',
  'sky-wash': '#e2edf4',
  gold: '#e6b54a',
  a: '#2a6492',
  b: '#b4592f',
  c: '#35794f',
  d: '#8a6a1c',
  e: '#6d5a86',
  f: '#6c7066',
  h1: '#e3eedd',
  h2: '#bcd8b8',
  h3: '#8abb8d',
  h4: '#2f7a52',
  h5: '#174f33',
  'on-heat': '#ffffff',
}

const dark: Readonly<Record<keyof typeof light, string>> = {
  paper: darkPaper,
  card: darkCard,
  sunk: darkSunk,
  ink: '#ece8dc',
  soft: '#b4b7a9',
  line: '#3b423a',
  edge: '#8b9184',
  sky: '#93c5ee',
  clay: '#f2a286',
  amber: '#e8c56c',
  good: '#92d3a8',
  'good-wash': '#20392a',
  'amber-wash': '#3c321a',
  'clay-wash': '#43281f',
  'sky-wash': '#1d3345',
  gold: '#d9a93f',
  a: '#74afdd',
  b: '#e0916a',
  c: '#7dbf95',
  d: '#cfae58',
  e: '#b39fd0',
  f: '#a3a89b',
  h1: '#24352a',
  h2: '#2b4a37',
  h3: '#336348',
  h4: '#7dbf95',
  h5: '#b5e2c4',
  'on-heat': '#10140f',
}

/** Every colour of the portal, by the name of its custom property. */
export const tokens = { light, dark }
