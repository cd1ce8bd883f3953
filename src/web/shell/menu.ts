import type { IconName } from '../ui/Icon.tsx'
import { path } from '../path.ts'
import { MENU_GROUPS, screenMenu } from '../screens.ts'

export interface MenuItem {
  to: string
  title: string
  icon: IconName
  /** Any of these opens the entry; none means everybody. The server checks again. */
  permissions?: readonly string[]
  /** … or this verb of any module. */
  verb?: string
}

export interface Menu {
  title: (typeof MENU_GROUPS)[number]
  items: readonly MenuItem[]
}

const own: readonly Menu[] = [
  {
    title: '日常',
    items: [
      { to: path.desk, title: '工作台', icon: 'desk' },
      { to: path.registers, title: '登记簿', icon: 'book', verb: 'read' },
      { to: path.imports, title: '导入台账', icon: 'upload', verb: 'import' },
    ],
  },
  {
    title: '数字与报告',
    items: [
      { to: path.figures, title: '全年数字', icon: 'figures', permissions: ['reports.figures'] },
      { to: path.reports, title: '工作报告', icon: 'report', permissions: ['reports.read'] },
    ],
  },
  {
    title: '组织与会员',
    items: [
      { to: path.units, title: '组织机构', icon: 'tree', permissions: ['organisation.read'] },
      { to: path.members, title: '会员', icon: 'people', permissions: ['members.read'] },
    ],
  },
  {
    title: '管理',
    items: [
      { to: path.offices, title: '职务与授权', icon: 'badge', permissions: ['accounts.read'] },
      { to: path.access, title: '谁能看到', icon: 'eye', permissions: ['accounts.read'] },
      { to: path.customRegisters, title: '自设登记簿', icon: 'sliders', permissions: ['registers.design'] },
      { to: path.rules, title: '规则与节假日', icon: 'scale' },
      { to: path.audit, title: '操作日志', icon: 'log', permissions: ['accounts.read-audit'] },
    ],
  },
]

/** The house's own entries and what the modules bring, group by group; a group without entries isn't shown. */
const menu: readonly Menu[] = MENU_GROUPS.map((title) => ({
  title,
  items: [
    ...(own.find((group) => group.title === title)?.items ?? []),
    ...screenMenu.filter((item) => item.group === title),
  ],
})).filter((group) => group.items.length > 0)

/** The menu of somebody who holds these permissions. */
export function menuOf(held: readonly string[]): Menu[] {
  const visible = ({ permissions, verb }: MenuItem): boolean =>
    (!permissions && !verb) ||
    held.some((permission) => permissions?.includes(permission) || (verb && permission.endsWith(`.${verb}`)))
  return menu
    .map((group) => ({ ...group, items: group.items.filter(visible) }))
    .filter((group) => group.items.length > 0)
}
