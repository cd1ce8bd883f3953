import { field, register } from '../../../kernel/register/declaration.ts'

/** Training of union officers; the newly appointed are marked, so onboarding is a figure of its own. */
export const officerTraining = register({
  id: 'union-building.officer-training',
  title: '工会干部培训',
  domain: 'ZZ',
  mechanisms: ['ZZ-23', 'ZZ-24'],
  help: '每期培训一条记录，应参加的工会干部、小组长每人占一行。',
  titleLabel: '培训内容',
  fields: [
    field.choice(
      'form',
      '培训形式',
      ['专项培训', '以会代训', '走出去', '请进来', '理论培训', '法律知识培训', '业务培训', '任前培训'],
      { required: true },
    ),
    field.text('trainer', '授课人（单位）'),
    field.integer('hours', '学时（小时）', { min: 0, max: 500 }),
  ],
  lines: {
    title: '应参加人员',
    fields: [
      field.person('officer', '工会干部姓名', { required: true }),
      field.yesno('fresh', '是否新任', { required: true }),
      field.yesno('done', '是否参加', { required: true }),
    ],
  },
  metrics: [
    {
      id: 'union-building.officer-training.count',
      label: '工会干部培训期数',
      unit: '期',
      aggregate: { sum: 'record' },
    },
    {
      id: 'union-building.officer-training.forms',
      label: '工会干部培训形式数',
      unit: '种',
      aggregate: { distinct: { dim: 'form' }, of: 'record' },
    },
    {
      id: 'union-building.officer-training.attendances',
      label: '工会干部培训人次',
      unit: '人次',
      aggregate: { sum: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.officer-training.trained',
      label: '受训工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { done: '是' } },
    },
    {
      id: 'union-building.officer-training.due',
      label: '应受训工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line' },
    },
    {
      id: 'union-building.officer-training.coverage',
      label: '工会干部培训覆盖率',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'union-building.officer-training.trained',
          denominator: 'union-building.officer-training.due',
        },
      },
      definition: '至少参加一期的工会干部 ÷ 应参加的工会干部，按人计',
    },
    {
      id: 'union-building.officer-training.new-trained',
      label: '受训新任工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { fresh: '是', done: '是' } },
    },
    {
      id: 'union-building.officer-training.new-due',
      label: '应受训新任工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { fresh: '是' } },
    },
    {
      id: 'union-building.officer-training.new-coverage',
      label: '新任工会干部培训率',
      unit: '%',
      aggregate: {
        ratio: {
          numerator: 'union-building.officer-training.new-trained',
          denominator: 'union-building.officer-training.new-due',
        },
      },
      definition: '受训的新任干部 ÷ 应受训的新任干部，按人计',
    },
  ],
  clauses: [
    {
      text: '{period}通过{list:form}{union-building.officer-training.forms}形式举办工会干部培训{union-building.officer-training.count}[，培训{union-building.officer-training.trained}、{union-building.officer-training.attendances}][，覆盖率{union-building.officer-training.coverage}]。',
      weight: 79,
    },
    {
      text: '{period}培训新任工会干部和小组长{union-building.officer-training.new-trained}[，培训率{union-building.officer-training.new-coverage}]。',
      weight: 65,
    },
  ],
  sample: {
    date: '2025-04-15',
    title: '基层工会财务管理',
    form: '请进来',
    trainer: '市总工会财务部',
    hours: '4',
    officer: '舒静怡',
    fresh: '是',
    done: '是',
  },
})

/** Personal files of union officers. */
export const officerFile = register({
  id: 'union-building.officer-file',
  title: '工会干部档案',
  domain: 'ZZ',
  mechanisms: ['ZZ-25'],
  help: '每建立或更新一份工会干部档案一行。',
  dateLabel: '建档（更新）日期',
  fields: [
    field.person('officer', '工会干部', { required: true }),
    field.choice('education', '学历', ['初中及以下', '高中（中专）', '大专', '本科', '研究生']),
    field.text('post', '工会职务', { dim: true }),
    field.yesno('complete', '材料是否齐全', { required: true }),
  ],
  metrics: [
    {
      id: 'union-building.officer-file.officers',
      label: '建立档案的工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record' },
    },
    {
      id: 'union-building.officer-file.complete',
      label: '档案材料齐全的工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'record', where: { complete: '是' } },
    },
  ],
  clauses: [
    {
      text: '{period}建立和更新了{union-building.officer-file.officers}工会干部的档案[，其中材料齐全的{union-building.officer-file.complete}]。',
      weight: 48,
    },
  ],
  sample: { date: '2025-05-06', officer: '舒静怡', education: '本科', post: '经审主任', complete: '是' },
})

/** Study tours of officers and exchanges with other unions. */
export const exchange = register({
  id: 'union-building.exchange',
  title: '工会学习考察与交流',
  domain: 'ZZ',
  mechanisms: ['ZZ-26', 'ZZ-27'],
  help: '每次考察或交流一条记录，每位参加者占一行。',
  titleLabel: '主题',
  fields: [
    field.choice('kind', '种类', ['学习考察', '与基层工会交流', '与兄弟单位交流', '与外地工会交流', '与企业工会交流'], {
      required: true,
    }),
    field.text('counterpart', '考察或交流单位', { required: true, dim: true }),
    field.money('cost', '费用（元）'),
  ],
  lines: { title: '参加者', fields: [field.person('participant', '参加者姓名', { required: true })] },
  metrics: [
    {
      id: 'union-building.exchange.tours',
      label: '工会干部学习考察次数',
      unit: '次',
      aggregate: { sum: 'record', where: { kind: '学习考察' } },
    },
    {
      id: 'union-building.exchange.tourists',
      label: '参加学习考察的工会干部人数',
      unit: '人',
      aggregate: { distinct: 'person', of: 'line', where: { kind: '学习考察' } },
    },
    {
      id: 'union-building.exchange.exchanges',
      label: '工会联系交流次数',
      unit: '次',
      aggregate: {
        sum: 'record',
        where: { kind: ['与基层工会交流', '与兄弟单位交流', '与外地工会交流', '与企业工会交流'] },
      },
    },
    {
      id: 'union-building.exchange.counterparts',
      label: '联系交流单位数',
      unit: '家',
      aggregate: {
        distinct: { dim: 'counterpart' },
        of: 'record',
        where: { kind: ['与基层工会交流', '与兄弟单位交流', '与外地工会交流', '与企业工会交流'] },
      },
    },
    { id: 'union-building.exchange.cost', label: '考察交流费用', unit: '元', aggregate: { sum: 'cost' } },
  ],
  clauses: [
    {
      text: '{period}组织工会干部外出学习考察{union-building.exchange.tours}[，参加{union-building.exchange.tourists}]。',
      weight: 50,
    },
    {
      text: '{period}与{union-building.exchange.counterparts}单位的工会联系交流{union-building.exchange.exchanges}。',
      weight: 49,
    },
  ],
  sample: {
    date: '2025-09-18',
    title: '职工书屋管理',
    kind: '与兄弟单位交流',
    counterpart: '江北铸造厂工会',
    cost: '860',
    participant: '高远帆',
  },
})
