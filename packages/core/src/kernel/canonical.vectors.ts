import type { CanonicalValue } from './canonical.ts'

/** One published example of the canonical encoding. */
export interface CanonicalVector {
  /** What the example shows. */
  readonly name: string
  readonly tag: string
  readonly value: CanonicalValue
  /** The canonical bytes in hex. */
  readonly hex: string
  /** SHA-256 of the canonical bytes in hex. */
  readonly sha256: string
}

/**
 * Published vectors (semantics 15), by which another program can check its own encoder. They never change: with
 * a new version of the encoding there are new vectors beside these. The hex was made by an independent encoder
 * in Python, the digests by its `hashlib`.
 */
export const canonicalVectors: readonly CanonicalVector[] = [
  {
    name: 'null',
    tag: 'note',
    value: null,
    hex: '0173343a6e6f74656e',
    sha256: 'd1ff2d48a9581cb72e24b4196f4ebc5f6b35056c444826e00b56a09839ac2f66',
  },
  {
    name: 'false',
    tag: 'note',
    value: false,
    hex: '0173343a6e6f746566',
    sha256: 'afbafa0cde449a7857276df3e56beab3e48a4ee541e43785cf595177952f3edc',
  },
  {
    name: 'true',
    tag: 'note',
    value: true,
    hex: '0173343a6e6f746574',
    sha256: '5f7a816012362153e978ef2df1d59af51227cd751effcf3f0112defdda18453d',
  },
  {
    name: 'zero',
    tag: 'note',
    value: 0,
    hex: '0173343a6e6f746569313a30',
    sha256: '6b9ffce627abe19736c95da627980532e744671e1840ebfb3e9caa4a255f0686',
  },
  {
    name: 'a negative integer',
    tag: 'note',
    value: -42,
    hex: '0173343a6e6f746569333a2d3432',
    sha256: 'd08d2c9b16400df534a874c6284e735ce806837e3381ecc58365ac3d8006fba3',
  },
  {
    name: 'the greatest safe integer',
    tag: 'note',
    value: 9007199254740991,
    hex: '0173343a6e6f74656931363a39303037313939323534373430393931',
    sha256: '4eca44109093d68170402c88a422ea6d0f0e4271c8d084318d63b1d3bb74cd92',
  },
  {
    name: 'the greatest integer of 64 bits',
    tag: 'note',
    value: 9223372036854775807n,
    hex: '0173343a6e6f74656931393a39323233333732303336383534373735383037',
    sha256: '86469b22a16e5f92670e0939c2c247c455493966170d09127a97cc7e4b69dae1',
  },
  {
    name: 'an integer beyond 64 bits',
    tag: 'note',
    value: -18446744073709551616n,
    hex: '0173343a6e6f74656932313a2d3138343436373434303733373039353531363136',
    sha256: '1e9b576683b778126fcb119612040252493bda5b44088d3a00d8ae0f2d27c84f',
  },
  {
    name: 'the empty text',
    tag: 'note',
    value: '',
    hex: '0173343a6e6f746573303a',
    sha256: '01520afe97f15b5bae61792e170b57ce815b5cb08b07ba5fbec18ad33a117814',
  },
  {
    name: 'text in ASCII',
    tag: 'note',
    value: 'the "first" note',
    hex: '0173343a6e6f74657331363a7468652022666972737422206e6f7465',
    sha256: '994ecfb42d817d1b5672d7831be02b9b50792154d40c2475a890cf4fa6685c54',
  },
  {
    name: 'text of two, three and four bytes a character',
    tag: 'note',
    value: '\u00e9\u6c34\ud83c\udf3e',
    hex: '0173343a6e6f746573393ac3a9e6b0b4f09f8cbe',
    sha256: 'a27085de6a042b5c5e0dc7ed76f916aabef6e1f133fb601f5331c97bdbc6da0c',
  },
  {
    name: 'text that looks like items',
    tag: 'note',
    value: 's1:a\n',
    hex: '0173343a6e6f746573353a73313a610a',
    sha256: 'f9dc66b502bd0e65f027c9f63b95680563b682d7fb21b7ecdc09af85d56a7ec2',
  },
  {
    name: 'text of a three-digit length',
    tag: 'note',
    value: 'a'.repeat(100),
    hex: '0173343a6e6f7465733130303a61616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161616161',
    sha256: '933ec56be4bf7385714dc2706664937556e14cb159409c44c3467b1c64f905db',
  },
  {
    name: 'no bytes',
    tag: 'note',
    value: Uint8Array.of(),
    hex: '0173343a6e6f746562303a',
    sha256: '9fa1e1bb86131c8cadc83bfb6335143a61a2f5b09aaf29fe1acfec9e4577206b',
  },
  {
    name: 'bytes',
    tag: 'note',
    value: Uint8Array.of(0x0, 0x7f, 0x80, 0xff),
    hex: '0173343a6e6f746562343a007f80ff',
    sha256: 'b130ef9c2d3e196e70bd0d3a4aa734d6b26bd4fab2daf8e41653dee4a8b09835',
  },
  {
    name: 'the empty list',
    tag: 'note',
    value: [],
    hex: '0173343a6e6f74656c303a',
    sha256: 'f9959db65e032ec98119a02437e9de3a9a1e0be272bb88a564711c7f97a11e22',
  },
  {
    name: 'lists in a list',
    tag: 'note',
    value: [[], [1, '1'], null],
    hex: '0173343a6e6f74656c333a6c303a6c323a69313a3173313a316e',
    sha256: 'd1c4372a795e17f1b9545fbb21285b2e9da7b3d48d95aabbd1aaa0e67efa54c3',
  },
  {
    name: 'the empty object',
    tag: 'note',
    value: {},
    hex: '0173343a6e6f74656f303a',
    sha256: 'da70dd8770671863ceec930a2f75d7e9e2c8d777d67e7b61a7025db22bf8a9d3',
  },
  {
    name: 'names in the order of their code points, not of UTF-16',
    tag: 'note',
    value: { '\ud83c\udf3e': 1, '\uff5e': 2, b: 3, B: 4, aa: 5, a: 6, '': 7, '10': 8, '9': 9 },
    hex: '0173343a6e6f74656f393a73303a69313a3773323a313069313a3873313a3969313a3973313a4269313a3473313a6169313a3673323a616169313a3573313a6269313a3373333aefbd9e69313a3273343af09f8cbe69313a31',
    sha256: '2a670bb1129afa19fd93344835fec1455558abe3026ff7077432cc26d6fe47c1',
  },
  {
    name: 'an absent property beside null and the empty text',
    tag: 'note',
    value: { absent: undefined, empty: '', none: null },
    hex: '0173343a6e6f74656f323a73353a656d70747973303a73343a6e6f6e656e',
    sha256: '93a3acd704b31409e567ff129d08e8040757d90a4ce13f75ed83371f79c53cfc',
  },
  {
    name: 'the empty tag',
    tag: '',
    value: 'a',
    hex: '0173303a73313a61',
    sha256: 'eb0aafe9c372e28b44ea174bbcccc9f4a56beee2e94744ca54f378593f339666',
  },
  {
    name: 'a tag beyond ASCII',
    tag: '\u00e9',
    value: 'a',
    hex: '0173323ac3a973313a61',
    sha256: '057e2c3af28349bd2c104a8c442c52f7e5ef2ad06faa7c5c066438d9965e0e4b',
  },
  {
    name: 'a journal entry',
    tag: 'entry',
    value: {
      seq: 1,
      effectiveDate: '2026-11-24',
      lines: [
        { account: '1.1.01', debit: 150000 },
        { account: '4.1.01', credit: 150000 },
      ],
      attachments: [],
      priorPeriod: false,
    },
    hex: '0173353a656e7472796f353a7331313a6174746163686d656e74736c303a7331333a656666656374697665446174657331303a323032362d31312d323473353a6c696e65736c323a6f323a73373a6163636f756e7473363a312e312e303173353a646562697469363a3135303030306f323a73373a6163636f756e7473363a342e312e303173363a63726564697469363a3135303030307331313a7072696f72506572696f646673333a73657169313a31',
    sha256: 'c3d77a06b2809e6b629b1b9460fe34fcb421b1511c29d675bc72d6f918c18600',
  },
]
