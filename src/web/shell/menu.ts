import type { IconName } from '../ui/Icon.tsx'
import { path } from '../path.ts'

export interface MenuItem {
  to: string
  title: string
  icon: IconName
  /** Any of these opens the entry; none means everybody. The server checks again. */
  permissions?: readonly string[]
}

export const menu: readonly { title: string; items: readonly MenuItem[] }[] = [
  {
    title: '日常',
    items: [
      { to: path.desk, title: '工作台', icon: 'desk' },
      { to: path.registers, title: '登记簿', icon: 'book' },
      { to: path.imports, title: '导入台账', icon: 'upload' },
    ],
  },
  {
    title: '数字与报告',
    items: [
      { to: path.figures, title: '全年数字', icon: 'figures' },
      { to: path.reports, title: '工作报告', icon: 'report' },
    ],
  },
  {
    title: '组织与会员',
    items: [
      { to: path.units, title: '组织机构', icon: 'tree' },
      { to: path.members, title: '会员', icon: 'people' },
    ],
  },
  {
    title: '管理',
    items: [
      { to: path.offices, title: '职务与授权', icon: 'badge' },
      { to: path.access, title: '谁能看到', icon: 'eye' },
      { to: path.customRegisters, title: '自设登记簿', icon: 'sliders' },
      { to: path.audit, title: '操作日志', icon: 'log' },
    ],
  },
]
