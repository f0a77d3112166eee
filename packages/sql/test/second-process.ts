import {
  answerAsSecondProcess,
  conformanceSchema,
  type SecondProcessTask,
} from '@lumbung/core/storage/conformance'
import { openPostgres } from '../src/postgres/index.ts'
import { openSqlite } from '../src/sqlite/index.ts'
import { answerMessages } from './processes.ts'

/** The second process of the conformance suite: it opens the file or the URL that it is given. */
const [, , kind = '', place = ''] = process.argv
const storage =
  kind === 'sqlite'
    ? await openSqlite({ file: place, schema: conformanceSchema })
    : await openPostgres({ url: place, schema: conformanceSchema })
answerMessages(
  (task: SecondProcessTask) => answerAsSecondProcess(storage, task),
  () => storage.close(),
)
