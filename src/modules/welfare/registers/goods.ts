import { counting } from '../../../kernel/register/counting.ts'
import { field, register } from '../../../kernel/register/declaration.ts'
import type { Metric } from '../../../kernel/register/declaration.ts'

const issue = counting('welfare.issue', 'line')
const DONE = { done: '是' }

/** Who got it, who ought to have, and the share: the same three figures for every thing that is issued by name. */
const issued = (name: string, label: string, item: string): Metric[] => [
  issue.people(`${name}-due`, `${label}应领人数`, { item }),
  issue.people(`${name}-people`, `${label}领取人数`, { ...DONE, item }),
  issue.rate(`${name}-coverage`, `${label}发放覆盖率`, `${name}-people`, `${name}-due`, '已领人数占应领名单人数。'),
]

export const issues = register({
  id: 'welfare.issue',
  title: '物品证件发放',
  domain: 'FL',
  mechanisms: ['FL-05', 'FL-06', 'FL-09', 'FL-10', 'FL-13'],
  help: '一次发放一种物品或证件为一条；应领的人全部列入，一人一行，领了的填“是”。',
  dateLabel: '发放日期',
  titleLabel: '发放批次',
  fields: [
    field.choice(
      'item',
      '物品',
      ['职工卡', '游泳更衣证', '计步器', '工作服', '生活物资', '劳保用品', '图书卡', '其他'],
      {
        required: true,
        open: true,
      },
    ),
    field.text('rule', '依据制度', { example: '职工卡管理办法' }),
    field.text('partner', '合办单位', { dim: true }),
  ],
  lines: {
    title: '应领名单',
    fields: [
      field.person('person', '姓名', { required: true }),
      field.yesno('done', '已领', { required: true }),
      field.text('number', '证件编号'),
      field.text('size', '规格尺码'),
      field.integer('quantity', '数量', { min: 1 }),
      field.money('value', '折价（元）'),
    ],
  },
  metrics: [
    issue.records('batches', '物品证件发放批次', '批'),
    issue.people('due', '物品证件应领人数'),
    issue.people('people', '物品证件领取人数', DONE),
    issue.lines('times', '物品证件领取人次', '人次', DONE),
    issue.rate('coverage', '物品证件领取率', 'people', 'due', '至少领取一种的占应领名单人数。'),
    issue.money('value', '发放物品折价', 'value', DONE),
    ...issued('staff-card', '职工卡', '职工卡'),
    ...issued('swimming', '游泳更衣证', '游泳更衣证'),
    ...issued('pedometer', '计步器', '计步器'),
    ...issued('uniform', '工作服', '工作服'),
    ...issued('supplies', '生活物资', '生活物资'),
    issue.sum('supplies-quantity', '发放生活物资', '份', 'quantity', { ...DONE, item: '生活物资' }),
  ],
  clauses: [
    {
      text: '{period}，向职工发放{list:item}，领取{welfare.issue.people}、{welfare.issue.times}[，折合{welfare.issue.value}]。',
      weight: 60,
      genres: ['briefing', 'congress'],
    },
    {
      text: '{period}，办理职工卡{welfare.issue.staff-card-people}，应办{welfare.issue.staff-card-due}，覆盖率{welfare.issue.staff-card-coverage}。',
      weight: 56,
    },
    {
      text: '{period}，发放游泳更衣证，应领会员{welfare.issue.swimming-due}，已领{welfare.issue.swimming-people}，覆盖率{welfare.issue.swimming-coverage}。',
      weight: 58,
    },
    {
      text: '{period}，发放计步器，应领职工{welfare.issue.pedometer-due}，已领{welfare.issue.pedometer-people}，覆盖率{welfare.issue.pedometer-coverage}。',
      weight: 57,
    },
    {
      text: '{period}，制发工作服，应领职工{welfare.issue.uniform-due}，已领{welfare.issue.uniform-people}，覆盖率{welfare.issue.uniform-coverage}。',
      weight: 55,
    },
    {
      text: '{period}，发放生活物资，应领职工{welfare.issue.supplies-due}，已领{welfare.issue.supplies-people}，覆盖率{welfare.issue.supplies-coverage}[，共{welfare.issue.supplies-quantity}]。',
      weight: 54,
    },
  ],
  sample: {
    date: '2026-06-10',
    title: '游泳更衣证发放',
    item: '游泳更衣证',
    person: '李强',
    done: '是',
    number: 'Y0231',
    value: '50',
  },
})

const procurement = counting('welfare.procurement')
export const procurements = register({
  id: 'welfare.procurement',
  title: '工作服制作采购',
  domain: 'FL',
  mechanisms: ['FL-05'],
  help: '考察、投标、中标、验收，每个供应商每一步登记一行；发到职工手里记入“物品证件发放”。',
  titleLabel: '采购项目',
  fields: [
    field.choice('step', '步骤', ['实地考察', '投标', '中标', '量体', '验收'], { required: true }),
    field.text('supplier', '供应商', { required: true, dim: true }),
    field.money('price', '报价（元）'),
    field.choice('result', '结果', ['合格', '不合格', '入围', '未入围']),
    field.text('participants', '参与人员'),
  ],
  metrics: [
    procurement.kinds('visited', '实地考察供应商', '家', 'supplier', { step: '实地考察' }),
    procurement.kinds('bidders', '参加投标供应商', '家', 'supplier', { step: '投标' }),
    procurement.records('awards', '公开招标确定的采购', '项', { step: '中标' }),
    procurement.money('award', '工作服采购中标金额', 'price', { step: '中标' }),
    procurement.records('accepted', '工作服验收合格批次', '批', { step: '验收', result: '合格' }),
  ],
  clauses: [
    {
      text: '{period}，工作服制作经招标确定{welfare.procurement.awards}[，考察供应商{welfare.procurement.visited}][，参加投标{welfare.procurement.bidders}][，中标金额{welfare.procurement.award}][，验收合格{welfare.procurement.accepted}]。',
      weight: 50,
    },
  ],
  sample: {
    date: '2026-03-18',
    title: '夏季工作服',
    step: '投标',
    supplier: '锦华服装厂',
    price: '86000',
    result: '入围',
  },
})

const canteen = counting('welfare.canteen')
export const canteenIssues = register({
  id: 'welfare.canteen',
  title: '食堂意见处理',
  domain: 'FL',
  mechanisms: ['FL-19'],
  help: '职工对就餐提出的每条意见登记一行，解决后填“是”。',
  dateLabel: '提出日期',
  endDateLabel: '答复日期',
  titleLabel: '意见内容',
  fields: [
    field.choice('source', '来源', ['职工提案', '意见箱', '座谈会', '检查发现', '满意度测评'], { required: true }),
    field.choice('topic', '类别', ['菜品价格', '卫生安全', '服务', '就餐时间', '刷卡设备', '其他'], { required: true }),
    field.longtext('action', '处理办法'),
    field.yesno('solved', '已解决', { required: true }),
  ],
  metrics: [
    canteen.records('issues', '食堂就餐意见', '条'),
    canteen.records('solved', '已解决的食堂意见', '条', { solved: '是' }),
    canteen.rate('rate', '食堂意见解决率', 'solved', 'issues', '已解决意见占收到的意见。'),
    canteen.records('motions', '来自职工提案的食堂意见', '条', { source: '职工提案' }),
  ],
  clauses: [
    {
      text: '{period}，收到职工就餐方面的意见{welfare.canteen.issues}[，其中来自职工提案{welfare.canteen.motions}]，已解决{welfare.canteen.solved}，占{welfare.canteen.rate}。',
      weight: 42,
    },
  ],
  sample: {
    date: '2026-04-09',
    endDate: '2026-04-20',
    title: '增设夜班就餐窗口',
    source: '职工提案',
    topic: '就餐时间',
    action: '每日二十二时至次日一时开放一个窗口',
    solved: '是',
  },
})
