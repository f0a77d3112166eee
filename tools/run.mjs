// The one way in: `node tools/run.mjs <command>` works on a fresh machine that has npm and any Node from 20 on.
// It installs what the lockfile names, then hands over to a Node that runs TypeScript and node:sqlite.
// It is plain JavaScript without dependencies, because nothing is installed when it starts.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { npmScript, PNPM, pnpm } from './pnpm.mjs'

const vitest = ['node_modules/vitest/vitest.mjs', 'run']
const biome = ['node_modules/@biomejs/biome/bin/biome', 'check']

/** @type {Record<string, { does: string, run: string[], env?: Record<string, string>, isWhereAsked?: boolean }>} */
const commands = {
  start: {
    does: 'open the doors of the example village; another port: npm start -- --port 8081',
    run: ['examples/desa-tanjung-barat/main.ts'],
  },
  demo: {
    does: 'tell the story of the example village in the terminal',
    run: ['examples/desa-tanjung-barat/main.ts', '--demo'],
  },
  test: { does: 'run every test and check; words choose files: npm test -- storage', run: vitest },
  'test:long': {
    does: 'the same with more cases of each property, more kills and rounds, and the long tests',
    run: vitest,
    env: { LUMBUNG_TIER: 'long' },
  },
  check: {
    does: 'only the checks: lint, types, boundaries, API, docs, packages',
    run: [...vitest, '--project', 'checks'],
  },
  fix: { does: 'format, and mend what the linter can', run: [...biome, '--write'] },
  api: {
    does: 'accept the public API as it is now',
    run: [...vitest, '--update', '--project', 'checks', 'checks/api'],
  },
  build: { does: 'build the packages into packages/*/dist', run: ['tools/build.ts'] },
  pack: { does: 'build the packages and pack them into dist-packages', run: ['tools/pack.ts'] },
  pictures: {
    does: 'take the pictures of the portal in docs/pictures anew',
    run: [...vitest, '--project', 'portal', 'pictures'],
    env: { LUMBUNG_PICTURES: 'take' },
  },
  docs: { does: 'build the API reference into docs/api', run: ['node_modules/typedoc/bin/typedoc'] },
  coverage: {
    does: 'tell which lines no test of the packages runs',
    run: [...vitest, '--coverage', '--project', 'core', '--project', 'sql', '--project', 'portal'],
  },
  lumbung: {
    does: 'run the lumbung command from source: npm run --silent lumbung -- --help',
    run: ['packages/cli/src/main.ts'],
    // Paths in its words are meant from where its user stands; npm itself moves to the root.
    isWhereAsked: true,
  },
  bench: { does: 'measure; words choose benchmarks: npm run bench -- storage', run: ['bench/main.ts'] },
}

/** `node:sqlite` with `backup`, without a flag. @type {[number, number]} */
const OLDEST_NODE = [22, 16]
/** What this script and pnpm run on. @type {[number, number]} */
const OLDEST_STARTER = [20, 0]
/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
/** What a child may take to close after a signal. */
const CLOSING_MS = 5_000
/** Two copies of one Ctrl-C: the terminal sends it to all, and npm passes it on. */
const SAME_PRESS_MS = 1_000
const NPM_WATCH_MS = 500

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const needsNode =
  `Lumbung needs Node ${OLDEST_NODE.join('.')} or newer. This is Node ${process.versions.node} on ` +
  `${process.platform}-${process.arch}. Install Node 24 from https://nodejs.org and try again.`
const stampFile = join(modules, '.lumbung-installed')

await main(process.argv[2], process.argv.slice(3))

/** @param {string | undefined} name @param {string[]} args */
async function main(name, args) {
  const command = commands[name ?? '']
  if (!command) {
    const lines = Object.entries(commands).map(([key, { does }]) => `  ${key.padEnd(10)} ${does}`)
    console.log(`node tools/run.mjs <command>, or npm run <command>:\n\n${lines.join('\n')}`)
    process.exit(name === undefined ? 0 : 2)
  }
  const [script = ''] = command.run
  const node = chooseNode()
  await install()
  if (node !== process.execPath && spawnSync(node, ['--version']).status !== 0)
    fail(`${node} does not run here. ${needsNode}`)
  if (!fs.existsSync(join(root, script))) fail(`There is no ${script} yet.`)
  const env = { ...process.env, ...command.env, PATH: dirname(node) + delimiter + process.env['PATH'] }
  const [file = '', ...rest] = command.run
  const cwd = command.isWhereAsked ? whereAsked(name) : root
  process.exit(await run(node, [...nodeOptions(node), join(root, file), ...rest, ...args], env, { cwd }))
}

/** The folder in which the command was typed. @param {string | undefined} name */
function whereAsked(name) {
  const { npm_lifecycle_event: script, INIT_CWD: before } = process.env
  return script === name && before ? before : process.cwd()
}

/** Installs what the lockfile names, unless exactly that was installed before. */
async function install() {
  const stamp = installStamp()
  if (stamp !== undefined && fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === stamp) return
  try {
    fs.mkdirSync(modules, { recursive: true })
    fs.accessSync(modules, fs.constants.W_OK)
  } catch (error) {
    fail(
      `Nothing can be written to ${modules} (${codeOf(error)}). Use a copy of this folder that belongs to you.`,
    )
  }
  // pnpm refuses versions younger than a day, and asks the registry for the age of every locked one. It did so
  // when it wrote the lockfile, and does so again in CI; a lockfile that is frozen installs those very bytes, by
  // their hash, so that a third look would cost 12 of 16 seconds and protect nobody.
  const trust = process.env['CI'] ? [] : ['--config.minimumReleaseAge=0']
  const { command, args, env } = findPnpm(['install', '--frozen-lockfile', ...trust])
  // What a command prints may be read by a program, so nothing else goes to stdout.
  const code = await run(command, args, env, { stdout: 2 })
  if (code !== 0) fail(`The installation failed. ${whyInstallFailed()}`, code)
  fs.writeFileSync(stampFile, installStamp() ?? '')
}

/** @param {string[]} args */
function findPnpm(args) {
  try {
    return pnpm(args)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/**
 * A hash of all that decides an installation, and the time of the last one, so that an installation by other
 * hands is noticed too. Undefined where one is missing or incomplete.
 */
function installStamp() {
  const parts = [PNPM, process.platform, process.arch]
  for (const folder of ['.', 'tools', 'bench', ...foldersIn('packages'), ...foldersIn('examples')]) {
    const manifest = join(root, folder, 'package.json')
    if (!fs.existsSync(manifest)) continue
    const text = fs.readFileSync(manifest, 'utf8')
    if (/ependencies"/.test(text) && !fs.existsSync(join(root, folder, 'node_modules'))) return undefined
    parts.push(folder, text)
  }
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml'])
    parts.push(fs.readFileSync(join(root, file), 'utf8'))
  const record = join(modules, '.modules.yaml')
  if (!fs.existsSync(record)) return undefined
  parts.push(String(fs.statSync(record).mtimeMs))
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** @param {string} folder */
function foldersIn(folder) {
  const path = join(root, folder)
  return fs.existsSync(path)
    ? fs
        .readdirSync(path)
        .sort()
        .map((name) => join(folder, name))
    : []
}

/** The likely reason, looked for only after a failure, so that no guess stands in the way of what works. */
function whyInstallFailed() {
  for (const folder of [root, os.homedir()]) {
    const { bavail, bsize } = fs.statfsSync(folder)
    const free = Math.floor((bavail * bsize) / 1e6)
    if (free < 1000) return `The disk of ${folder} has ${free} MB free; about 1000 MB are needed.`
  }
  /** @param {string[]} args */
  const npm = (...args) =>
    spawnSync(process.execPath, [npmScript(), ...args, '--fetch-retries=0', '--fetch-timeout=15000'], {
      encoding: 'utf8',
    })
  if (npm('view', `pnpm@${PNPM}`, 'version').status === 0) return 'The lines above say why.'
  const registry = npm('config', 'get', 'registry').stdout.trim()
  return `The npm registry ${registry} does not answer. Check the network, the proxy and npm's settings.`
}

/** This Node where it is new enough, else the one that the lockfile brings for this platform. */
function chooseNode() {
  if (isAtLeast(OLDEST_NODE)) return process.execPath
  if (!isAtLeast(OLDEST_STARTER)) fail(needsNode)
  const { optionalDependencies } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))
  const pack = Object.keys(optionalDependencies).find((name) =>
    name.endsWith(`-${process.platform}-${process.arch}`),
  )
  return pack ? join(modules, pack, 'bin', 'node') : fail(needsNode)
}

/** @param {[number, number]} version */
function isAtLeast([oldestMajor, oldestMinor]) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}

/** @param {string} node */
function nodeOptions(node) {
  const jsx = pathToFileURL(join(root, 'tools/jsx.mjs')).href
  const options = ['--conditions=@lumbung/source', '--disable-warning=ExperimentalWarning', `--import=${jsx}`]
  const knowsTypes = node !== process.execPath || process.features.typescript
  return knowsTypes ? options : [...options, '--experimental-strip-types']
}

/**
 * Runs a child in a process group of its own, and passes signals on to it. So a child hears of each only once,
 * however many copies of it come, and nothing that it started outlives it.
 *
 * @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env
 * @param {{ cwd?: string, stdout?: number }} [options] @returns {Promise<number>}
 */
function run(command, args, env, { cwd = root, stdout = 1 } = {}) {
  return new Promise((resolve) => {
    const grouped = process.platform !== 'win32'
    const child = spawn(command, args, { cwd, env, stdio: [0, stdout, 2], detached: grouped })
    const killAll = () => {
      try {
        if (grouped && child.pid) process.kill(-child.pid, 'SIGKILL')
        else child.kill('SIGKILL')
      } catch {
        // Nothing is left to kill.
      }
    }
    let firstSignal = 0
    /** @param {NodeJS.Signals} signal */
    const passOn = (signal) => {
      if (firstSignal === 0) {
        firstSignal = Date.now()
        child.kill(signal)
        setTimeout(killAll, CLOSING_MS).unref()
      } else if (Date.now() - firstSignal > SAME_PRESS_MS) killAll()
    }
    for (const signal of signals) process.on(signal, passOn)
    // npm that dies of a hangup, or is killed, passes nothing on.
    const parent = process.ppid
    const lookForNpm = () => process.ppid !== parent && firstSignal === 0 && passOn('SIGTERM')
    const watch = process.env['npm_lifecycle_event'] ? setInterval(lookForNpm, NPM_WATCH_MS) : undefined
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`))
    child.on('exit', (code, signal) => {
      killAll()
      clearInterval(watch)
      for (const each of signals) process.off(each, passOn)
      const result = signal === null ? (code ?? 1) : 128 + os.constants.signals[signal]
      if (firstSignal === 0) resolve(result)
      else process.exit(result)
    })
  })
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : error
}

/** @param {string} message @returns {never} */
function fail(message, code = 1) {
  console.error(`\nlumbung: ${message}`)
  process.exit(code)
}
