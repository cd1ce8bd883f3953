import type { Holding, Manifest } from './manifest.ts'

/** What each module keeps of people, for the page on which a person sees it. Filled by the composition root. */
const declared: { module: string; title: string; holds: readonly Holding[] }[] = []

export function declareHoldings(manifests: readonly Manifest[]): void {
  for (const { name, title, holds } of manifests) if (holds?.length) declared.push({ module: name, title, holds })
}

export const holdings = (): readonly { module: string; title: string; holds: readonly Holding[] }[] => declared
