import { existsSync, readdirSync } from 'node:fs'
import { declarePermissions } from './kernel/access/access.ts'
import type { Manifest } from './kernel/module/manifest.ts'
import { declareRecompute } from './kernel/facts/reconcile.ts'
import { declareHoldings } from './kernel/module/holdings.ts'
import { declareRegisters } from './kernel/register/registry.ts'
import { memberFollower } from './modules/members/public.ts'
import { recomputes as memberRecomputes } from './modules/members/server/facts.ts'
import { followRestructuring } from './modules/organisation/public.ts'
import { recomputes as organisationRecomputes } from './modules/organisation/server/facts.ts'
import { served } from './served.ts'

/**
 * Every module's manifest, those a module depends on before it. A folder with a `module.ts` is a module: adding one
 * needs no second place. test/architecture.test.ts checks what they may import.
 */
export const manifests: readonly Manifest[] = inOrder(await readManifests())

declareHoldings(manifests)
for (const manifest of manifests) {
  declarePermissions(manifest.permissions)
  declareRegisters(manifest.registers ?? [], manifest.metrics)
}

for (const [measure, recompute] of Object.entries({ ...organisationRecomputes, ...memberRecomputes }))
  declareRecompute(measure, recompute)
for (const { recomputes } of served)
  for (const [measure, recompute] of Object.entries(recomputes ?? {})) declareRecompute(measure, recompute)
followRestructuring(memberFollower)

async function readManifests(): Promise<Manifest[]> {
  const folder = new URL('./modules/', import.meta.url)
  const names = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/module.ts`, folder)))
  return Promise.all(
    names.toSorted().map(async (name) => {
      const { default: manifest } = (await import(new URL(`${name}/module.ts`, folder).href)) as { default: Manifest }
      if (manifest.name !== name) throw new Error(`module ${name} calls itself ${manifest.name}`)
      return manifest
    }),
  )
}

/** @throws when a module depends on itself or on one that doesn't exist */
function inOrder(all: readonly Manifest[]): Manifest[] {
  const ordered: Manifest[] = []
  const visit = (manifest: Manifest, path: readonly string[]): void => {
    if (ordered.includes(manifest)) return
    if (path.includes(manifest.name))
      throw new Error(`modules depend on each other: ${[...path, manifest.name].join(' → ')}`)
    for (const name of manifest.dependsOn) {
      const below = all.find((other) => other.name === name)
      if (!below) throw new Error(`${manifest.name} depends on ${name}, which is no module`)
      visit(below, [...path, manifest.name])
    }
    ordered.push(manifest)
  }
  for (const manifest of all) visit(manifest, [])
  return ordered
}
