import type { MetricDefinition } from '../../kernel/facts/metric.ts'
import { defineModule } from '../../kernel/module/manifest.ts'

type Where = Record<string, string | readonly string[]>

const balance = (id: string, label: string, definition: string, where?: Where): MetricDefinition => ({
  id,
  label,
  unit: '人',
  domain: 'ZZ',
  provider: 'members',
  definition,
  source: { kind: 'balance', measure: 'members.roster', ...(where && { where }) },
})
const flow = (id: string, label: string, measure: string, definition: string, where?: Where): MetricDefinition => ({
  id,
  label,
  unit: '人',
  domain: 'ZZ',
  provider: 'members',
  definition,
  source: { kind: 'flow', measure, ...(where && { where }) },
})
const tagged = (name: string, tag: string, label: string): MetricDefinition => ({
  id: `members.${name}`,
  label,
  unit: '人',
  domain: 'ZZ',
  provider: 'members',
  definition: `期末花名册中带“${tag}”身份标签的会员`,
  source: { kind: 'balance', measure: 'members.tagged', where: { tag } },
})

const metrics: MetricDefinition[] = [
  balance('members.count', '会员人数', '期末有会籍的人数，含保留会籍'),
  balance('members.active-count', '会员人数（不含保留会籍）', '期末会籍正常的人数', { state: 'normal' }),
  balance('members.retained', '保留会籍人数', '期末保留会籍的人数', { state: 'retained' }),
  balance('members.women', '女会员人数', '期末有会籍的女性人数，含保留会籍', { gender: 'f' }),
  flow('members.joined', '新发展会员', 'members.joined', '期内入会的人数；转入不计，入会日期不详的不计'),
  flow('members.left', '离会人数', 'members.left', '期内退会、除名、去世等离会的人数；转出不计'),
  tagged('model-workers', '劳模', '劳动模范人数'),
  tagged('party', '党员', '党员会员人数'),
  tagged('retired', '退休', '退休会员人数'),
  tagged('hardship', '困难', '困难职工人数'),
  tagged('front-line', '一线', '一线职工人数'),
  tagged('returned-overseas', '归侨侨眷', '归侨侨眷人数'),
  tagged('migrant', '农民工', '农民工会员人数'),
  tagged('dispatched', '劳务派遣', '劳务派遣会员人数'),
  tagged('minority', '少数民族', '少数民族会员人数'),
  tagged('disabled', '残疾', '残疾职工人数'),
  tagged('single-parents', '单亲', '单亲职工人数'),
  tagged('veterans', '军转', '军转干部人数'),
  tagged('new-hires', '新入职', '新入职职工人数'),
]

export default defineModule({
  name: 'members',
  title: '会员',
  dependsOn: ['organisation'],
  permissions: [
    { name: 'members.read', title: '查看会员' },
    { name: 'members.write', title: '登记会员资料' },
    { name: 'members.approve', title: '审批入会与转会' },
    { name: 'members.import', title: '导入花名册' },
    { name: 'members.export', title: '导出花名册', sensitive: true },
    { name: 'members.reveal', title: '查看证件、电话、银行卡原文', sensitive: true },
  ],
  metrics,
  navigation: [
    { path: '/members', title: '会员名册', permission: 'members.read', group: '组织与会员', order: 20 },
    { path: '/members/applications', title: '入会申请', permission: 'members.approve', group: '组织与会员', order: 21 },
    { path: '/members/transfers', title: '会员转移', permission: 'members.approve', group: '组织与会员', order: 22 },
    { path: '/members/duplicates', title: '重复人员', permission: 'members.write', group: '组织与会员', order: 23 },
  ],
  holds: [
    {
      what: '会员姓名、性别、出生日期、工号、所在单位、会籍、身份标签',
      basis: '工会会员会籍管理（劳动关系在哪里，会籍就在哪里）',
      retention: '会籍存续期间；离会后作为会籍史料保存',
    },
    {
      what: '证件号码、手机号、银行卡号（加密保存，界面掩码，逐次查看留痕）',
      basis: '识别重复人员、联系会员、发放慰问补助',
      retention: '会籍存续期间；离会满三年可申请清除',
    },
    { what: '家庭成员姓名与关系', basis: '走访慰问、困难帮扶按户统计', retention: '会籍存续期间' },
  ],
})
