import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { manifests } from '../src/modules.ts'
import { violations, type Room } from './architecture.ts'

const root = path.resolve(import.meta.dirname, '..')
const isSource = (name: string): boolean =>
  /\.tsx?$/.test(name) && !/\.test\.tsx?$|(^|\/)(testing|desk-for-tests)\.ts$/.test(name)

function sources(): Map<string, string> {
  const files = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.split(path.sep).join('/')}`)
    // The test harness arranges worlds behind every door, on purpose.
    .filter((name) => isSource(name) && !name.startsWith('src/kernel/testing/'))
  return new Map(files.map((name) => [name, readFileSync(path.join(root, name), 'utf8')]))
}

test('the sources keep the directions of docs/map.md', () => {
  expect(violations(sources(), manifests)).toEqual([])
})

test('every room has its page', () => {
  const without = manifests.filter(({ name }) => !existsSync(path.join(root, 'src/modules', name, 'README.md')))
  expect(without.map(({ name }) => name)).toEqual([])
})

test('nothing in src knows a case', () => {
  const folder = path.join(root, 'test/cases')
  const cases = existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
    : []
  const knowing = [...sources()].flatMap(([file, text]) =>
    cases.filter((name) => new RegExp(`['"\`/]${name}['"\`/]`).test(text)).map((name) => `${file} names ${name}`),
  )
  expect(knowing).toEqual([])
})

/** The rules themselves: each broken once in a small made-up house. */
const rooms: Room[] = [
  { name: 'members', dependsOn: [] },
  { name: 'care', dependsOn: ['members'] },
  { name: 'mutual-aid', dependsOn: [] },
]
const fine: [string, string][] = [
  [
    'src/modules/care/server/visits.ts',
    `import { nameOf } from '../../members/public.ts'\nsql\`insert into care.visit\``,
  ],
]
const broken: [string, string, string, string][] = [
  ['kernel imports a module', 'src/kernel/x.ts', `import { a } from '../modules/care/public.ts'`, 'the kernel imports'],
  [
    'past the door',
    'src/modules/care/server/y.ts',
    `import { a } from '../../members/server/roster.ts'`,
    'past the door of members',
  ],
  ['undeclared edge', 'src/modules/mutual-aid/z.ts', `export { a } from '../care/public.ts'`, "doesn't say so"],
  ['dynamic import counts', 'src/modules/mutual-aid/z.ts', `await import('../care/public.ts')`, "doesn't say so"],
  [
    'foreign write',
    'src/modules/care/server/w.ts',
    'sql`update members.person set name = 1`',
    'writes a table of members',
  ],
  [
    'foreign write into a dashed room',
    'src/modules/care/v.ts',
    'sql`insert into\n mutual_aid.claim`',
    'writes a table of mutual-aid',
  ],
  ['undeclared read', 'src/modules/mutual-aid/z.ts', 'sql`select 1 from members.person`', 'reads a table of members'],
  ['kernel reads a module', 'src/kernel/x.ts', 'sql`select 1 from members.person`', 'the kernel knows a table'],
  [
    'web takes server code',
    'src/web/pages/Care.tsx',
    `import { b } from '../../modules/care/server/visits.ts'`,
    'the web app imports',
  ],
  [
    'foreign write into the kernel',
    'src/modules/care/v.ts',
    'sql`delete from kernel.fact`',
    "writes the kernel's table",
  ],
  [
    'server takes web code',
    'src/modules/care/server/x.ts',
    `import { b } from '../../../web/ui/Table.tsx'`,
    'the server imports',
  ],
]

test('a house in order has no violations', () => {
  expect(violations(new Map(fine), rooms)).toEqual([])
})

test.each(broken)('%s is found', (_what, file, text, sentence) => {
  expect(violations(new Map([...fine, [file, text]]), rooms).join('\n')).toContain(sentence)
})

test('an edge that is declared and not real is found', () => {
  expect(violations(new Map(), rooms)).toEqual(['care says it depends on members, and uses nothing of it'])
})
