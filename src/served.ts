import { existsSync, readdirSync } from 'node:fs'
import { declareRetentions } from './kernel/module/retention.ts'
import type { Serving } from './kernel/module/serving.ts'

/** The active halves of the modules, in the order of their names: each folder's `serve.ts`, where there is one. */
export const served: readonly Serving[] = await readServed()

async function readServed(): Promise<Serving[]> {
  const folder = new URL('./modules/', import.meta.url)
  const names = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/serve.ts`, folder)))
  return Promise.all(
    names
      .toSorted()
      .map(async (name) => ((await import(new URL(`${name}/serve.ts`, folder).href)) as { default: Serving }).default),
  )
}

declareRetentions(
  served.flatMap((serving) => serving.retentions ?? []),
  served.flatMap((serving) => serving.holds ?? []),
)
