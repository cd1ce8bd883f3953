import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import { GENERAL } from './words.ts'

const inpatient = counting('mutual-aid.inpatient')
export const inpatientSubsidies = register({
  id: 'mutual-aid.inpatient',
  title: '职工住院互助补助',
  domain: 'HZ',
  mechanisms: ['HZ-01'],
  help: '本单位自办的互助医疗补助，职工每住院一次登记一行；不要填写病名。',
  dateLabel: '补助日期',
  confidential: true,
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.date('admittedOn', '入院日期', { required: true }),
    field.date('leftOn', '出院日期'),
    field.text('hospital', '医院', { sensitive: true }),
    field.choice('scope', '补助范围', ['自付费用', '床位护理', '特殊药品', '大额费用', '其他'], { required: true }),
    field.text('standard', '执行标准', { example: '互助医疗补助办法（2026年版）' }),
    field.money('expense', '个人自付（元）'),
    field.money('amount', '补助金额（元）', { required: true }),
  ],
  metrics: [
    inpatient.records('times', '职工住院补助人次', '人次'),
    inpatient.people('people', '职工住院补助人数'),
    inpatient.money('amount', '职工住院补助金额', 'amount'),
    inpatient.money('expense', '受补助职工个人自付费用', 'expense'),
    inpatient.kinds('scopes', '住院补助范围', '类', 'scope'),
  ],
  clauses: [
    {
      text: '{period}，职工住院{mutual-aid.inpatient.times}获得互助医疗补助，金额{mutual-aid.inpatient.amount}[，涉及职工{mutual-aid.inpatient.people}]。',
      genres: GENERAL,
      weight: 82,
    },
  ],
  sample: {
    date: '2026-04-20',
    person: '陈志强',
    admittedOn: '2026-04-02',
    leftOn: '2026-04-12',
    hospital: '市第一医院',
    scope: '自付费用',
    standard: '互助医疗补助办法',
    expense: '5230.40',
    amount: '2100',
  },
})

const maternity = counting('mutual-aid.maternity')
export const maternityClaims = register({
  id: 'mutual-aid.maternity',
  title: '生育保险报销',
  domain: 'HZ',
  mechanisms: ['HZ-12'],
  help: '为职工办理的每一笔生育保险报销登记一行。',
  dateLabel: '到账日期',
  confidential: true,
  fields: [
    field.person('person', '职工姓名', { required: true, aliases: ['姓名'] }),
    field.choice('item', '报销项目', ['生育医疗费', '生育津贴', '产前检查', '其他'], { required: true }),
    field.date('appliedOn', '申报日期'),
    field.money('amount', '报销金额（元）', { required: true }),
  ],
  metrics: [
    maternity.people('people', '办理生育保险报销人数'),
    maternity.records('times', '生育保险报销笔数', '笔'),
    maternity.money('amount', '生育保险报销金额', 'amount'),
    maternity.money('allowance', '生育津贴', 'amount', { item: '生育津贴' }),
  ],
  clauses: [
    {
      text: '{period}，为职工{mutual-aid.maternity.people}办理生育保险报销{mutual-aid.maternity.times}，金额{mutual-aid.maternity.amount}[，其中生育津贴{mutual-aid.maternity.allowance}]。',
      weight: 66,
    },
  ],
  sample: { date: '2026-05-22', person: '周丽', item: '生育医疗费', appliedOn: '2026-05-06', amount: '4800' },
})

const rule = counting('mutual-aid.rule')
export const rules = register({
  id: 'mutual-aid.rule',
  title: '医疗互助制度',
  domain: 'HZ',
  mechanisms: ['HZ-01', 'HZ-13'],
  help: '医疗保健、互助补助方面的制度，每次制定或修订登记一行。',
  dateLabel: '通过日期',
  titleLabel: '制度名称',
  fields: [
    field.choice('subject', '制度内容', ['职工医疗保健', '住院互助补助', '大病互助', '其他'], { required: true }),
    field.choice('action', '办理', ['制定', '修订', '确认继续执行'], { required: true }),
    field.choice('change', '调整方向', ['扩大范围', '提高标准', '规范程序', '无调整']),
    field.text('passedBy', '通过机构'),
    field.text('document', '文号'),
  ],
  metrics: [
    rule.records('rules', '医疗互助制度办理', '项次'),
    rule.records('made', '新制定的医疗互助制度', '项', { action: '制定' }),
    rule.records('revised', '修订医疗互助制度', '项次', { action: '修订' }),
    rule.records('wider', '扩大补助范围或提高标准的修订', '项次', { action: '修订', change: ['扩大范围', '提高标准'] }),
    rule.records('care', '执行的职工医疗保健制度', '项', { subject: '职工医疗保健' }),
  ],
  clauses: [
    {
      text: '{period}，制定、修订或确认医疗互助制度{mutual-aid.rule.rules}[，其中新制定{mutual-aid.rule.made}][，修订{mutual-aid.rule.revised}][，扩大补助范围或提高补助标准{mutual-aid.rule.wider}][，执行职工医疗保健制度{mutual-aid.rule.care}]。',
      genres: GENERAL,
      weight: 55,
    },
  ],
  sample: {
    date: '2026-01-12',
    title: '职工医疗保健暂行办法',
    subject: '职工医疗保健',
    action: '修订',
    change: '扩大范围',
    passedBy: '职工代表大会',
    document: '院工字〔2026〕2号',
  },
})

const saving = counting('mutual-aid.saving')
export const savings = register({
  id: 'mutual-aid.saving',
  title: '停购商业保险节约核算',
  domain: 'HZ',
  mechanisms: ['HZ-11'],
  help: '每个停购的险种，每年核算一次登记一行；节约金额按停购前一年的实缴保费减去替代支出。',
  dateLabel: '核算日期',
  titleLabel: '停购险种',
  fields: [
    field.date('stoppedOn', '停购日期', { required: true }),
    field.money('formerPremium', '停购前年保费（元）', { required: true }),
    field.money('substitute', '本年替代支出（元）'),
    field.money('saved', '本年节约（元）', { required: true, atMost: 'formerPremium' }),
    field.text('basis', '核算依据'),
  ],
  metrics: [
    saving.records('policies', '停购的商业保险', '项'),
    saving.money('saved', '停购商业保险节约经费', 'saved', undefined, { definition: '停购前年保费减去本年替代支出。' }),
    saving.money('former', '停购前年保费', 'formerPremium'),
  ],
  clauses: [
    {
      text: '{period}，停止购买商业保险{mutual-aid.saving.policies}，核算节约经费{mutual-aid.saving.saved}[，停购前年保费为{mutual-aid.saving.former}]。',
      genres: GENERAL,
      weight: 45,
    },
  ],
  sample: {
    date: '2026-12-20',
    title: '职工团体医疗险',
    stoppedOn: '2025-12-31',
    formerPremium: '132000',
    substitute: '20000',
    saved: '112000',
    basis: '上年保单与本年互助补助支出',
  },
})

const pension = counting('mutual-aid.pension-drive')
export const pensionDrives = register({
  id: 'mutual-aid.pension-drive',
  title: '养老保险推动',
  domain: 'HZ',
  mechanisms: ['HZ-14'],
  help: '每督促一个单位一次登记一行，写明该单位当时的参保情况。',
  dateLabel: '督促日期',
  fields: [
    field.text('enterprise', '用人单位', { required: true, dim: true }),
    field.choice('status', '参保情况', ['已为职工参保', '正在办理', '未参保'], { required: true }),
    field.choice('means', '推动方式', ['走访', '发函', '协商', '培训'], { required: true }),
    field.text('handler', '经办人'),
  ],
  metrics: [
    pension.kinds('units', '推动养老保险的单位', '家', 'enterprise'),
    pension.records('times', '养老保险推动次数', '次'),
    pension.kinds('joined', '已为职工参加养老保险的单位', '家', 'enterprise', { status: '已为职工参保' }),
    pension.rate('rate', '推动单位参保率', 'joined', 'units', '已参保单位占推动过的单位。'),
  ],
  clauses: [
    {
      text: '{period}，推动用人单位参加职工养老保险{mutual-aid.pension-drive.units}、{mutual-aid.pension-drive.times}[，其中已参保{mutual-aid.pension-drive.joined}，占{mutual-aid.pension-drive.rate}]。',
      genres: GENERAL,
      weight: 40,
    },
  ],
  sample: { date: '2026-07-08', enterprise: '宏达机械厂', status: '已为职工参保', means: '走访', handler: '刘洋' },
})
