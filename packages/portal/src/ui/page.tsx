import { raw } from 'hono/html'
import type { Locale, Words } from '../words/index.ts'
import { Band } from './band.tsx'
import { Emblem } from './emblem.tsx'
import type { Child, Html, Link } from './html.ts'
import { Icon, type IconName } from './icon.tsx'
import { type VillageLook, villageName } from './look.ts'

/** What all pages of one village and one reader share. */
export interface PageFrame {
  readonly look: VillageLook
  readonly words: Words
  /** The addresses of the stylesheet and of the script. */
  readonly assets: { readonly stylesheet: string; readonly script: string }
  /** The address of the village's first page. */
  readonly home: string
  readonly menu: readonly Link[]
  readonly account?: Account
  /** Where one signs in, for a reader who has not. */
  readonly signIn?: string
  /** Small links at the foot, as "who has read my data". */
  readonly foot: readonly Link[]
}

/** Who reads. */
export interface Account {
  readonly name: string
  /** What they are to the village, as "sekretaris desa". */
  readonly role: string
  readonly links: readonly (Link & { readonly icon: IconName })[]
  /** What the reader may switch, such as the purpose for which they read. It stands on every page. */
  readonly choice?: {
    readonly label: string
    /** What is chosen now. */
    readonly now: string
    readonly links: readonly (Link & { readonly isNow: boolean })[]
  }
  readonly signOut: { readonly action: string; readonly csrf: string }
}

/** A page as it stands in its village. */
export interface PageProps {
  readonly frame: PageFrame
  /** The heading, which also names the page in the browser's title. */
  readonly title: string
  /** One sentence under the heading. */
  readonly lead?: string
  /** The address in the menu under which this page stands. */
  readonly section?: string
  /** The pages above this one, the highest first. */
  readonly above?: readonly Link[]
  /** The same page in the other language. */
  readonly translation: { readonly locale: Locale; readonly href: string }
  /** Set where the page must be read again after some seconds, as while long work runs. */
  readonly refreshSeconds?: number
  /** Set where the content brings its own heading, as a document does. */
  readonly hasOwnHeading?: boolean
  readonly children: Child
}

/** A whole page: the village's face, the menu, the place, the heading, the content. */
export function Page(props: PageProps): Html {
  const { frame, title, lead, above = [], refreshSeconds, hasOwnHeading = false, children } = props
  const { look, words, assets } = frame
  return (
    <>
      {raw('<!doctype html>')}
      <html lang={words.locale}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>
            {[title, ...above.map(({ label }) => label).reverse(), villageName(look, words)].join(' · ')}
          </title>
          {refreshSeconds !== undefined && (
            <noscript>
              <meta http-equiv="refresh" content={String(refreshSeconds)} />
            </noscript>
          )}
          <link rel="stylesheet" href={assets.stylesheet} />
          <script src={assets.script} defer />
        </head>
        <body>
          <a class="skip" href="#content">
            {words.say('page.skip')}
          </a>
          <Header {...props} />
          {frame.account?.choice && <Choice choice={frame.account.choice} />}
          {above.length > 0 && <Breadcrumb words={words} above={above} here={title} />}
          <main class="wrap stack" id="content" tabindex={-1}>
            {!hasOwnHeading && (
              <div>
                <h1>{title}</h1>
                {lead !== undefined && <p class="lead">{lead}</p>}
              </div>
            )}
            {children}
          </main>
          <Footer {...props} />
        </body>
      </html>
    </>
  )
}

function Header({ frame, section, translation }: PageProps): Html {
  const { look, words, home, menu, account, signIn } = frame
  return (
    <>
      <header class="top">
        <div class="wrap">
          <a class="brand" href={home}>
            <Emblem look={look} />
            <span>
              <b>{villageName(look, words)}</b>
              <span>{words.text(look.place)}</span>
            </span>
          </a>
          <div class="who">
            <a href={translation.href} hreflang={translation.locale} lang={translation.locale}>
              <Icon name="globe" />
              {words.say('page.otherLanguage')}
            </a>
            {account && <AccountMenu words={words} account={account} />}
            {!account && signIn !== undefined && (
              <a href={signIn}>
                <Icon name="person" />
                {words.say('account.signIn')}
              </a>
            )}
          </div>
        </div>
      </header>
      <Band />
      <nav class="menu" aria-label={words.say('page.menu')}>
        <div class="wrap">
          <ul>
            {menu.map(({ href, label }) => (
              <li>
                <a href={href} aria-current={href === section ? 'page' : undefined}>
                  {label}
                </a>
              </li>
            ))}
            <li class="more" aria-hidden="true">
              <Icon name="next" />
            </li>
          </ul>
        </div>
      </nav>
    </>
  )
}

function AccountMenu({ words, account }: { words: Words; account: Account }): Html {
  const { name, role, links, signOut } = account
  return (
    <details class="account">
      <summary>
        <Icon name="person" />
        <span class="hidden">{words.say('account.menu', { name: '' })}</span>
        {name}
      </summary>
      <ul>
        <li>
          <p>{role}</p>
        </li>
        {links.map(({ href, label, icon }) => (
          <li>
            <a href={href}>
              <Icon name={icon} />
              {label}
            </a>
          </li>
        ))}
        <li>
          <form method="post" action={signOut.action}>
            <input type="hidden" name="csrf" value={signOut.csrf} />
            <button type="submit">{words.say('account.signOut')}</button>
          </form>
        </li>
      </ul>
    </details>
  )
}

function Choice({ choice }: { choice: NonNullable<Account['choice']> }): Html {
  return (
    <nav class="choice wrap" aria-label={choice.label}>
      <details>
        <summary>{choice.now}</summary>
        <ul>
          {choice.links.map(({ href, label, isNow }) => (
            <li>
              <a href={href} aria-current={isNow ? 'true' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </details>
    </nav>
  )
}

function Breadcrumb({ words, above, here }: { words: Words; above: readonly Link[]; here: string }): Html {
  return (
    <nav class="crumbs wrap" aria-label={words.say('page.place')}>
      <ol>
        {above.map(({ href, label }) => (
          <li>
            <a href={href}>{label}</a>
          </li>
        ))}
        <li aria-current="page">{here}</li>
      </ol>
    </nav>
  )
}

function Footer({ frame }: PageProps): Html {
  const { words, foot } = frame
  return (
    <footer class="bottom">
      <div class="wrap">
        <p>{words.say('page.footer')}</p>
        <ul>
          {foot.map(({ href, label }) => (
            <li>
              <a href={href}>{label}</a>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  )
}
