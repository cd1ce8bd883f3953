import path from 'node:path'

/** What the rules need to know of a module. */
export interface Room {
  name: string
  dependsOn: readonly string[]
}

/** Files of a module that anybody who depends on it may import; the rest is its own business. */
const opened = ['public.ts', 'module.ts', 'contract.ts', 'words.ts', 'types.ts']
/** Tables of the kernel that a module fills: the tree the scopes join is the organisation's. */
const ports: Readonly<Record<string, string>> = { 'kernel.closure': 'organisation' }
/** The web app takes module screens from this one list. */
const screenList = 'src/web/screens.ts'

/** `import`, `export … from` and `import()` of relative paths, as paths from the project's root. */
export function importsOf(file: string, text: string): string[] {
  const code = text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '')
  const found = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"](\.{1,2}\/[^'"]+)['"]/g)
  return [...found].map((match) => path.posix.join(path.posix.dirname(file), match[1]!))
}

const moduleOf = (file: string): string | null => /^src\/modules\/([^/]+)\//.exec(file)?.[1] ?? null
const schemaOf = (module: string): string => module.replaceAll('-', '_')

/** Tables named in SQL, and whether the statement writes. */
export function tablesOf(text: string): { schema: string; table: string; writes: boolean; statement: string }[] {
  const statements = text.matchAll(
    /\b(insert\s+into|update|delete\s+from|truncate|from|join|into)\s+(?:only\s+)?([a-z_]+)\.([a-z_]+)\b/g,
  )
  return [...statements].map((match) => ({
    schema: match[2]!,
    table: `${match[2]}.${match[3]}`,
    writes: !/^(from|join)$/.test(match[1]!),
    statement: match[0].replaceAll(/\s+/g, ' '),
  }))
}

/**
 * Everything in which the sources break the house's directions; empty when all is well.
 * @param files path from the root → text; tests and testing aids are left out by the caller
 */
export function violations(files: ReadonlyMap<string, string>, rooms: readonly Room[]): string[] {
  const broken: string[] = []
  const roomsByName = new Map(rooms.map((room) => [room.name, room]))
  const roomsBySchema = new Map(rooms.map((room) => [schemaOf(room.name), room.name]))
  const used = new Map(rooms.map((room) => [room.name, new Set<string>()]))

  for (const [file, text] of files) {
    const own = moduleOf(file)
    const inKernel = file.startsWith('src/kernel/')
    const inWeb = file.startsWith('src/web/')
    const isRoot = !own && !inKernel && !inWeb

    for (const target of importsOf(file, text)) {
      const other = moduleOf(target)
      if (inKernel && !target.startsWith('src/kernel/')) broken.push(`${file}: the kernel imports ${target}`)
      if (inWeb && other && file !== screenList && !opened.includes(path.posix.basename(target)))
        broken.push(`${file}: the web app imports ${target}; module screens come by ${screenList}`)
      if (own && other && other !== own) {
        used.get(own)?.add(other)
        const allowed =
          target === `src/modules/${other}/${path.posix.basename(target)}` &&
          opened.includes(path.posix.basename(target))
        if (!allowed) broken.push(`${file}: imports ${target}, past the door of ${other}`)
        if (!roomsByName.get(own)?.dependsOn.includes(other))
          broken.push(`${file}: ${own} uses ${other} and doesn't say so in dependsOn`)
      }
      if (
        own &&
        !other &&
        !target.startsWith('src/kernel/') &&
        !(file.includes('/web/') && target.startsWith('src/web/'))
      )
        broken.push(`${file}: a module imports ${target}`)
      if (!inWeb && !(own && file.includes('/web/')) && target.startsWith('src/web/'))
        broken.push(`${file}: the server imports the web app's ${target}`)
    }

    if (isRoot) continue
    for (const { schema, table, writes, statement } of tablesOf(text)) {
      const owner = roomsBySchema.get(schema)
      if (!owner) {
        if (own && writes && schema === 'kernel' && ports[table] !== own)
          broken.push(`${file}: ${own} writes the kernel's table (${statement})`)
        continue
      }
      if (inKernel) broken.push(`${file}: the kernel knows a table of ${owner} (${statement})`)
      else if (own !== owner) {
        if (own) used.get(own)?.add(owner)
        if (writes) broken.push(`${file}: writes a table of ${owner} (${statement})`)
        else if (own && !roomsByName.get(own)?.dependsOn.includes(owner))
          broken.push(`${file}: ${own} reads a table of ${owner} and doesn't say so in dependsOn (${statement})`)
      }
    }
  }

  for (const room of rooms)
    for (const other of room.dependsOn)
      if (!used.get(room.name)!.has(other))
        broken.push(`${room.name} says it depends on ${other}, and uses nothing of it`)
  return broken
}
