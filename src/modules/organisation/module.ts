import type { MetricDefinition } from '../../kernel/facts/metric.ts'
import { defineModule } from '../../kernel/module/manifest.ts'

const units = (id: string, label: string, unit: string, type: string | readonly string[]): MetricDefinition => ({
  id,
  label,
  unit,
  domain: 'ZZ',
  provider: 'organisation',
  source: { kind: 'balance', measure: 'organisation.units', where: { type } },
})

const staff = (id: string, label: string, kind: string, definition: string): MetricDefinition => ({
  id,
  label,
  unit: '人',
  domain: 'ZZ',
  provider: 'organisation',
  definition,
  source: { kind: 'balance', measure: 'organisation.staff', where: { kind } },
})

const metrics: MetricDefinition[] = [
  units('organisation.union-count', '基层工会数', '家', 'union'),
  units('organisation.branch-count', '二级分会数', '个', 'branch'),
  units('organisation.subbranch-count', '三级分会数', '个', 'subbranch'),
  units('organisation.group-count', '工会小组数', '个', 'group'),
  units('organisation.club-count', '文体协会数', '个', 'club'),
  {
    id: 'organisation.union-new',
    label: '新建工会数',
    unit: '家',
    domain: 'ZZ',
    provider: 'organisation',
    definition: '期内成立的基层工会；成立日期不详的不计入',
    source: { kind: 'flow', measure: 'organisation.founded', where: { type: 'union' } },
  },
  staff('organisation.staff-count', '职工人数', 'staff', '最近一次登记的职工总数'),
  staff('organisation.women-staff-count', '女职工人数', 'women', '最近一次登记的女职工数'),
  staff('organisation.dispatched-count', '劳务派遣人数', 'dispatched', '最近一次登记的劳务派遣人数'),
  staff('organisation.employer-count', '辖区企事业单位数', 'employers', '最近一次登记的企事业单位数'),
  {
    id: 'organisation.join-rate',
    label: '入会率',
    unit: '%',
    domain: 'ZZ',
    provider: 'organisation',
    definition: '期末会员人数 ÷ 最近一次登记的职工人数',
    source: { kind: 'ratio', numerator: 'members.count', denominator: 'organisation.staff-count' },
  },
  {
    id: 'organisation.founding-rate',
    label: '建会率',
    unit: '%',
    domain: 'ZZ',
    provider: 'organisation',
    definition: '期末基层工会数 ÷ 最近一次登记的辖区企事业单位数',
    source: { kind: 'ratio', numerator: 'organisation.union-count', denominator: 'organisation.employer-count' },
  },
]

export default defineModule({
  name: 'organisation',
  title: '组织',
  dependsOn: [],
  permissions: [
    { name: 'organisation.read', title: '查看组织' },
    { name: 'organisation.write', title: '登记组织资料' },
    { name: 'organisation.restructure', title: '办理组织变更', sensitive: true },
  ],
  metrics,
  navigation: [
    { path: '/units', title: '组织机构', permission: 'organisation.read', group: '组织与会员', order: 10 },
    {
      path: '/units/changes',
      title: '组织变更',
      permission: 'organisation.restructure',
      group: '组织与会员',
      order: 11,
    },
    { path: '/units/terms', title: '届期与任职', permission: 'organisation.read', group: '组织与会员', order: 12 },
  ],
  holds: [
    {
      what: '工会委员会等机构的任职人姓名、职务和任期',
      basis: '基层工会换届选举与任职备案',
      retention: '长期保存（组织史料）',
    },
  ],
})
