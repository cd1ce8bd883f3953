import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { chromium, type Browser, type Locator, type Page } from 'playwright-core'
import { afterAll, expect, onTestFailed } from 'vitest'

/** Somebody with a browser of their own: nothing is shared with the other visitors' browsers. */
export interface Visitor {
  page: Page
  /** Opens an address of the house. */
  open(address: string): Promise<void>
  /** Types into the field with this label. */
  type(label: string, text: string): Promise<void>
  /** Picks from a drop-down list, typing `search` first where the list is found by typing. */
  choose(label: string, option: string | RegExp, search?: string): Promise<void>
  /** Presses the button or link of this name; the last one, since a dialog stands after the page it covers. */
  press(name: string | RegExp): Promise<void>
  /** Waits until the text is to be seen. */
  sees(text: string | RegExp): Promise<void>
  /** A picture for people to look at, taken only when SCREENSHOTS names a folder. */
  picture(name: string): Promise<void>
  /** Saves what a press downloads. */
  download(press: () => Promise<void>): Promise<{ name: string; path: string }>
}

export const DESK = { width: 1280, height: 800 }
export const PHONE = { width: 390, height: 844 }

const root = path.resolve(import.meta.dirname, '../..')
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
let running: Promise<Browser> | null = null

/** One Chromium per file, with an empty profile. `npm test` says where it is. */
function browser(): Promise<Browser> {
  if (!running) {
    running = chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: quiet })
    afterAll(async () => (await running)?.close())
  }
  return running
}

/**
 * A new visitor. A script error or a broken answer of the server (5xx) in any page fails the test at its end, whatever
 * the page then shows.
 * @param size width and height in CSS pixels
 */
export async function visitor(url: string, size = DESK): Promise<Visitor> {
  const context = await (
    await browser()
  ).newContext({ baseURL: url, viewport: size, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', acceptDownloads: true })
  // Long enough for a machine that does other things beside; a healthy page answers in well under a second.
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('response', (answer) => answer.status() >= 500 && faults.push(`${answer.status()} ${answer.url()}`))
  onTestFailed(async () => {
    const folder = path.join(root, 'test-results/e2e')
    mkdirSync(folder, { recursive: true })
    await page.screenshot({ path: path.join(folder, `${size.width}-${Date.now()}.png`), fullPage: true })
  })
  return {
    page,
    open: async (address) => {
      await page.goto(address)
      expect(faults).toEqual([])
    },
    type: (label, text) => field(page, label).fill(text),
    choose: (label, option, search) => choose(page, label, option, search),
    press: async (name) => {
      const exact = typeof name === 'string'
      const named = page.getByRole('button', { name, exact }).or(page.getByRole('link', { name, exact }))
      await named.filter({ visible: true }).last().click()
      expect(faults).toEqual([])
    },
    sees: async (text) => {
      await page.getByText(text).filter({ visible: true }).first().waitFor()
      expect(faults).toEqual([])
    },
    picture: (name) => picture(page, name),
    download: async (press) => {
      const [download] = await Promise.all([page.waitForEvent('download'), press()])
      return { name: download.suggestedFilename(), path: await download.path() }
    },
  }
}

/** A field by its words alone; a required one carries a star and 必填 around them. The topmost dialog comes last. */
const field = (page: Page, label: string): Locator =>
  page
    .getByLabel(new RegExp(`^\\*?${label.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(（必填）)?$`))
    .filter({ visible: true })
    .last()

async function choose(page: Page, label: string, option: string | RegExp, search?: string): Promise<void> {
  await field(page, label).click()
  if (search !== undefined) await field(page, label).fill(search)
  await page.locator('.ant-select-item-option:visible', { hasText: option }).first().click()
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS']
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  await settled(page)
  await page.screenshot({
    path: path.join(folder, `${name}-${page.viewportSize()!.width}.png`),
    animations: 'disabled',
  })
}

/** Nothing on the page is still being fetched. */
export const settled = (page: Page): Promise<void> =>
  page.locator('.loading, .skeleton').first().waitFor({ state: 'detached' })

/** How wide the page wants to be, in CSS pixels. */
export const widthOf = (page: Page): Promise<number> => page.locator('html').evaluate((html) => html.scrollWidth)
