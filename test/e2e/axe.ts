import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { settled, type Visitor } from './browser.ts'

/** The script itself, for `page.addInitScript` before the first page is opened. */
export const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  id: string
  impact: string
  help: string
  nodes: { html: string }[]
}

/** Serious and critical findings on the page as it stands, one line each. */
export async function findings({ page }: Visitor): Promise<string[]> {
  await settled(page)
  const found = (await page
    .locator('html')
    .evaluate((html) => html.ownerDocument.defaultView.axe.run({ resultTypes: ['violations'] }))) as {
    violations: Finding[]
  }
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) =>
      [`${page.url()} ${id}: ${help}`, ...nodes.slice(0, 3).map((node) => node.html)].join('\n  '),
    )
}
