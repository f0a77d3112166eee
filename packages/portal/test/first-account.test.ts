import { expect, test } from 'vitest'
import { startPortal } from '../src/node/index.ts'
import { config, openSamplePortal, accounts as samples } from './sample-village.ts'

// The goal: a village of one's own opens without an account that anybody could know, and shuts nobody out.

/** Signs in as a browser would; tells where it led. */
async function signIn(url: string, login: string, secret: string): Promise<string | null> {
  const page = await fetch(`${url}/sign-in`)
  const cookie = page.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const [, csrf = ''] = /name="csrf" value="([^"]+)"/.exec(await page.text()) ?? []
  const body = new URLSearchParams({ login, secret, csrf })
  const answer = await fetch(`${url}/sign-in`, {
    method: 'POST',
    body,
    headers: { cookie },
    redirect: 'manual',
  })
  return answer.headers.get('location')
}

test('a village without accounts and samples gets one, whose password is to be changed', async () => {
  await using portal = await disposable([])
  const { firstAccount, url } = portal
  expect(firstAccount?.login).toBe('admin')
  expect(firstAccount?.secret).toMatch(/^(?:[a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  expect(await signIn(url, 'admin', firstAccount?.secret ?? '')).toBe('/my/secret')
  expect(await signIn(url, 'admin', 'lumbung-admin')).toBeNull()

  // Nobody has changed it so far: a second start gives another one, and the first no longer opens.
  const again = await startPortal({ config, database: portal.database, port: 0 })
  expect(again.firstAccount?.secret).not.toBe(firstAccount?.secret)
  expect(await signIn(again.url, 'admin', firstAccount?.secret ?? '')).toBeNull()
  expect(await signIn(again.url, 'admin', again.firstAccount?.secret ?? '')).toBe('/my/secret')
  await again.close()
})

test('where there are accounts, none is made', async () => {
  await using portal = await disposable(samples)
  expect(portal.firstAccount).toBeUndefined()
  const again = await startPortal({ config, database: portal.database, port: 0 })
  expect(again.firstAccount).toBeUndefined()
  await again.close()
})

test('a village in which no role manages accounts gets none either', async () => {
  await using portal = await disposable([])
  const roles = config.roles.filter(({ id }) => id !== 'admin')
  const database = `${portal.database}-2`
  const other = await startPortal({ config: { ...config, roles }, database, port: 0 })
  expect(other.firstAccount).toBeUndefined()
  await other.close()
})

test('accounts that everybody can read are refused off this machine, before they are made', async () => {
  await using portal = await disposable([])
  const database = `${portal.database}-3`
  const open = startPortal({ config, database, port: 0, host: '0.0.0.0', sampleAccounts: samples })
  await expect(open).rejects.toMatchObject({ code: 'portal/not-loopback' })
  const later = await startPortal({ config, database, port: 0 })
  expect(later.firstAccount?.login).toBe('admin')
  await later.close()
})

async function disposable(sampleAccounts: typeof samples) {
  const portal = await openSamplePortal(sampleAccounts)
  return { ...portal, [Symbol.asyncDispose]: () => portal.close() }
}
