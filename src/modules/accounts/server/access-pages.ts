import { declaredPermissions, requirePermission } from '../../../kernel/access/access.ts'
import type { Actor } from '../../../kernel/access/actor.ts'
import { refused } from '../../../kernel/contract/problem.ts'
import type { Db } from '../../../kernel/db/database.ts'
import { expand, ownPermissions, ROLES, roleOf } from '../roles.ts'
import { holdersOf, type OfficeHolder } from './holders.ts'
import { escapeHtml, page } from './page.ts'

export interface Holder extends Omit<OfficeHolder, 'role' | 'personId'> {
  roleTitle: string
  /** «why», as a sentence. */
  because: string
}

/**
 * Who may use a permission on a unit, and why: the offices on it or above whose role gives the permission, and those
 * they are delegated to. It reads the same roles and the same tree as the check itself.
 */
export async function whoMay(
  db: Db,
  actor: Actor,
  unitId: number,
  permission: string,
  today: string,
): Promise<{ permission: string; title: string; holders: Holder[]; ownToo: boolean }> {
  const title = declaredPermissions().get(permission)
  if (!title) throw refused('unknown-permission', '没有这项权限，请从列表中选择。', { permission: '请从列表中选择' })
  await requirePermission(db, actor, 'accounts.read', unitId, 'organisation.read')
  const rows = await holdersOf(db, unitId, permission, today)
  const holders = rows.map(({ role, personId: _, ...row }) => {
    const roleTitle = roleOf(role)!.title
    const place = row.level === 'here' ? '在本单位' : `在上级“${row.unitName}”`
    const since = row.delegatedBy ? `受${row.delegatedBy}授权至 ${row.endsOn}` : `自 ${row.startsOn} 起任职`
    return {
      ...row,
      roleTitle,
      because: `${place}担任${row.title}（${roleTitle}），${since}；该职务含“${title}”，及于本单位和下级`,
    }
  })
  return { permission, title, holders, ownToo: ownPermissions.includes(permission) }
}

/** Roles × permissions, as they are. */
export function matrix(): {
  permissions: { name: string; title: string }[]
  roles: { id: string; title: string; gives: string[] }[]
} {
  const declared = declaredPermissions()
  return {
    permissions: [...declared].map(([name, title]) => ({ name, title })).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    roles: ROLES.map((role) => ({ id: role.id, title: role.title, gives: expand(role.permissions, declared.keys()) })),
  }
}

const letters = { read: '查', write: '登', void: '废', import: '入', export: '出' } as const

/** Rows of the printed matrix: one for a module's five everyday verbs, one for each special permission. */
function printedRows(
  permissions: readonly { name: string; title: string }[],
): { title: string; cell(given: Set<string>): string }[] {
  const modules = [...new Set(permissions.map(({ name }) => name.split('.')[0]!))]
  return modules.flatMap((module) => {
    const everyday = Object.entries(letters).map(([verb, letter]) => ({ name: `${module}.${verb}`, letter }))
    const read = permissions.find(({ name }) => name === `${module}.read`)
    const special = permissions.filter(
      ({ name }) => name.startsWith(`${module}.`) && !everyday.some((usual) => usual.name === name),
    )
    return [
      ...(read
        ? [
            {
              title: read.title.replace(/^查看/, ''),
              cell: (given: Set<string>) => {
                const held = everyday.filter(({ name }) => given.has(name))
                // Verbs a module doesn't have at all don't keep it from being «all».
                const all = everyday.filter(({ name }) => permissions.some((known) => known.name === name))
                return held.length > 1 && held.length === all.length ? '全' : held.map(({ letter }) => letter).join('')
              },
            },
          ]
        : []),
      ...special.map(({ name, title }) => ({ title, cell: (given: Set<string>) => (given.has(name) ? '●' : '') })),
    ]
  })
}

/** The matrix to print, on A4 across. */
export function matrixPage(today: string): string {
  const { permissions, roles } = matrix()
  const gives = roles.map((role) => new Set(role.gives))
  const head = roles.map((role) => `<th class="role"><span>${escapeHtml(role.title)}</span></th>`).join('')
  const rows = printedRows(permissions).map(
    ({ title, cell }) =>
      `<tr><td>${escapeHtml(title)}</td>${gives.map((given) => `<td class="mark">${cell(given)}</td>`).join('')}</tr>`,
  )
  return page(
    '职务权限对照表',
    `<p>打印日期：${today}。查＝查看，登＝登记，废＝作废，入＝导入，出＝导出，全＝以上各项，●＝具有该项权限；及于任职单位及其下级。没有职务的会员只看得到本人的记录。</p>
<table><thead><tr><th>台账或权限</th>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`,
    `@page { size: A4 landscape; margin: 12mm } body { max-width: none; font-size: 8.5pt; line-height: 1.35 }
th, td { padding: 0.8mm 1.2mm } .mark { text-align: center; white-space: nowrap }
.role { vertical-align: bottom } .role span { writing-mode: vertical-rl }`,
  )
}
