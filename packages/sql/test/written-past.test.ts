import { CivilDate, Instant } from '@lumbung/core/kernel'
import { type ColumnType, defineCollection } from '@lumbung/core/storage'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod'
import { databaseKinds, type TestDatabase } from './databases.ts'

/** Goal: whatever writes past our code, the database itself holds what the schema promises. */

const everything = defineCollection({
  name: 'everything',
  schema: z.object({
    id: z.string().min(1),
    text: z.string(),
    short: z.string().max(5).nullable(),
    kind: z.enum(['a', "b'c"]),
    date: CivilDate,
    instant: Instant,
    whole: z.int(),
    few: z.int().min(1).lt(6),
    wide: z.bigint(),
    money: z
      .bigint()
      .min(-(2n ** 40n))
      .max(2n ** 40n),
    real: z.number(),
    share: z.number().min(0).max(1),
    flag: z.boolean(),
    nested: z.object({ list: z.array(z.int()) }),
    bytes: z.instanceof(Uint8Array),
    maybeDate: CivilDate.nullable(),
    maybeInstant: Instant.nullable(),
    maybeFew: z.int().min(1).max(5).nullable(),
    maybeKind: z.enum(['a']).nullable(),
    maybeFlag: z.boolean().nullable(),
    maybeReal: z.number().nullable(),
    maybeNested: z.object({}).nullable(),
    maybeBytes: z.instanceof(Uint8Array).nullable(),
  }),
  key: 'id',
  fieldClasses: 'internal',
})

/** A value as SQL; where the databases write it differently, one text for each. */
type Written = string | { readonly sqlite: string; readonly postgres: string }

const bytes = { sqlite: "x'00ff'", postgres: "'\\x00ff'::bytea" }
const yes = { sqlite: '1', postgres: 'true' }
// PostgreSQL rounds a number that is written into a whole one, so there it is given as text.
const fraction = { sqlite: '1.5', postgres: "'1.5'" }
const newline = { sqlite: 'char(10)', postgres: 'chr(10)' }
const nul = { sqlite: 'char(0)', postgres: 'chr(0)' }

function after(text: string, added: { readonly sqlite: string; readonly postgres: string }): Written {
  return { sqlite: `'${text}' || ${added.sqlite}`, postgres: `'${text}' || ${added.postgres}` }
}

const dates = {
  taken: ["'2024-02-29'", "'0001-01-01'", "'9999-12-31'", "'2000-02-29'"],
  refused: [
    "'2023-02-29'",
    "'1900-02-29'",
    "'2024-04-31'",
    "'2024-13-01'",
    "'2024-00-10'",
    "'2024-01-00'",
    "'0000-01-01'",
    "'10000-01-01'",
    "'2024-2-9'",
    "'2024-01-01x'",
    "' 2024-01-01'",
    "''",
    "'now'",
    "'2460000'",
    after('2024-02-29', newline),
    after('2024-02-29', nul),
  ],
}
const instants = {
  taken: ["'2026-11-24T05:00:00.000Z'", "'0001-01-01T00:00:00.000Z'", "'2024-02-29T23:59:59.999Z'"],
  refused: [
    "'2026-11-24T24:00:00.000Z'",
    "'2026-11-24T23:60:00.000Z'",
    "'2026-11-24T23:59:60.000Z'",
    "'2026-02-30T05:00:00.000Z'",
    "'2026-11-24T05:00:00Z'",
    "'2026-11-24T05:00:00.000+00:00'",
    "'2026-11-24 05:00:00.000Z'",
    "'0000-11-24T05:00:00.000Z'",
    "'2026-11-24'",
    "'now'",
    after('2026-11-24T05:00:00.000Z', newline),
  ],
}
const few = { taken: ['1', '5'], refused: ['0', '6', '-1', fraction, "'many'"] }
const text = { taken: ["'x'", "''", "'🍚'"], refused: [after('a', nul), after('', nul)] }
const real = {
  taken: ['0', '-1.5', '1e308', '-1.7976931348623157e308'],
  refused: [
    { sqlite: '9e999', postgres: "'Infinity'" },
    { sqlite: '-9e999', postgres: "'-Infinity'" },
    "'some'",
  ],
}
const truth = {
  taken: [yes, { sqlite: '0', postgres: 'false' }],
  refused: ['2', '-1', "'maybe'"],
}
const json = {
  taken: [`'{"list":[1]}'`, "'{}'"],
  refused: ["''", "'{'", '\'{"list":[1]} x\'', "'{list:1}'", after('{}', nul)],
}
const blob = { taken: [bytes], refused: [{ sqlite: "'text'", postgres: "'text'::text" }, '5'] }
const nothing = { sqlite: 'null', postgres: 'null' }

/** By column: what the database takes, the limits included, and what it refuses. */
const cells: Readonly<
  Record<string, { readonly taken: readonly Written[]; readonly refused: readonly Written[] }>
> = {
  village_id: { taken: ["'v'"], refused: ['null', "''", `'${'v'.repeat(65)}'`, after('v', nul)] },
  text: { taken: text.taken, refused: ['null', ...text.refused] },
  short: { taken: ["'12345'", "'🍚🍚🍚🍚🍚'", 'null'], refused: ["'123456'", after('12345', nul)] },
  kind: { taken: ["'a'", "'b''c'"], refused: ['null', "'A'", "''", "'b'", "'a '", after('a', nul)] },
  date: { taken: dates.taken, refused: ['null', ...dates.refused] },
  instant: { taken: instants.taken, refused: ['null', ...instants.refused] },
  whole: {
    taken: ['9007199254740991', '-9007199254740991'],
    refused: ['null', '9007199254740992', '-9007199254740992', fraction, "'one'"],
  },
  few: { taken: few.taken, refused: ['null', ...few.refused] },
  wide: {
    taken: ['9223372036854775807', '-9223372036854775808'],
    refused: ['null', '9223372036854775808', '-9223372036854775809', "'one'"],
  },
  money: { taken: ['1099511627776', '-1099511627776'], refused: ['null', '1099511627777', '-1099511627777'] },
  real: { taken: real.taken, refused: ['null', ...real.refused, { sqlite: 'null', postgres: "'NaN'" }] },
  share: {
    taken: ['0', '1', '0.5'],
    refused: ['null', '-0.001', '1.001', { sqlite: '9e999', postgres: "'NaN'" }],
  },
  flag: { taken: truth.taken, refused: ['null', ...truth.refused] },
  nested: { taken: json.taken, refused: ['null', ...json.refused] },
  bytes: { taken: blob.taken, refused: ['null', ...blob.refused] },
  maybe_date: { taken: [...dates.taken, nothing], refused: dates.refused },
  maybe_instant: { taken: [...instants.taken, nothing], refused: instants.refused },
  maybe_few: { taken: [...few.taken, nothing], refused: few.refused },
  maybe_kind: { taken: ["'a'", nothing], refused: ["'b'", "''"] },
  maybe_flag: { taken: [...truth.taken, nothing], refused: truth.refused },
  maybe_real: { taken: [...real.taken, nothing], refused: real.refused },
  maybe_nested: { taken: [...json.taken, nothing], refused: json.refused },
  maybe_bytes: { taken: [...blob.taken, nothing], refused: blob.refused },
  version: { taken: ['1', '9007199254740991'], refused: ['null', '0', '-1', '9007199254740992'] },
}

test('every type of column is tried, and every column', () => {
  const types: Record<ColumnType, true> = {
    text: true,
    enum: true,
    date: true,
    instant: true,
    integer: true,
    bigint: true,
    real: true,
    boolean: true,
    json: true,
    bytes: true,
  }
  expect(new Set(everything.table.columns.map(({ type }) => type))).toEqual(new Set(Object.keys(types)))
  expect(Object.keys(cells).concat('id').sort()).toEqual(
    everything.table.columns.map(({ name }) => name).sort(),
  )
})

describe.each(['sqlite', 'postgres'] as const)('what is written past our code on %s', (kind) => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await databaseKinds[kind]()
    await (await database.open([everything])).close()
  })
  afterAll(() => database.drop())

  let rows = 0
  const sql = (written: Written): string => (typeof written === 'string' ? written : written[kind])
  async function insert(column: string, written: Written): Promise<void> {
    rows += 1
    const values = Object.entries(cells).map(([name, { taken }]) =>
      sql(name === column ? written : (taken[0] ?? nothing)),
    )
    const names = Object.keys(cells)
    await database.run(
      `insert into everything (id, ${names.join(', ')}) values ('${rows}', ${values.join(', ')})`,
    )
  }

  test.each(Object.entries(cells))(
    '%s: what fits is taken, what does not is refused',
    async (column, cell) => {
      const outcomes: unknown[] = []
      for (const written of [...cell.taken, ...cell.refused]) {
        const outcome = await insert(column, written).then(
          () => 'taken',
          (error) => (isRefusal(error) ? 'refused' : error),
        )
        outcomes.push([sql(written), outcome])
      }
      expect(outcomes).toEqual([
        ...cell.taken.map((written) => [sql(written), 'taken']),
        ...cell.refused.map((written) => [sql(written), 'refused']),
      ])
    },
  )

  /** It must be the value that is refused, not the statement. */
  function isRefusal(error: { errcode?: number; code?: string }): boolean {
    // SQLite: any constraint, the types of STRICT tables included. PostgreSQL: data, constraint, type, and U+0000,
    // which not even chr() can make.
    return kind === 'sqlite'
      ? (error.errcode ?? 0) % 256 === 19
      : /^(22|23|42804|54000)/.test(error.code ?? '')
  }
})

test('SQLite holds the type of every column by the table itself, and not only where a check does', async () => {
  const { open, run, drop } = await databaseKinds.sqlite()
  try {
    await (await open([everything])).close()
    const tables = await run("select name, strict from pragma_table_list where name not like 'sqlite_%'")
    const loose = tables.flatMap(({ name, strict }) => (strict === 1 ? [] : [name]))
    expect(loose.sort()).toEqual(['migration_log', 'migration_state'])
    const names = Object.keys(cells)
    const values = names.map((name) => {
      const [first = nothing] = cells[name]?.taken ?? []
      const written = name === 'whole' ? "'one'" : first
      return typeof written === 'string' ? written : written.sqlite
    })
    const dataType = 3091
    await expect(
      run(`insert into everything (id, ${names.join(', ')}) values ('1', ${values.join(', ')})`),
    ).rejects.toMatchObject({ errcode: dataType })
  } finally {
    await drop()
  }
})
