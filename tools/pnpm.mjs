import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'

/** The only pnpm that we use; a `packageManager` field would make pnpm try to fetch itself. */
export const PNPM = '12.21.0'

/**
 * How to run the pinned pnpm with nothing but npm at hand.
 *
 * pnpm 12 is a native binary: it is run as it is. npm is a script: its `.js` is run with the Node that runs us,
 * because `npm.cmd` would need a shell on Windows.
 *
 * @param {string[]} args
 * @returns {{ command: string, args: string[], env: NodeJS.ProcessEnv }}
 */
export function pnpm(args, env = process.env) {
  const { npm_config_user_agent: agent = '', npm_execpath: self = '' } = env
  if (agent.startsWith(`pnpm/${PNPM} `) && !self.endsWith('js')) return { command: self, args, env }
  return {
    command: process.execPath,
    args: [npmScript(env), 'exec', '--yes', ...quickRetries, '--', `pnpm@${PNPM}`, ...args],
    env: {
      ...env,
      npm_config_update_notifier: 'false',
      // pnpm reads .npmrc, but not npm's variables: hand on a registry that is named only there.
      ...(env['npm_config_registry'] && { pnpm_config_registry: env['npm_config_registry'] }),
    },
  }
}

/** npm's defaults wait for more than a minute before they say that there is no network. */
const quickRetries = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000']

/** The path of `npm-cli.js`: the one that started us, or else the one beside Node or on PATH. */
export function npmScript(env = process.env) {
  const started = env['npm_execpath'] ?? ''
  if (/^np[mx]-cli\.js$/.test(basename(started)) && existsSync(started))
    return join(dirname(started), 'npm-cli.js')
  for (const folder of [dirname(process.execPath), ...(env['PATH'] ?? env['Path'] ?? '').split(delimiter)]) {
    for (const path of ['node_modules/npm/bin/npm-cli.js', '../lib/node_modules/npm/bin/npm-cli.js', 'npm']) {
      const file = join(folder, path)
      if (existsSync(file) && basename(realpathSync(file)) === 'npm-cli.js') return realpathSync(file)
    }
  }
  throw new Error('npm was not found, neither beside Node nor on PATH. Install Node together with npm.')
}
